using Npgsql;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Migrations;

/// <summary>What the migrations of this repository promise, on every server they are meant for.</summary>
public sealed class PhaseZeroSchemaTests(PostgresServers servers)
{
    private const string Attestations = "ingress_attestations";

    /// <summary>The tables that carry a correlation id, each with columns and values of a row.</summary>
    private static readonly Dictionary<string, (string Columns, string Values)> Stitched = new()
    {
        [Attestations] = (
            "instruction_id, tenant_id, client_id, client_cert_fingerprint_sha256, payload_hash",
            "'i', 't', 'c', 'f', 'p'"
        ),
        ["payment_outbox_pending"] = ("instruction_id, tenant_id, idempotency_key, payload", "'i', 't', 'k', '{}'"),
        ["payment_outbox_attempts"] = (
            "outbox_id, instruction_id, tenant_id, idempotency_key, attempt_no, outcome",
            "gen_random_uuid(), 'i', 't', 'k', 1, 'dispatched'"
        ),
    };

    public static TheoryData<int, string> MajorsAndStitchedTables =>
        [
            .. from major in PostgresServers.Majors.Select(row => row.Data)
            from table in Stitched.Keys
            select new TheoryDataRow<int, string>(major, table),
        ];

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task A_new_tenant_without_a_payer_is_refused(int major)
    {
        await using var database = await MigrateAsync(major);
        var refusal = await database.RefusalAsync("INSERT INTO tenants (tenant_id) VALUES ('t')");

        AssertRefusedByCheck("tenants_billable_client_required_new_rows_chk", refusal);
        await RegisterAsync(database, tenant: "t", payer: "acme");
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task A_payer_needs_a_key_of_its_own(int major)
    {
        await using var database = await MigrateAsync(major);
        await database.ExecuteAsync("INSERT INTO billable_clients (client_key) VALUES ('acme')");

        foreach (var nothing in new[] { "NULL", "''", "' '", @"E'\t\n '" })
        {
            AssertRefusedByCheck(
                "billable_clients_client_key_required_new_rows_chk",
                await database.RefusalAsync($"INSERT INTO billable_clients (client_key) VALUES ({nothing})")
            );
        }

        var twice = await database.RefusalAsync("INSERT INTO billable_clients (client_key) VALUES ('acme')");
        Assert.Equal(
            (PostgresErrorCodes.UniqueViolation, "ux_billable_clients_client_key"),
            (twice.SqlState, twice.ConstraintName)
        );
    }

    [Theory, MemberData(nameof(MajorsAndStitchedTables))]
    public async Task A_missing_correlation_id_is_filled_and_a_supplied_one_kept(int major, string table)
    {
        await using var database = await MigrateAsync(major);
        var (columns, values) = Stitched[table];
        const string supplied = "00000000-0000-4000-8000-000000000001";

        Assert.NotEqual(
            Guid.Empty,
            await database.ValueAsync<Guid>(
                $"INSERT INTO {table} ({columns}) VALUES ({values}) RETURNING correlation_id"
            )
        );
        Assert.Equal(
            supplied,
            await database.ValueAsync<string>(
                $"INSERT INTO {table} ({columns}, correlation_id) VALUES ({values.Replace("'i'", "'other'").Replace("'k'", "'other'")}, '{supplied}') RETURNING correlation_id::text"
            )
        );
    }

    [Theory, MemberData(nameof(MajorsAndStitchedTables))]
    public async Task Without_the_trigger_a_row_without_a_correlation_id_is_refused(int major, string table)
    {
        await using var database = await MigrateAsync(major);
        var (columns, values) = Stitched[table];
        await database.ExecuteAsync($"ALTER TABLE {table} DISABLE TRIGGER trg_set_corr_id_{table}");

        AssertRefusedByCheck(
            $"{table}_correlation_required_new_rows_chk",
            await database.RefusalAsync($"INSERT INTO {table} ({columns}) VALUES ({values})")
        );
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task A_proof_is_attributed_to_the_tenant_of_its_attestation_and_that_tenants_payer(int major)
    {
        await using var database = await MigrateAsync(major);
        var payer = await RegisterAsync(database, tenant: "t", payer: "acme");
        var attestation = await AttestAsync(database, "t");

        Assert.Equal(
            $"t {payer}",
            await database.ValueAsync<string>(
                InsertProof(attestation) + " RETURNING tenant_id || ' ' || billable_client_id"
            )
        );
        Assert.Equal(
            $"t {payer}",
            await database.ValueAsync<string>(
                InsertProof(attestation, "'t'", $"'{payer}'") + " RETURNING tenant_id || ' ' || billable_client_id"
            )
        );
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task A_proof_that_cannot_be_attributed_is_refused(int major)
    {
        await using var database = await MigrateAsync(major);
        await RegisterAsync(database, tenant: "t", payer: "acme");
        await database.ExecuteAsync(
            """
            ALTER TABLE tenants DROP CONSTRAINT tenants_billable_client_required_new_rows_chk;
            INSERT INTO tenants (tenant_id) VALUES ('from before 0026');
            """
        );
        var known = await AttestAsync(database, "t");

        string[] refused =
        [
            InsertProof(Guid.Empty),
            InsertProof(await AttestAsync(database, "not registered")),
            InsertProof(await AttestAsync(database, "from before 0026")),
            InsertProof(known, "'another tenant'"),
            InsertProof(known, "NULL", $"'{Guid.Empty}'"),
            "INSERT INTO external_proofs (provider, proof_hash) VALUES ('p', 'h')",
        ];
        foreach (var insert in refused)
        {
            Assert.Equal("P7301", (await database.RefusalAsync(insert)).SqlState);
        }
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task History_is_only_added_to(int major)
    {
        await using var database = await MigrateAsync(major);
        await RegisterAsync(database, tenant: "t", payer: "acme");
        await database.ExecuteAsync(InsertProof(await AttestAsync(database, "t")));
        var (columns, values) = Stitched["payment_outbox_attempts"];
        await database.ExecuteAsync($"INSERT INTO payment_outbox_attempts ({columns}) VALUES ({values})");

        foreach (
            var (table, sqlState) in new[]
            {
                (Attestations, "P7201"),
                ("payment_outbox_attempts", "P7202"),
                ("external_proofs", "P7203"),
            }
        )
        {
            foreach (
                var sql in new[]
                {
                    $"UPDATE {table} SET instruction_id = instruction_id",
                    $"DELETE FROM {table}",
                    $"TRUNCATE {table} CASCADE",
                }
            )
            {
                var statement = table == "external_proofs" ? sql.Replace("instruction_id", "provider") : sql;
                Assert.Equal(sqlState, (await database.RefusalAsync(statement)).SqlState);
            }
        }
    }

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task An_instruction_of_a_tenant_is_accepted_once_and_a_member_names_its_subject(int major)
    {
        await using var database = await MigrateAsync(major);
        var (columns, values) = Stitched[Attestations];
        string Attest(string kind, string subject, string instruction) =>
            $"INSERT INTO {Attestations} ({columns}, subject_kind, subject_id) VALUES ({values.Replace("'i'", $"'{instruction}'")}, '{kind}', {subject})";

        await database.ExecuteAsync(Attest("member", "'m'", "1"));
        await database.ExecuteAsync(Attest("system", "NULL", "2"));
        Assert.Equal(
            "ux_ingress_attestations_tenant_instruction",
            (await database.RefusalAsync(Attest("participant", "NULL", "1"))).ConstraintName
        );
        AssertRefusedByCheck(
            "ck_ingress_attestations_member_subject_id",
            await database.RefusalAsync(Attest("member", "NULL", "3"))
        );
        AssertRefusedByCheck(
            "ck_ingress_attestations_subject_kind",
            await database.RefusalAsync(Attest("stranger", "'s'", "4"))
        );
    }

    private async Task<TestDatabase> MigrateAsync(int major)
    {
        var database = await servers.CreateDatabaseAsync(major);
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, database);
        return database;
    }

    private static Task<Guid> RegisterAsync(TestDatabase database, string tenant, string payer) =>
        database.ValueAsync<Guid>(
            $"""
            WITH payer AS (INSERT INTO billable_clients (client_key) VALUES ('{payer}') RETURNING billable_client_id)
            INSERT INTO tenants (tenant_id, billable_client_id) SELECT '{tenant}', billable_client_id FROM payer
            RETURNING billable_client_id
            """
        );

    private static Task<Guid> AttestAsync(TestDatabase database, string tenant)
    {
        var (columns, values) = Stitched[Attestations];
        return database.ValueAsync<Guid>(
            $"INSERT INTO {Attestations} ({columns}) VALUES ({values.Replace("'t'", $"'{tenant}'")}) RETURNING attestation_id"
        );
    }

    private static string InsertProof(Guid attestation, string tenant = "NULL", string payer = "NULL") =>
        $"INSERT INTO external_proofs (attestation_id, provider, proof_hash, tenant_id, billable_client_id) VALUES ('{attestation}', 'p', 'h', {tenant}, {payer})";

    private static void AssertRefusedByCheck(string constraint, PostgresException refusal) =>
        Assert.Equal((PostgresErrorCodes.CheckViolation, constraint), (refusal.SqlState, refusal.ConstraintName));
}
