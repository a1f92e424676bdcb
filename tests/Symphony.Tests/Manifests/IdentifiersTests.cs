using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Symphony.Manifests;

namespace Symphony.Tests.Manifests;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("TSK-P0-149", true)]
    [InlineData("0", true)]
    [InlineData("tsk", false)]
    [InlineData("-A", false)]
    [InlineData("A/B", false)]
    [InlineData("A.B", false)]
    [InlineData("..", false)]
    [InlineData("A\n", false)]
    [InlineData("Ä", false)]
    [InlineData("", false)]
    public void A_task_can_be_a_folders_name_everywhere(string text, bool isTask)
    {
        Assert.Equal(isTask, Identifiers.IsTask(text));
    }

    [Theory]
    [InlineData("P0.A", true)]
    [InlineData("P0.BIZ.Hooks_x-1", true)]
    [InlineData("A.B.C.D.E.F.G.H", true)]
    [InlineData("A.B.C.D.E.F.G.H.I", false)]
    [InlineData("P0", false)]
    [InlineData("P0.", false)]
    [InlineData(".P0", false)]
    [InlineData("P0..A", false)]
    [InlineData("P0.a", false)]
    [InlineData("P0/../A.B", false)]
    [InlineData("P0.A ", false)]
    public void A_signature_can_be_a_files_name_everywhere(string text, bool isSignature)
    {
        Assert.Equal(isSignature, Identifiers.IsSignature(text));
    }

    [Fact]
    public void A_name_is_at_most_as_long_as_a_file_name_may_be()
    {
        Assert.True(Identifiers.IsTask(new string('A', 200)) && Identifiers.IsId(new string('a', 200)));
        Assert.False(Identifiers.IsTask(new string('A', 201)) || Identifiers.IsId(new string('a', 201)));
        Assert.False(Identifiers.IsSignature("A." + new string('A', 199)));
    }

    [Fact]
    public void The_schemas_patterns_say_the_same_as_the_reader()
    {
        var texts = Gen.Elements("A", "b", "9", ".", "-", "_", "/", "é", " ")
            .ListOf()
            .Select(parts => string.Concat(parts));

        Prop.ForAll(
                Arb.From(texts),
                text =>
                    Matches(Identifiers.TaskPattern, text) == Identifiers.IsTask(text)
                    && Matches(Identifiers.SignaturePattern, text) == Identifiers.IsSignature(text)
                    && Matches(Identifiers.IdPattern, text) == Identifiers.IsId(text)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, pattern, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);
}
