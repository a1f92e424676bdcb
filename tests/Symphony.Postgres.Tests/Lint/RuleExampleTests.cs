using Symphony.Linting;
using Symphony.Linting.Rules;

namespace Symphony.Postgres.Tests.Lint;

/// <summary>Each rule finds its bad example, and no rule finds anything in its good one.</summary>
public sealed class RuleExampleTests(TrialServer server) : IClassFixture<TrialServer>
{
    /// <summary>Without the rule that needs a manifest: <see cref="GuaranteeTests"/> has it.</summary>
    public static TheoryData<string> Rules =>
        [.. RuleRegistry.Rules.Select(rule => rule.Id).Where(id => id != "guarantee-broken")];

    [Theory, MemberData(nameof(Rules))]
    public async Task The_bad_example_is_found(string id)
    {
        var rule = RuleRegistry.Find(id)!;
        var report = await server.LintAsync(rule.Bad);

        Assert.Null(report.Failure);
        Assert.Contains(id, report.Counting.Select(finding => finding.Finding.Rule.Id));
    }

    [Theory, MemberData(nameof(Rules))]
    public async Task In_the_good_example_nothing_is_found(string id)
    {
        var report = await server.LintAsync(RuleRegistry.Find(id)!.Good);

        Assert.Null(report.Failure);
        Assert.Equal([], report.Counting.Select(Show));
    }

    internal static string Show(FileFinding finding) =>
        $"{finding.Line}: {finding.Finding.Rule.Id}: {finding.Finding.Message}";
}
