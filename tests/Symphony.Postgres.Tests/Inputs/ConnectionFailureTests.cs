using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>A database that cannot be had: exit code 2, words to act on, and evidence of ERRORs.</summary>
public sealed class ConnectionFailureTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new Workspace().Claim(
        "- {id: a, table: {table: t}}\n- {id: b, table: {table: u}}"
    );

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Without_a_server_nothing_is_known()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var run = await workspace.VerifyAsync($"postgres://me:hidden-word@127.0.0.1:{port}/db");

        workspace.IsUnobserved(run, null);
        run.IsTold("cannot connect to the database", $"127.0.0.1:{port}: ", "start the server");
        Assert.Equal(["public.t ERROR", "public.u ERROR"], workspace.Checks().Verdicts());
        Assert.DoesNotContain("hidden-word", run.All + workspace.AllEvidence(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;

        var run = await workspace.VerifyAsync($"postgres://me@127.0.0.1:{port}/db", "--connect-timeout", "1");

        workspace.IsUnobserved(run, null);
        run.IsTold("cannot connect to the database", "no answer in time", "start the server");
    }

    [Fact]
    public async Task What_listens_and_is_no_PostgreSQL_is_an_error_too()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var answering = AnswerAsync(stranger, "HTTP/1.1 400 Bad Request\r\n\r\n");
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;

        var run = await workspace.VerifyAsync($"postgres://me@127.0.0.1:{port}/db");
        await answering;

        workspace.IsUnobserved(run, null);
        Assert.Contains("cannot connect to the database", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_never_shown()
    {
        var server = await servers.ServerAsync(ServerOptions.DefaultMajor);
        var url = $"postgres://{server.User}:Gu3ss%40ed@{server.Host}:{server.Port}/postgres";

        var run = await workspace.VerifyAsync("", "--database-url", url);

        workspace.IsUnobserved(run, PostgresErrorCodes.InvalidPassword);
        run.IsTold("cannot connect to the database", "the server refused the password", "check the password");
        var all = run.All + workspace.AllEvidence();
        Assert.DoesNotContain("Gu3ss", all, StringComparison.Ordinal);
        Assert.Contains($"{server.User}:***@", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kerberos_that_was_asked_for_and_cannot_be_had_is_an_error_and_not_left_out()
    {
        var server = await servers.ServerAsync(ServerOptions.DefaultMajor);
        var password = new NpgsqlConnectionStringBuilder(server.ConnectionString).Password;
        var url = $"postgres://{server.User}:{password}@{server.Host}:{server.Port}/postgres?gssencmode=require";

        var run = await workspace.VerifyAsync("", "--database-url", url);

        workspace.IsUnobserved(run, null);
        run.IsTold("cannot connect to the database", "GSS", "DATABASE_URL");
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_named()
    {
        var server = await servers.ServerAsync(ServerOptions.DefaultMajor);

        var run = await workspace.VerifyAsync(server.ConnectionStringTo("no_such_database"));

        workspace.IsUnobserved(run, PostgresErrorCodes.InvalidCatalogName);
        run.IsTold("cannot connect to the database", "no_such_database", "check the database's name");
    }

    [Fact]
    public async Task A_role_that_may_not_connect_is_told_what_it_needs()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using var role = await LoginRole.CreateAsync(database);
        await database.ExecuteAsync($"REVOKE CONNECT ON DATABASE {database.Name} FROM PUBLIC");

        var run = await workspace.VerifyAsync(role.ConnectionString);

        workspace.IsUnobserved(run, PostgresErrorCodes.InsufficientPrivilege);
        run.IsTold("cannot connect to the database", database.Name, "grant the role CONNECT");
    }

    [Fact]
    public async Task What_is_wrong_with_the_manifests_comes_first_and_leaves_no_evidence()
    {
        workspace.Claim("- {id: a, tabel: {table: t}}");

        var run = await workspace.VerifyAsync("postgres://me@127.0.0.1:1/db");

        Assert.Equal(ExitCode.BadInput, run.Exit);
        Assert.Contains("did you mean `table`?", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.Evidence));
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
    }
}
