namespace Symphony.Tests.Manifests;

public sealed class InvariantReadingTests
{
    [Theory]
    [InlineData(
        "tabel: {table: t}",
        "5:13: expected a kind (table, column, check",
        "found the key `tabel`; did you mean `table`?"
    )]
    [InlineData(
        "table: {table: t}, column: {table: t, name: c}",
        "5:32: expected one kind in each invariant",
        "found `column` beside `table`; make it an invariant of its own"
    )]
    [InlineData("title: x", "5:5: expected a kind: one of table, column, check", "found none")]
    [InlineData("table: t", "5:20: expected the claim: a mapping; see `symphony explain table`", "found the text `t`")]
    [InlineData("table: {tabel: t}", "5:21: expected one of the keys `table`", "did you mean `table`?")]
    [InlineData(
        "severity: high, table: {table: t}",
        "5:23: expected one of `P0`, `P1`, `P2`, `P3`",
        "found the text `high`"
    )]
    [InlineData("failure_signature: p0, table: {table: t}", "5:32: expected two to eight parts", "found `p0`")]
    public void An_invariant_that_cannot_be_meant_is_told_where_it_is_wrong(string rest, string beginning, string end)
    {
        var problems = ManifestFiles.ProblemsOf(ManifestFiles.Manifest($"  - {{id: a, {rest}}}\n"));

        Assert.Contains(
            problems,
            problem =>
                problem.StartsWith(beginning, StringComparison.Ordinal)
                && problem.EndsWith(end, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("A")]
    [InlineData("a.b")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("../a")]
    [InlineData("''")]
    public void An_id_is_made_of_few_characters(string id)
    {
        var problem = Assert.Single(
            ManifestFiles.ProblemsOf(ManifestFiles.Manifest($"  - {{id: {id}, table: {{table: t}}}}\n"))
        );

        Assert.Equal(
            $"5:10: expected lower-case letters, digits, - and _, such as tenants-billable-client-required, found `{id.Trim('\'')}`",
            problem
        );
    }

    [Fact]
    public void An_invariant_without_an_id_lacks_one()
    {
        Assert.Equal(
            ["5:5: expected the key `id`, found an invariant without it"],
            ManifestFiles.ProblemsOf(ManifestFiles.Manifest("  - {table: {table: t}}\n"))
        );
    }

    [Theory]
    [InlineData("unique: {table: t, name: u, columns: []}", "5:50: expected at least one column, found an empty list")]
    [InlineData("check: {table: t, name: c, expression: 'a) OR (b'}", "5:52: expected one SQL expression, found ")]
    [InlineData(
        "check: {table: t, name: c, expression: 'a; DROP TABLE t'}",
        "5:52: expected one SQL expression, found "
    )]
    [InlineData(
        "append_only: {table: t, sqlstate: p7201}",
        "5:47: expected a SQLSTATE: five digits or upper-case letters, found `p7201`"
    )]
    [InlineData("append_only: {table: t, sqlstate: P7201, operations: []}", "5:66: expected update, delete, truncate")]
    [InlineData(
        "trigger: {table: t, name: g, timing: before, events: [insert], level: row, function: f, body_sha256: abc}",
        "5:114: expected a SHA-256 digest: 64 digits in lower-case hexadecimal, found `abc`"
    )]
    [InlineData("foreign_key: {table: t, name: f, columns: [a], references: {table: r, columns: [a, b]}}", "5:")]
    [InlineData(
        "table: {table: a.b.c}",
        "5:28: expected a name, or schema.name, with SQL double quotes around a part that holds a dot; not `a.b.c`, found the text `a.b.c`"
    )]
    public void A_claim_that_cannot_be_meant_is_told_at_its_place(string claim, string problem)
    {
        Assert.StartsWith(
            problem,
            Assert.Single(ManifestFiles.ProblemsOf(ManifestFiles.Manifest($"  - {{id: a, {claim}}}\n"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_problem_of_every_invariant_is_told_at_once()
    {
        var problems = ManifestFiles.ProblemsOf(
            "task: low\nsymphony: 1\nfailure_signature: P0.A\ninvariants:\n"
                + "  - id: A\n    table: {tabel: t}\n"
                + "  - chek: {}\n"
                + "  - id: b\n    for_each: {tables: {}, at_least: 0}\n    unique: {columns: [], name: u}\n"
                + "  - 12\n"
        );

        Assert.Equal(
            ["1:7", "5:9", "6:12", "6:13", "7:5", "7:5", "9:38", "10:23", "11:5"],
            problems.Select(problem => string.Join(':', problem.Split(':')[..2]))
        );
    }

    [Fact]
    public void Ten_thousand_invariants_are_read()
    {
        using var files = new ManifestFiles().Add(
            "m.yml",
            ManifestFiles.Manifest(
                string.Concat(
                    Enumerable
                        .Range(0, 10_000)
                        .Select(i => $"  - id: i{i}\n    column: {{table: t{i}, name: tenant_id, nullable: false}}\n")
                )
            )
        );

        var invariants = files.Read().Invariants.ToList();

        Assert.Equal(10_000, invariants.Count);
        Assert.Equal("public.t9999.tenant_id", invariants[9_999].Kind.SubjectOf(invariants[9_999].Claim!).ToString());
        Assert.Equal(5 + (2 * 9_999), invariants[9_999].Location.Line);
    }
}
