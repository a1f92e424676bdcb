using Symphony.Kinds;
using Symphony.Linting.Rules;
using Symphony.Manifests;

namespace Symphony.Postgres.Tests.Lint;

/// <summary>What is declared is verified before and after: a migration that takes it away is told so, on its line.</summary>
public sealed class GuaranteeTests(TrialServer server) : IClassFixture<TrialServer>
{
    private const string Guarded = """
        CREATE TABLE t (id bigint PRIMARY KEY, n integer);
        ALTER TABLE t ADD CONSTRAINT n_chk CHECK (n > 0);
        """;

    private const string Claim = """
        - id: n-is-positive
          check: {table: t, name: n_chk, expression: n > 0}
        """;

    private const string Correction = """
        - id: corrections-are-written
          probe: {when: {insert: t, values: {n: -5}}, then: {accepted: true}}
        """;

    [Fact]
    public async Task The_statement_that_takes_a_declared_guarantee_away_is_found()
    {
        var report = await server.LintAsync(
            new LintExample(Guarded, "SELECT 1;\nSELECT 2;\nALTER TABLE t DROP CONSTRAINT n_chk;\nSELECT 3;"),
            [.. Read(Claim)]
        );

        var found = Assert.Single(report.Counting, finding => finding.Finding.Rule.Id == "guarantee-broken");
        Assert.Equal((3, "n-is-positive"), (found.Line, found.Finding.About));
        Assert.StartsWith("P0.LINT: n-is-positive", found.Finding.Message, StringComparison.Ordinal);
        Assert.Contains("ADD CONSTRAINT \"n_chk\" CHECK (n > 0)", found.Finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_that_a_manifests_probe_states_and_a_migration_refuses_is_found_on_its_line()
    {
        var report = await server.LintAsync(
            new LintExample(
                "CREATE TABLE t (id bigint PRIMARY KEY, n integer);",
                "SELECT 1;\nALTER TABLE t ADD CONSTRAINT n_chk CHECK (n > 0) NOT VALID;\nSELECT 3;"
            ),
            [.. Read(Correction)]
        );

        var found = Assert.Single(report.Counting, finding => finding.Finding.Rule.Id == "guarantee-broken");
        Assert.Equal((2, "corrections-are-written"), (found.Line, found.Finding.About));
        Assert.Contains("n_chk", found.Finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_that_a_manifests_probe_states_goes_on_beside_what_is_only_added()
    {
        var report = await server.LintAsync(
            new LintExample(
                "CREATE TABLE t (id bigint PRIMARY KEY, n integer);",
                "SET LOCAL lock_timeout = '1s';\nALTER TABLE t ADD COLUMN note text;\nALTER TABLE t ADD CONSTRAINT note_chk CHECK (note <> '') NOT VALID;"
            ),
            [.. Read(Correction)]
        );

        Assert.Equal([], report.Counting.Select(RuleExampleTests.Show));
    }

    [Fact]
    public async Task A_guarantee_that_is_given_up_and_restored_in_one_transaction_is_not_broken()
    {
        var report = await server.LintAsync(
            new LintExample(
                Guarded,
                """
                SET LOCAL lock_timeout = '1s';
                ALTER TABLE t DROP CONSTRAINT n_chk;
                ALTER TABLE t ADD CONSTRAINT n_chk CHECK (n > 0) NOT VALID;
                """
            ),
            [.. Read(Claim)]
        );

        Assert.Equal([], report.Counting.Select(RuleExampleTests.Show));
    }

    [Fact]
    public async Task A_rule_over_tables_is_broken_by_a_table_that_does_not_follow_it()
    {
        var report = await server.LintAsync(
            new LintExample(
                "CREATE TABLE a (tenant_id text NOT NULL);",
                "SELECT 1;\nCREATE TABLE b (tenant_id text);\nCREATE TABLE c (tenant_id text NOT NULL);"
            ),
            [
                .. Read(
                    """
                    - id: tenant-tables-require-tenant
                      for_each: {tables: {having_column: tenant_id}}
                      column: {name: tenant_id, nullable: false}
                    """
                ),
            ]
        );

        var found = Assert.Single(report.Counting);
        Assert.Equal(("guarantee-broken", 2), (found.Finding.Rule.Id, found.Line));
        Assert.Contains("public.b.tenant_id", found.Finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_did_not_hold_before_cannot_be_broken()
    {
        var report = await server.LintAsync(
            new LintExample("CREATE TABLE t (id bigint, n integer);", "CREATE TABLE u (id bigint);"),
            [.. Read(Claim)]
        );

        Assert.Equal([], report.Counting.Select(RuleExampleTests.Show));
    }

    private static IEnumerable<Invariant> Read(string invariants)
    {
        var folder = Directory.CreateTempSubdirectory("symphony-lint-");
        try
        {
            var path = Path.Combine(folder.FullName, "claims.yml");
            File.WriteAllText(
                path,
                $"symphony: 1\ntask: TSK-1\nfailure_signature: P0.LINT\ninvariants:\n{invariants}\n"
            );
            return ManifestFolder.Read(path, "claims.yml", KindRegistry.Standard).Invariants;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
