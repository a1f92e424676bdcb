using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Symphony.Manifests;

namespace Symphony.Tests.Manifests;

public sealed class YamlFuzzTests
{
    [Fact]
    public void No_bytes_make_reading_throw()
    {
        var bytes = ArbMap.Default.GeneratorFor<byte[]>();
        Prop.ForAll(Arb.From(bytes), Reads).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void No_arrangement_of_yamls_own_signs_makes_reading_throw()
    {
        Prop.ForAll(Arb.From(YamlTexts.OfSigns), Reads).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    /// <summary>There is a tree or there is a reason why not, and every problem stands somewhere in the file.</summary>
    private static bool Reads(byte[] bytes)
    {
        var (root, problems) = YamlFile.Read(bytes);
        return (root is not null || problems.Count > 0)
            && problems.All(problem => problem is { Line: > 0, Column: > 0 } && IsThere(problem, bytes));
    }

    /// <summary>What the parser's own exceptions do not say is not guessed.</summary>
    private static bool IsThere(Problem problem, byte[] bytes) =>
        problem.Found switch
        {
            "an escape that is no character" => Encoding
                .UTF8.GetString(bytes)
                .Contains("\\U", StringComparison.Ordinal),
            "the end of one: `...`" => Encoding.UTF8.GetString(bytes).Contains("...", StringComparison.Ordinal),
            _ => true,
        };
}
