using System.Text;
using Symphony.Manifests.Yaml;

namespace Symphony.Tests.Manifests;

/// <summary>Files made to take all the time, memory or stack there is.</summary>
public sealed class YamlLimitsTests
{
    public static TheoryData<string, string> TooMuch =>
        new()
        {
            { new string('[', 100_000), "m.yml:1:65: expected at most 64 levels" },
            { Repeat("{a: ", 100_000), "m.yml:1:257: expected at most 64 levels" },
            { Repeat("- ", 100_000), "m.yml:1:129: expected at most 64 levels" },
            { Repeat("? ", 100_000), "m.yml:1:129: expected at most 64 levels" },
            { Repeat("[\n", 100_000), "m.yml:65:1: expected at most 64 levels" },
            { Repeat("[? ", 100_000), "expected at most 64 levels" },
            { Nested(2_000), "m.yml:65:65: expected at most 64 levels" },
            {
                "a: '" + new string('x', YamlLimits.ScalarLength + 1) + "'",
                "m.yml:1:4: expected a text of at most 1048576 characters"
            },
            { "[" + Repeat("a,", YamlLimits.Nodes) + "]", "expected at most 1000000 values in a file, found more" },
            {
                new string('a', YamlLimits.FileBytes + 1),
                "m.yml:1:1: expected a file of at most 8 MiB, found 8388609 bytes"
            },
            { Laughs(levels: 9), "expected aliases that stand for at most 1048576 characters, found more" },
            { "- &a '" + new string('x', 500_000) + "'\n" + Repeat("- *a\n", 9_999), "m.yml:4:3: expected aliases" },
            {
                Ladder(rungs: 50),
                "m.yml:3:58: expected at most 64 levels of lists and mappings, found an alias of a deeper one"
            },
        };

    [Theory]
    [MemberData(nameof(TooMuch), DisableDiscoveryEnumeration = true)]
    public void More_than_a_file_may_hold_is_refused_at_once(string text, string problem)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains(problem, YamlFile.Problem(text), StringComparison.Ordinal);

        // What is done is counted in bytes, which do not depend on the machine: unbounded, these files take them by the
        // gigabyte and for many minutes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000L * text.Length);
    }

    [Fact]
    public void A_file_wrong_a_million_times_has_a_thousand_problems_and_a_count_of_the_others()
    {
        var (_, problems) = YamlFile.Read("a: 1\n" + Repeat("a: 1\n", 300_000));

        Assert.Equal(1_000, problems.Count);
        Assert.Equal(299_000, problems.Omitted);
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static string Nested(int levels)
    {
        var text = new StringBuilder();
        for (var level = 0; level < levels; level++)
        {
            text.Append(' ', level).Append("a:\n");
        }

        return text.ToString();
    }

    /// <summary>Each line ten times the line before: the billion laughs.</summary>
    private static string Laughs(int levels)
    {
        var text = new StringBuilder("- &l0 lol\n");
        for (var level = 1; level <= levels; level++)
        {
            text.Append("- &l")
                .Append(level)
                .Append(" [")
                .AppendJoin(", ", Enumerable.Repeat("*l" + (level - 1), 10))
                .Append("]\n");
        }

        return text.ToString();
    }

    /// <summary>Each line is shallow to write, and as deep as all lines before it together.</summary>
    private static string Ladder(int rungs)
    {
        var text = new StringBuilder("- &r0 x\n");
        for (var rung = 1; rung <= rungs; rung++)
        {
            text.Append("- &r")
                .Append(rung)
                .Append(' ')
                .Append('[', 50)
                .Append(" *r")
                .Append(rung - 1)
                .Append(' ')
                .Append(']', 50)
                .Append('\n');
        }

        return text.ToString();
    }
}
