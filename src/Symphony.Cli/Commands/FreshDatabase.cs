using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Evidence.Reproduction;
using Symphony.Migrations;
using Symphony.Servers;

namespace Symphony.Cli.Commands;

/// <summary>A database like the one of a run: of the same major version, and migrated as far.</summary>
internal sealed class FreshDatabase : IAsyncDisposable
{
    private const string Name = "symphony_repro";

    private readonly EphemeralServer _server;

    private FreshDatabase(EphemeralServer server, ConnectionTarget target) => (_server, Target) = (server, target);

    public ConnectionTarget Target { get; }

    /// <exception cref="InputException">The migrations are not those that the database had.</exception>
    /// <exception cref="UnobservedException">No such server could be started.</exception>
    public static async Task<FreshDatabase> CreateAsync(
        RecordedFailure failure,
        string migrations,
        CliContext context,
        CancellationToken cancel
    )
    {
        var until = PositionIn(migrations, failure);
        var server = await StartAsync(failure, context, cancel);
        try
        {
            var target = ConnectionTarget.Parse(await server.CreateDatabaseAsync(Name, cancel: cancel), _ => null);
            await new MigrationRunner(target.ToConnectionString(), context.Clock) { To = until }.ApplyAsync(
                migrations,
                cancel
            );
            await context.Error.WriteLineAsync(
                $"symphony: a fresh PostgreSQL {server.Major} ({server.Origin}), migrated to {TerminalText.Escape(until ?? "the last file: the run recorded no ledger")}"
            );
            return new FreshDatabase(server, target);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Task<EphemeralServer> StartAsync(
        RecordedFailure failure,
        CliContext context,
        CancellationToken cancel
    )
    {
        var major = failure.Bundle.Target.ServerVersionNum / 10_000;
        var options = ServerOptions.From(
            context.Environment,
            ServerOptions.SupportedMajors.Contains(major) ? $"{major}" : null
        );
        return EphemeralServer.StartAsync(options, new LineProgress(context.Error), cancel);
    }

    /// <summary>The recorded position, if the file on disk is the one that was applied.</summary>
    private static string? PositionIn(string directory, RecordedFailure failure)
    {
        if (failure.Run?.Ledger is not { } ledger)
        {
            return null;
        }

        var version = ledger.Version.EndsWith(".sql", StringComparison.Ordinal) ? ledger.Version[..^4] : ledger.Version;
        var file = MigrationDirectory.Read(directory).FirstOrDefault(file => file.Version == version);
        return file?.Matches(ledger.Checksum) == true
            ? version
            : throw new InputException(
                "the database of then cannot be made again",
                $"{version}.sql with the SHA-256 {ledger.Checksum} in {directory}, the last that it had",
                file is null ? "no such file" : $"other content: {file.Checksum}",
                "check out the commit of the run, or name its migrations with --migrations"
            );
    }
}
