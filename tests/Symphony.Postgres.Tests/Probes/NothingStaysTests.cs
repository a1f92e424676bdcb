using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;
using Symphony.Probes;
using Symphony.Proving;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>A database after very many probes and proofs is the database before them.</summary>
public sealed class NothingStaysTests(PostgresServers servers)
{
    private const int Rounds = 20;

    private static readonly string[] Catalogs =
    [
        "pg_attrdef",
        "pg_attribute",
        "pg_class",
        "pg_constraint",
        "pg_database",
        "pg_db_role_setting",
        "pg_depend",
        "pg_extension",
        "pg_index",
        "pg_inherits",
        "pg_namespace",
        "pg_policy",
        "pg_proc",
        "pg_rewrite",
        "pg_trigger",
        "pg_type",
    ];

    [Fact]
    public async Task After_a_thousand_probes_and_a_proof_nothing_has_changed()
    {
        await using var database = await servers.CreateDatabaseAsync();
        using var workspace = new Workspace();
        await workspace.RunAsync(
            database.ConnectionString,
            ["migrate", "--migrations", Path.Combine(Workspace.Checkout, "schema", "migrations")]
        );
        await database.ExecuteAsync(
            """
            INSERT INTO billable_clients (client_key) VALUES ('acme'), ('globex');
            INSERT INTO tenants (tenant_id, billable_client_id) SELECT client_key, billable_client_id FROM billable_clients;
            INSERT INTO ingress_attestations (instruction_id, tenant_id, client_id, client_cert_fingerprint_sha256, payload_hash)
              SELECT 'i' || n, 'acme', 'c', 'f', 'h' FROM generate_series(1, 20) n;
            INSERT INTO external_proofs (attestation_id, provider, proof_hash) SELECT attestation_id, 'p', 'h' FROM ingress_attestations;
            """
        );
        var before = await DumpAsync(database);
        var cancel = TestContext.Current.CancellationToken;
        var manifests = ManifestFolder.Read(
            Path.Combine(Workspace.Checkout, "invariants"),
            "invariants",
            KindRegistry.Standard
        );
        var target = ConnectionTarget.Parse(database.ConnectionString, _ => null);
        var waivers = new WaiverBook([], new DateOnly(2026, 1, 1));
        var probes = 0;
        await using (var catalog = await CatalogSession.OpenAsync(target, SessionLimits.Default, cancel))
        await using (var session = await RolledBackSession.OpenAsync(target, SessionLimits.Default, cancel))
        {
            var report = await VerificationRun.VerifyAsync([.. manifests.Invariants], catalog, waivers, cancel);
            for (var round = 0; round < Rounds; round++)
            {
                var mode = round == 0 ? ProbeMode.Shadow : ProbeMode.Direct;
                var probed = await new Prober(session, mode, manifests.Rows).ProbeAsync(report, waivers, cancel);
                probes += probed.Checks.Sum(check => check.Behaviour?.Testimonies.Count ?? 0);
                report = round == Rounds - 1 ? probed : report;
            }

            var proven = await new Prover(session, manifests.Rows).ProveAsync(report, waivers, cancel);
            Assert.All(
                proven.Checks,
                check => Assert.True(check.Verdict == Verdict.Pass, $"{check.Invariant.Id}: {check.Explanation}")
            );
        }

        Assert.True(probes > 1000, $"{probes} probes");
        Assert.Equal(before, await DumpAsync(database));
        Assert.Equal(
            0L,
            await database.ScalarAsync<long>(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        );
    }

    /// <summary>Every row of every table, user's and catalog's, as text. Statistics that the server keeps for itself are left out.</summary>
    private static async Task<IReadOnlyList<string>> DumpAsync(TestDatabase database)
    {
        var tables = await database.QueryAsync(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        );
        var dump = new List<string>();
        foreach (var table in tables.Select(row => (string)row[0]!).Concat(Catalogs))
        {
            // Of a catalog that all databases share, this one's part: other tests are at work beside.
            var (row, own) = table switch
            {
                "pg_class" => (
                    "to_jsonb(t) - 'relpages' - 'reltuples' - 'relallvisible' - 'relallfrozen' - 'relfrozenxid' - 'relminmxid'",
                    "true"
                ),
                "pg_database" => ("to_jsonb(t) - 'datfrozenxid' - 'datminmxid'", "datname = current_database()"),
                "pg_db_role_setting" => (
                    "to_jsonb(t)",
                    "setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"
                ),
                _ => ("to_jsonb(t)", "true"),
            };
            var rows = await database.QueryAsync($"SELECT ({row})::text FROM {table} t WHERE {own} ORDER BY 1");
            dump.AddRange(rows.Select(found => $"{table}: {found[0]}"));
        }

        return dump;
    }
}
