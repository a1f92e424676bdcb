using Symphony.Cli;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Servers;

/// <summary><c>symphony server run</c> as a process of its own: what it returns, and what is left when it is stopped.</summary>
public sealed class ServerRunTests
{
    private static readonly string[] Parents = ["/dev/shm", "/tmp", Path.GetTempPath()];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    public async Task The_exit_code_is_the_commands(int code)
    {
        var result = await Tool.RunAsync(Symphony("server", "run", "--", "sh", "-c", $"exit {code}"), Cancel);

        Assert.Equal(code, result.ExitCode);
    }

    [Fact]
    public async Task The_command_is_told_where_its_server_is()
    {
        var result = await Tool.RunAsync(
            Symphony(
                "server",
                "run",
                "--",
                "sh",
                "-c",
                "echo $DATABASE_URL; echo postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE"
            ),
            Cancel
        );

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("postgres://symphony:", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0], lines[1]);
    }

    [Fact]
    public async Task An_unknown_major_is_bad_input_and_names_the_known_ones()
    {
        var result = await Tool.RunAsync(Symphony("server", "run", "--postgres", "13", "--", "true"), Cancel);

        Assert.Equal((int)ExitCode.BadInput, result.ExitCode);
        Assert.Contains("14, 15, 16, 17, 18", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_bad_input()
    {
        var result = await Tool.RunAsync(Symphony("server", "run", "--", "no-such-program"), Cancel);

        Assert.Equal((int)ExitCode.BadInput, result.ExitCode);
        Assert.Contains("no-such-program cannot be run", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    [InlineData("-KILL")]
    public async Task However_it_is_stopped_no_server_is_left(string signal)
    {
        using var symphony = Tool.Start(Symphony("server", "run", "--", "sh", "-c", "echo $PGPORT; exec sleep 60"));
        var port = await symphony.StandardOutput.ReadLineAsync(Cancel);
        var folder = FolderOfPort(port!);

        await Tool.RunAsync(["kill", signal, $"{symphony.Id}"], Cancel);

        await symphony.WaitForExitAsync(Cancel);
        await Leftovers.AreGoneAsync(folder);
    }

    private static string FolderOfPort(string port) =>
        Parents
            .Where(Directory.Exists)
            .SelectMany(parent => Directory.EnumerateDirectories(parent, "symphony-*"))
            .First(folder => Path.Exists(Path.Combine(folder, $".s.PGSQL.{port}")));

    private static string[] Symphony(params string[] arguments) =>
        ["dotnet", typeof(CommandLine).Assembly.Location, .. arguments];
}
