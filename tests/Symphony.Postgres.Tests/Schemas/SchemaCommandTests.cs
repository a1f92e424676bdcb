using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Schemas;

public sealed class SchemaCommandTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task The_same_migrations_give_the_same_dump_whatever_was_made_and_dropped_before(int major)
    {
        await using var one = await servers.CreateDatabaseAsync(major);
        await using var other = await servers.CreateDatabaseAsync(major);
        await other.ExecuteAsync(
            "CREATE TABLE gone (id int); DROP TABLE gone; CREATE SEQUENCE gone_too; DROP SEQUENCE gone_too;"
        );
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, one);
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, other);

        var dumps = new[] { await DumpAsync(one), await DumpAsync(other) };

        Assert.Equal(dumps[0], dumps[1]);
        var names = JsonElement
            .Parse(dumps[0])
            .GetProperty("objects")
            .EnumerateArray()
            .Select(entry => $"{entry.GetProperty("class")} {entry.GetProperty("name")}")
            .ToList();
        Assert.Contains("constraint public.tenants.tenants_billable_client_required_new_rows_chk", names);
        Assert.Contains("function public.set_correlation_id_if_null()", names);
        Assert.Contains("trigger public.external_proofs.trg_set_external_proofs_attribution", names);
        Assert.Contains("index public.ux_billable_clients_client_key", names);
        var same = await workspace.RunAsync(null, ["schema", "diff", one.ConnectionString, other.ConnectionString]);
        Assert.Equal((ExitCode.Ok, ""), (same.Exit, same.Error));
    }

    [Fact]
    public async Task Ledgers_differ_between_databases_and_from_the_files_on_disk()
    {
        await using var one = await servers.CreateDatabaseAsync();
        await using var other = await servers.CreateDatabaseAsync();
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, one);
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, other);
        await other.ExecuteAsync(
            "UPDATE schema_migrations SET checksum = repeat('0', 64) WHERE version LIKE '0014%'; DELETE FROM schema_migrations WHERE version LIKE '0027%'"
        );

        var databases = await workspace.RunAsync(
            null,
            ["schema", "diff", one.ConnectionString, other.ConnectionString]
        );
        var whole = await workspace.RunAsync(null, ["schema", "diff", MigrationFolder.PhaseZero, one.ConnectionString]);
        var disk = await workspace.RunAsync(
            null,
            ["schema", "diff", MigrationFolder.PhaseZero, other.ConnectionString]
        );

        Assert.Equal((ExitCode.Failed, ExitCode.Ok, ExitCode.Failed), (databases.Exit, whole.Exit, disk.Exit));
        Assert.Contains("differs     migration 0014_tenants  checksum", databases.Output, StringComparison.Ordinal);
        Assert.Contains("only left   migration 0027_", databases.Output, StringComparison.Ordinal);
        Assert.Contains("2 differences", disk.Output, StringComparison.Ordinal);
        Assert.Equal("no difference: 8 objects\n", whole.Output);
    }

    [Fact]
    public async Task A_difference_is_said_object_by_object_between_databases_and_dumps()
    {
        await using var one = await servers.CreateDatabaseAsync();
        await using var other = await servers.CreateDatabaseAsync();
        const string both =
            "CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'x', CONSTRAINT a_chk CHECK (a <> ''));";
        await one.ExecuteAsync(both + "CREATE INDEX t_a ON t (a);");
        await other.ExecuteAsync(
            both
                + "ALTER TABLE t ALTER a SET DEFAULT 'y', DROP CONSTRAINT a_chk, ADD CONSTRAINT a_chk CHECK (true); CREATE TABLE u (id int);"
        );
        workspace.Write("one.json", await DumpAsync(one));

        foreach (var left in new[] { one.ConnectionString, "one.json" })
        {
            var diff = await workspace.RunAsync(null, ["schema", "diff", left, other.ConnectionString]);

            Assert.Equal(ExitCode.Failed, diff.Exit);
            Assert.Equal(
                """
                differs     column public.t.a  default
                  left      "'x'::text"
                  right     "'y'::text"
                only right  column public.u.id
                differs     constraint public.t.a_chk  definition
                  left      "CHECK ((a <> ''::text))"
                  right     "CHECK (true)"
                only left   index public.t_a
                only right  table public.u
                5 differences

                """,
                diff.Output
            );
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"schema":"symphony/schema/v9","objects":[]}""")]
    public async Task What_is_no_dump_is_bad_input(string content)
    {
        workspace.Write("dump.json", content);

        var diff = await workspace.RunAsync(null, ["schema", "diff", "dump.json", "dump.json"]);

        Assert.Equal(ExitCode.BadInput, diff.Exit);
        Assert.Contains("dump.json is not a dump of a schema", diff.Error, StringComparison.Ordinal);
    }

    private async Task<string> DumpAsync(TestDatabase database)
    {
        var dump = await workspace.RunAsync(database.ConnectionString, ["schema", "dump"]);
        Assert.True(dump.Exit == ExitCode.Ok, dump.All);
        return dump.Output;
    }
}
