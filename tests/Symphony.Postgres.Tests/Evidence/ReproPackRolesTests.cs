using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Evidence;

/// <summary>Packs of policies for named roles: roles are of the whole cluster, which a pack leaves as it was.</summary>
public sealed class ReproPackRolesTests(PostgresServers servers) : IDisposable
{
    private readonly PackFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task A_pack_makes_the_roles_that_it_needs_and_its_cleanup_drops_those_alone(int major)
    {
        // Odd on purpose: the names stand in statements, in a README and in a list of literals.
        var (reader, writer) = ($"reader '{Guid.NewGuid():n}\"\\", $"writer {Guid.NewGuid():n} $1 :x");
        folder.Workspace.Claim(
            $"- {{id: a, policy: {{table: t, name: p, roles: ['{reader.Replace("'", "''")}'], using: a > 0}}}}"
        );
        var source = await servers.CreateDatabaseAsync(major);
        await source.ExecuteAsync(
            $"CREATE ROLE {Quoted(reader)}; CREATE ROLE {Quoted(writer)}; CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; "
                + $"CREATE POLICY p ON t TO {Quoted(writer)}, {Quoted(reader)} USING (a > 0); CREATE POLICY q ON t AS RESTRICTIVE FOR UPDATE USING (a > 1)"
        );
        await folder.Workspace.VerifyAsync(source);
        var pack = await folder.PackAsync(source);
        Assert.True(pack.Exit == ExitCode.Ok, pack.All);
        Assert.Contains("of the whole cluster", folder.Read("README.md"), StringComparison.Ordinal);
        await source.DisposeAsync();
        await using var other = await servers.CreateDatabaseAsync(major);
        await other.ExecuteAsync($"DROP ROLE {Quoted(reader)}, {Quoted(writer)}");

        // Somebody else's role of one of the names is there.
        await other.ExecuteAsync($"CREATE ROLE {Quoted(writer)} LOGIN");
        await using (var scratch = await servers.CreateDatabaseAsync(major))
        {
            var made = await folder.PsqlAsync(scratch, "schema.sql");
            Assert.True(made.Exit == 0, made.Output);
            var check = await folder.PsqlAsync(scratch, "check.sql");
            Assert.True(check.Exit == 0, check.Output);
            Assert.Contains("\nreproduced\n", check.Output, StringComparison.Ordinal);
            Assert.Equal(1L, await CountAsync(other, reader, "NOT rolcanlogin AND NOT rolsuper AND NOT rolbypassrls"));

            // What still depends on a role keeps it.
            Assert.NotEqual(0, (await folder.PsqlAsync(other, "cleanup.sql")).Exit);
            Assert.Equal(1L, await CountAsync(other, reader));

            await scratch.ExecuteAsync($"ALTER POLICY p ON t TO {Quoted(reader)}");
            Assert.Equal(3, (await folder.PsqlAsync(scratch, "check.sql")).Exit);
        }

        var cleaned = await folder.PsqlAsync(other, "cleanup.sql");
        Assert.True(cleaned.Exit == 0, cleaned.Output);
        Assert.Equal(0L, await CountAsync(other, reader));
        Assert.Equal(1L, await CountAsync(other, writer, "rolcanlogin"));
        await other.ExecuteAsync($"DROP ROLE {Quoted(writer)}");
    }

    public static TheoryData<int> Majors => PostgresServers.Majors;

    private static async Task<long> CountAsync(TestDatabase database, string role, string condition = "true") =>
        await database.ScalarAsync<long>(
            $"SELECT count(*) FROM pg_roles WHERE rolname = '{role.Replace("'", "''", StringComparison.Ordinal)}' AND {condition}"
        );

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
