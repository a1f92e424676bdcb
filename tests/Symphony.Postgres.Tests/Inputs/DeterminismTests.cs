using System.Text;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>
/// The same schema gives the same bytes, whatever order it was made in, whatever numbers its objects got, and whatever
/// the database and the role set for their sessions.
/// </summary>
public sealed class DeterminismTests(PostgresServers servers) : IDisposable
{
    /// <summary>Statements that need none of their own kind before them, grouped so that each group may be turned around.</summary>
    private static readonly string[][] Schema =
    [
        [
            "CREATE SCHEMA alpha",
            "CREATE SCHEMA beta",
            "CREATE DOMAIN code AS text",
            "CREATE TYPE level AS ENUM ('low', 'high')",
        ],
        [
            "CREATE FUNCTION is_fine(code) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true'",
            "CREATE FUNCTION is_fine(level) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true'",
            "CREATE FUNCTION is_fine(integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true'",
            "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.price := COALESCE(NEW.price, 1); RETURN NEW; END $$",
            "CREATE FUNCTION deny() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'P7777'; END $$",
        ],
        [
            "CREATE TABLE parent (id integer PRIMARY KEY, \"select\" text NOT NULL DEFAULT 'x', made timestamptz DEFAULT '2020-01-02 03:04:05+00', price money DEFAULT 1.5, code code, level level, amount integer) PARTITION BY RANGE (id)",
            "CREATE TABLE zebra (id integer NOT NULL, note text)",
        ],
        [
            "CREATE TABLE beta.part PARTITION OF parent FOR VALUES FROM (0) TO (10)",
            "CREATE TABLE alpha.part PARTITION OF parent FOR VALUES FROM (10) TO (20)",
            "CREATE TABLE alpha.part_2 PARTITION OF parent FOR VALUES FROM (20) TO (30)",
        ],
        [
            "ALTER TABLE parent ADD CONSTRAINT all_fine CHECK (is_fine(code) AND is_fine(level) AND is_fine(amount))",
            "ALTER TABLE parent ADD CONSTRAINT recent CHECK (made > '2019-01-01 00:00:00+00'::timestamptz AND price > '0.50'::money)",
            "ALTER TABLE zebra ADD CONSTRAINT zebra_parent FOREIGN KEY (id) REFERENCES parent (id)",
            "CREATE INDEX parent_select ON parent (\"select\" DESC, lower(code))",
            "CREATE TRIGGER fill BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION fill()",
            "CREATE TRIGGER deny_2 BEFORE UPDATE OR DELETE ON zebra FOR EACH ROW EXECUTE FUNCTION deny()",
            "CREATE TRIGGER deny_1 BEFORE TRUNCATE ON zebra EXECUTE FUNCTION deny()",
            "CREATE RULE swallow AS ON INSERT TO zebra WHERE new.id < 0 DO INSTEAD NOTHING",
        ],
    ];

    private const string Claims = """
        - {id: c-01, table: {table: parent}}
        - {id: c-02, table: {table: zebra}}
        - {id: c-03, column: {table: parent, name: select, type: text, nullable: false, default: "'y'"}}
        - {id: c-04, column: {table: parent, name: made, default: "'2020-01-02 04:04:05+01'::timestamptz"}}
        - {id: c-05, column: {table: parent, name: price, default: "1.5"}}
        - {id: c-06, check: {table: parent, name: all_fine, expression: "true"}}
        - {id: c-07, check: {table: parent, name: recent, expression: "made > '2019-01-01'::timestamptz AND price > 0.5::numeric::money"}}
        - {id: c-08, check: {table: parent, name: recent, expression: amount = NULL}}
        - {id: c-09, foreign_key: {table: zebra, name: zebra_parent, columns: [id], references: {table: parent, columns: [id]}}}
        - {id: c-10, index: {table: parent, name: parent_select, columns: [select desc, lower(code)]}}
        - {id: c-11, set_if_null: {table: parent, column: price, trigger: fill, function: fill}}
        - {id: c-12, append_only: {table: zebra, sqlstate: P7777}}
        - {id: c-13, primary_key: {table: parent, columns: [id]}}
        - {id: c-14, for_each: {columns: {name: "*"}}, column: {nullable: true}}
        - {id: c-15, trigger: {table: parent, name: fill, timing: before, events: [insert], level: row, function: fill}}
        """;

    private static readonly string[] Settings =
    [
        "search_path = alpha, beta, public",
        "\"DateStyle\" = 'German, DMY'",
        "\"TimeZone\" = 'Asia/Kathmandu'",
        "\"IntervalStyle\" = sql_standard",
        "quote_all_identifiers = on",
        "extra_float_digits = -15",
        "bytea_output = escape",
        "standard_conforming_strings = off",
        "transform_null_equals = on",
        "array_nulls = off",
        "default_transaction_isolation = 'read committed'",
        "default_transaction_read_only = on",
        "row_security = off",
        "enable_seqscan = off",
        "enable_hashjoin = off",
        "geqo_threshold = 2",
        "jit = on",
        "jit_above_cost = 0",
    ];

    private static readonly string[] OfRole =
    [
        "search_path = pg_temp, public",
        "\"DateStyle\" = 'SQL, MDY'",
        "quote_all_identifiers = off",
    ];

    private readonly Workspace workspace = new Workspace().Claim(Claims);

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task Two_fresh_databases_with_one_schema_differ_in_no_byte(int major)
    {
        await using var first = await servers.CreateDatabaseAsync(major);
        foreach (var statement in Schema.SelectMany(group => group))
        {
            await first.ExecuteAsync(statement);
        }

        await using var second = await servers.CreateDatabaseAsync(major);
        await second.ExecuteAsync(
            "DO $$ BEGIN FOR i IN 1..200 LOOP EXECUTE 'CREATE TABLE burnt (a text)'; DROP TABLE burnt; END LOOP; END $$"
        );
        foreach (var statement in Schema.SelectMany(group => group.Reverse()))
        {
            await second.ExecuteAsync(statement);
            await second.ExecuteAsync("CREATE TABLE burnt (a text); DROP TABLE burnt");
        }

        var before = await ChecksAsync(first);

        Assert.Equal(before, await ChecksAsync(first));
        Assert.Equal(before, await ChecksAsync(second));
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task What_a_database_or_a_role_sets_for_its_sessions_does_not_matter(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        foreach (var statement in Schema.SelectMany(group => group))
        {
            await database.ExecuteAsync(statement);
        }

        await using var role = await LoginRole.CreateAsync(database);
        // Opened before: a session takes these settings when it begins.
        await using var administrator = await database.OpenAsync();
        var plain = await ChecksAsync(database);
        foreach (var setting in Settings.Append(major >= 16 ? "debug_parallel_query = on" : "force_parallel_mode = on"))
        {
            await SetAsync(administrator, $"ALTER DATABASE {database.Name} SET {setting}");
        }

        database.Close();
        var ofDatabase = await ChecksAsync(database);
        foreach (var setting in OfRole)
        {
            await SetAsync(administrator, $"ALTER ROLE {role.Name} SET {setting}");
        }

        var ofRole = await ChecksAsync(role.ConnectionString);
        await SetAsync(administrator, $"ALTER DATABASE {database.Name} RESET ALL");
        database.Close();

        Assert.Equal(plain, ofDatabase);
        Assert.Equal(plain, ofRole);
    }

    [Fact]
    public async Task Repeated_runs_on_one_database_write_the_same_bundle()
    {
        await using var database = await servers.CreateDatabaseAsync();
        foreach (var statement in Schema.SelectMany(group => group))
        {
            await database.ExecuteAsync(statement);
        }

        await workspace.VerifyAsync(database);
        var first = workspace.BundleBytes();
        await workspace.VerifyAsync(database);

        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(workspace.BundleBytes()));
    }

    private static async Task SetAsync(Npgsql.NpgsqlConnection connection, string statement)
    {
        await using var command = new Npgsql.NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private Task<string> ChecksAsync(TestDatabase database) => ChecksAsync(database.ConnectionString);

    private async Task<string> ChecksAsync(string url)
    {
        var run = await workspace.VerifyAsync(url);
        Assert.DoesNotContain("problem", run.Error, StringComparison.Ordinal);
        return workspace.Bundle().GetProperty("checks").GetRawText();
    }
}
