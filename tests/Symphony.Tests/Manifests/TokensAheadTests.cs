using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Symphony.Manifests;
using Symphony.Manifests.Yaml;
using YamlDotNet.Core;

namespace Symphony.Tests.Manifests;

/// <summary>Where the tokens of a file are found on a thread of its own, everything that is read of it is the same.</summary>
public sealed class TokensAheadTests
{
    /// <summary>More tokens than are handed over at once, and more than may wait.</summary>
    private static readonly string Long = string.Concat(
        Enumerable.Range(0, 800).Select(i => $"- {{id: i{i}, list: [a, 'b', \"c\"]}}\n")
    );

    /// <summary>Right at the front; then something else, which may be wrong, at every distance from a hand-over.</summary>
    public static TheoryData<string> Ends =>
        [
            "",
            "- a\n",
            "- [a\n",
            "- \"a\n",
            "- *nobody\n",
            "- !tag a\n",
            "- {a: 1, a: 2}\n",
            "- \"\\UFFFFFFFF\"\n",
            "\t- a\n",
            "- @a\n",
            "b: c\n",
            "---\n- a\n",
            "...\n- a\n",
            "%YAML 1.2\n",
            "- " + new string('[', 100) + "\n",
        ];

    [Theory]
    [MemberData(nameof(Ends))]
    public void What_stands_behind_many_tokens_is_read_or_refused_alike(string end)
    {
        foreach (var items in (int[])[0, 1, 31, 32, 33, 34, 35, 36, 300, 800])
        {
            var front = Long.Split('\n').Take(items);
            AssertAlike(Encoding.UTF8.GetBytes(string.Concat(front.Select(line => line + "\n")) + end));
        }
    }

    [Fact]
    public void Whatever_is_right_and_broken_in_a_file_is_read_alike()
    {
        Prop.ForAll(Arb.From(YamlTexts.OfSigns), AssertAlike).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    /// <summary>The parser meets the second directive, or the scanner its version, which is none.</summary>
    [Fact]
    public void Directives_that_are_wrong_in_two_ways_are_refused_alike()
    {
        AssertAlike("...\n%YAML 1.2\n%YAML 99999999999.1\n--- a\n"u8.ToArray());
    }

    [Fact]
    public void A_scanner_that_waits_for_its_reader_ends_when_nobody_reads()
    {
        using var reader = new StringReader(Long);
        var tokens = new TokensAhead(new Scanner(reader));
        Assert.True(tokens.MoveNext());

        tokens.Dispose();

        // It has let go of the text: nothing reads it any more.
        Assert.NotEqual(-1, reader.Peek());
    }

    private static void AssertAlike(byte[] bytes)
    {
        var (alone, problems) = YamlFile.Read(bytes);
        var found = new ProblemList();
        var beside = YamlDocument.Read(
            bytes,
            "m.yml",
            found,
            new YamlItems("nothing of that name", _ => false, _ => { })
        );

        if (problems.Any(IsOfHowFarTheScannerIs))
        {
            // There the parser looks at a token without taking it, and how far the scanner is decides what it meets.
            // It is refused either way, and a large file that is refused is read again without a thread.
            Assert.NotEmpty(found);
            return;
        }

        Assert.Equal(problems.Select(problem => problem.ToString()), found.Select(problem => problem.ToString()));
        Assert.Equal(Written(alone), Written(beside));
    }

    /// <summary>At a document's end and in its directives.</summary>
    private static bool IsOfHowFarTheScannerIs(Problem problem) =>
        problem.Found == "the end of one: `...`" || problem.Found.Contains(" directive", StringComparison.Ordinal);

    /// <summary>The tree with every node's place.</summary>
    private static string Written(YamlNode? node) =>
        node switch
        {
            null => "none",
            YamlScalar scalar => $"{scalar.Span} {scalar.Kind} {scalar.Text.Length}:{scalar.Text}",
            YamlSequence list => $"{list.Span} [{string.Join(", ", list.Items.Select(Written))}]",
            YamlMapping mapping =>
                $"{mapping.Span} {mapping.IsFlow} {{{string.Join(", ", mapping.Entries.Select(entry => Written(entry.Key) + ": " + Written(entry.Value)))}}}",
            _ => throw new InvalidOperationException(),
        };
}
