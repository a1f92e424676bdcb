using Npgsql;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Servers;

public sealed class EphemeralServerTests(PostgresServers servers)
{
    public static TheoryData<int> Majors => PostgresServers.Majors;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task Every_supported_major_starts_from_its_pinned_build(int major)
    {
        var server = await servers.ServerAsync(major);
        await using var database = await servers.CreateDatabaseAsync(major);

        Assert.StartsWith($"embedded {major}.", server.Origin, StringComparison.Ordinal);
        Assert.Equal(
            major,
            await database.ScalarAsync<int>("SELECT current_setting('server_version_num')::int / 10000")
        );
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task A_server_is_the_same_on_every_machine(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);

        var row = Assert.Single(
            await database.QueryAsync(
                """
                SELECT pg_encoding_to_char(encoding), datcollate::text, datctype::text, current_setting('TimeZone'), current_user::text
                FROM pg_database WHERE datname = current_database()
                """
            )
        );

        Assert.Equal(["UTF8", "C", "C", "UTC", "symphony"], row);
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task A_database_made_from_a_template_holds_its_tables(int major)
    {
        await using var template = await servers.CreateDatabaseAsync(major);
        await template.ExecuteAsync("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2)");
        template.Close();
        await using var copy = await servers.CreateDatabaseAsync(major, template.Name);

        Assert.Equal(2L, await copy.ScalarAsync<long>("SELECT count(*) FROM t WHERE a >= $1", 1));
    }

    [Fact]
    public async Task Over_tcp_nobody_gets_in_without_the_password()
    {
        var server = await servers.ServerAsync(ServerOptions.DefaultMajor);
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task A_server_never_runs_as_root()
    {
        await using var database = await servers.CreateDatabaseAsync();
        var pid = await database.ScalarAsync<int>("SELECT pg_backend_pid()");

        var uid = File.ReadLines($"/proc/{pid}/status")
            .Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));

        Assert.DoesNotContain("\t0", uid, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disposed_server_leaves_nothing()
    {
        string folder;
        await using (var server = await EphemeralServer.StartAsync(new ServerOptions(), cancel: Cancel))
        {
            folder = server.Folder;
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
        Assert.Empty(Leftovers.ProcessesOf(folder));
    }

    [Fact]
    public async Task A_second_start_uses_the_cached_data_folder()
    {
        await servers.ServerAsync(ServerOptions.DefaultMajor);
        var progress = new List<string>();

        await using var server = await EphemeralServer.StartAsync(
            new ServerOptions(ServerOptions.DefaultMajor),
            new Recorder(progress),
            Cancel
        );

        Assert.Empty(progress);
    }

    [Fact]
    public async Task A_kept_server_says_how_to_reach_and_stop_it_and_leaves_nothing_once_stopped()
    {
        var progress = new List<string>();
        var server = await EphemeralServer.StartAsync(
            new ServerOptions { Keep = true },
            new Recorder(progress),
            Cancel
        );
        await server.DisposeAsync();

        var words = Assert.Single(progress);
        Assert.DoesNotContain(server.Variables["PGPASSWORD"], words, StringComparison.Ordinal);
        Assert.NotEmpty(Leftovers.ProcessesOf(server.Folder));

        var stop = words.Split("stop it")[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, (await Tool.RunAsync(stop, Cancel)).ExitCode);
        await Leftovers.AreGoneAsync(server.Folder);
    }

    private sealed class Recorder(List<string> said) : IProgress<string>
    {
        public void Report(string value) => said.Add(value);
    }
}
