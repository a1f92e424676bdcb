using System.Text.RegularExpressions;
using Symphony.Linting.Rules;
using Symphony.Postgres.Tests.Inputs;

namespace Symphony.Postgres.Tests.Lint;

/// <summary>
/// Migrations as people write them, good and bad, each on top of <c>Corpus/schema.sql</c>. A bad one says in its first
/// line what must be found (<c>-- expect: RULE</c>); in a good one nothing may be. <c>-- before: SQL</c> is added to the
/// schema.
/// </summary>
public sealed partial class CorpusTests(TrialServer server) : IClassFixture<TrialServer>
{
    private static readonly string Folder = Path.Combine(
        Workspace.Checkout,
        "tests/Symphony.Postgres.Tests/Lint/Corpus"
    );

    public static TheoryData<string> Bad => Names("bad");

    public static TheoryData<string> Good => Names("good");

    [Theory, MemberData(nameof(Bad))]
    public async Task What_a_bad_migration_does_is_found(string name)
    {
        var migration = Read("bad", name);
        var report = await server.LintAsync(new LintExample(SchemaOf(migration), migration));

        Assert.Null(report.Failure);
        var expected = Expected().Match(migration).Groups["rule"].Value;
        Assert.NotNull(RuleRegistry.Find(expected));
        Assert.Contains(expected, report.Counting.Select(finding => finding.Finding.Rule.Id));
    }

    [Theory, MemberData(nameof(Good))]
    public async Task In_a_good_migration_nothing_is_found(string name)
    {
        var migration = Read("good", name);
        var report = await server.LintAsync(new LintExample(SchemaOf(migration), migration));

        Assert.Null(report.Failure);
        Assert.Equal([], report.Counting.Select(RuleExampleTests.Show));
    }

    [Fact]
    public void The_corpus_is_large_and_knows_every_rule_that_needs_no_manifest()
    {
        Assert.InRange(Bad.Count, 60, 1000);
        Assert.InRange(Good.Count, 40, 1000);
        var known = Bad.Select(row => Expected().Match(Read("bad", row.Data)).Groups["rule"].Value).ToHashSet();
        Assert.Equal(
            ["guarantee-broken"],
            RuleRegistry.Rules.Select(rule => rule.Id).Where(rule => !known.Contains(rule))
        );
    }

    private static TheoryData<string> Names(string kind) =>
        [
            .. Directory
                .GetFiles(Path.Combine(Folder, kind), "*.sql")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal),
        ];

    private static string Read(string kind, string name) => File.ReadAllText(Path.Combine(Folder, kind, name + ".sql"));

    private static string SchemaOf(string migration) =>
        File.ReadAllText(Path.Combine(Folder, "schema.sql"))
        + string.Join('\n', Before().Matches(migration).Select(line => line.Groups["sql"].Value));

    [GeneratedRegex(
        @"^-- expect: (?<rule>[a-z-]+)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Expected();

    [GeneratedRegex(
        @"^-- before: (?<sql>.*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Before();
}
