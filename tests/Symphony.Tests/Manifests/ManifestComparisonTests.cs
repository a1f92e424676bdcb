using Symphony.Manifests.Changes;

namespace Symphony.Tests.Manifests;

/// <summary>What a gate's owner wants to see in a review: where the manifests ask for less than before.</summary>
public sealed class ManifestComparisonTests
{
    private const string Check = "{id: a, check: {table: t, name: c, expression: x > 0, validated: true}}";

    private const string Rule =
        "{id: a, for_each: {tables: {name: \"*\", having_column: x, except: [u]}, at_least: 3}, column: {name: x, nullable: false}}";

    [Theory]
    [InlineData(Check, "{id: b, table: {table: t}}", "removed: a")]
    [InlineData(
        Check,
        "{id: a, severity: P1, check: {table: t, name: c, expression: x > 0, validated: true}}",
        "loosened: a, severity from P0 to P1"
    )]
    [InlineData(
        Check,
        "{id: a, check: {table: t, name: c, expression: x > 0}}",
        "loosened: a, validated from true to \"any\""
    )]
    [InlineData(
        Check,
        "{id: a, check: {table: t, name: c, expression: x > 0, validated: false}}",
        "changed: a, validated from true to false"
    )]
    [InlineData(
        Check,
        "{id: a, check: {table: t, name: c, expression: x > 1, validated: true}}",
        "changed: a, expression from \"x > 0\" to \"x > 1\""
    )]
    [InlineData(Check, "{id: a, table: {table: t}}", "changed: a, kind from check to table")]
    [InlineData(
        Check,
        "{id: a, failure_signature: P0.OTHER, check: {table: t, name: c, expression: x > 0, validated: true}}",
        "changed: a, failure_signature from P0.SOME.SIGNATURE to P0.OTHER"
    )]
    [InlineData(
        Rule,
        "{id: a, for_each: {tables: {name: \"*\", having_column: x, except: [u]}, at_least: 2}, column: {name: x, nullable: false}}",
        "loosened: a, for_each.at_least from 3 to 2"
    )]
    [InlineData(
        Rule,
        "{id: a, for_each: {tables: {name: \"*\", having_column: x, except: [u, v]}, at_least: 3}, column: {name: x, nullable: false}}",
        "loosened: a, for_each.except from [u] to [u, v]"
    )]
    [InlineData(
        Rule,
        "{id: a, for_each: {tables: {name: \"*\", having_column: x, except: [u]}, at_least: 3}, column: {name: x, nullable: true}}",
        "changed: a, nullable from false to true"
    )]
    public void Where_less_is_asked_or_something_else_is_noted(string before, string after, string expected)
    {
        Assert.Equal(expected, Assert.Single(Compare(before, after)).ToString());
    }

    [Theory]
    [InlineData(Check, Check)]
    [InlineData(
        Check,
        "{check: {validated: true, expression: x > 0, name: c, table: public.t}, id: a, title: The same in other words}"
    )]
    [InlineData("{id: a, severity: P2, check: {table: t, name: c, expression: x > 0}}", Check)]
    [InlineData(
        Rule,
        "{id: a, for_each: {tables: {name: \"*\", having_column: x}, at_least: 4}, column: {name: x, nullable: false}}"
    )]
    [InlineData(Check, Check + "\n  - {id: b, table: {table: t}}")]
    [InlineData("{id: a, ledger: {table: t, directory: nowhere}}", "{id: a, ledger: {table: t, directory: nowhere}}")]
    public void What_asks_for_the_same_or_for_more_is_not(string before, string after)
    {
        Assert.Empty(Compare(before, after));
    }

    [Theory]
    [InlineData(
        "",
        "{invariant: a, reason: r, approved_by: b, expires: 2026-06-30}",
        "loosened: a, waiver from none to every subject until 2026-06-30"
    )]
    [InlineData(
        "{invariant: a, reason: r, approved_by: b, expires: 2026-03-31}",
        "{invariant: a, reason: r, approved_by: b, expires: 2026-06-30}",
        "loosened: a, waiver from every subject until 2026-03-31 to every subject until 2026-06-30"
    )]
    [InlineData(
        "{invariant: a, subject: public.t.c, reason: r, approved_by: b, expires: 2026-03-31}",
        "{invariant: a, reason: r, approved_by: b, expires: 2026-03-31}",
        "loosened: a, waiver from none to every subject until 2026-03-31"
    )]
    [InlineData(
        "{invariant: a, reason: r, approved_by: b, starts: 2026-03-01, expires: 2026-03-31}",
        "{invariant: a, reason: r, approved_by: b, expires: 2026-03-31}",
        "loosened: a, waiver from every subject from 2026-03-01 until 2026-03-31 to every subject until 2026-03-31"
    )]
    [InlineData(
        "{invariant: a, reason: r, approved_by: b, expires: 2026-03-31}",
        "",
        "removed: a, waiver from every subject until 2026-03-31 to none"
    )]
    public void A_waiver_that_forgives_more_is_noted(string before, string after, string expected)
    {
        Assert.Equal(expected, Compare(Check, Check, before, after)[0].ToString());
    }

    [Fact]
    public void A_waiver_that_ends_earlier_is_not()
    {
        Assert.Empty(
            Compare(
                Check,
                Check,
                "{invariant: a, reason: r, approved_by: b, expires: 2026-03-31}",
                "{invariant: a, reason: another, approved_by: c, expires: 2026-03-30}"
            )
        );
    }

    private static IReadOnlyList<ManifestChange> Compare(
        string before,
        string after,
        string waiversBefore = "",
        string waiversAfter = ""
    ) => ManifestComparison.Compare(Read(before, waiversBefore), Read(after, waiversAfter));

    private static Symphony.Manifests.ManifestSet Read(string invariants, string waivers) =>
        Symphony.Manifests.ManifestFolder.ReadFiles(
            from file in (IEnumerable<(string Name, string Text)>)
                [
                    ("invariants/m.yml", ManifestFiles.Manifest($"  - {invariants}\n")),
                    ("invariants/waivers.yml", $"waivers:\n  - {waivers}\n"),
                ]
            where file.Name.EndsWith("m.yml", StringComparison.Ordinal) || waivers.Length > 0
            select new Symphony.Manifests.ManifestSource(
                file.Name,
                file.Name,
                System.Text.Encoding.UTF8.GetBytes(file.Text),
                null
            ),
            Symphony.Kinds.KindRegistry.Standard
        );
}
