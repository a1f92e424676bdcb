using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Kinds;
using Symphony.Linting;
using Symphony.Manifests;
using Symphony.Migrations;
using Symphony.Servers;

namespace Symphony.Cli.Commands;

/// <summary>What one lint is about.</summary>
/// <param name="Migrations">The folder, as the user named it.</param>
/// <param name="Invariants">The folder of manifests, as the user named it.</param>
internal sealed record LintRequest(string Migrations, string Invariants)
{
    public IReadOnlyList<string> Files { get; init; } = [];

    public string? Postgres { get; init; }

    /// <summary>The database whose ledger says what is no longer to be judged; null to judge everything.</summary>
    public ConnectionTarget? Applied { get; init; }
}

/// <summary>Read, judge: the same for <c>lint</c> and <c>gate</c>.</summary>
internal sealed class LintFlow(CliContext context)
{
    private const string DatabaseName = "symphony_lint";

    /// <summary>1 for a finding; 2 when a file could not be judged; 0 otherwise.</summary>
    public static ExitCode ExitFor(LintReport report) =>
        report.Counting.Any() ? ExitCode.Failed
        : report.Failure is not null ? ExitCode.Unobserved
        : ExitCode.Ok;

    public async Task<LintReport> RunAsync(LintRequest request, CancellationToken cancel)
    {
        var plan = LintPlan.Of(Chain(request), [.. request.Files.Select(Read)]);
        var waivers = WaiverFile.Read(context.FullPath(request.Migrations), request.Migrations);
        var manifests = ReadManifests(request.Invariants);
        if (request.Applied is { } database)
        {
            var runner = new MigrationRunner(database.ToConnectionString(), context.Clock);
            plan = plan.After(await runner.AppliedAsync(cancel));
        }

        if (plan.Judged.Count == 0)
        {
            return new LintReport([], [], ["nothing is pending: no migration was judged."], null);
        }

        // A server of its own: roles are the server's, and a chain makes each once. Nobody looks at it afterwards.
        var options = ServerOptions.From(context.Environment, request.Postgres) with
        {
            Keep = false,
        };
        await using var server = await EphemeralServer.StartAsync(options, new LineProgress(context.Error), cancel);
        var linter = new Linter(
            await server.CreateDatabaseAsync(DatabaseName, cancel: cancel),
            [.. manifests.Invariants],
            context.Progress ? new LineProgress(context.Error) : null
        )
        {
            Rows = manifests.Rows,
        };
        var today = DateOnly.FromDateTime(context.Clock.GetUtcNow().UtcDateTime);
        return await linter.RunAsync(plan, waivers, today, cancel);
    }

    /// <summary>Files may be judged without a folder to stand on, where none is named and the usual one is not there.</summary>
    private IReadOnlyList<MigrationFile> Chain(LintRequest request)
    {
        var folder = context.FullPath(request.Migrations);
        return request.Files.Count > 0 && request.Migrations == "schema/migrations" && !Directory.Exists(folder)
            ? []
            :
            [
                .. MigrationDirectory
                    .Read(folder)
                    .Select(file => file with { Path = Path.Combine(request.Migrations, Path.GetFileName(file.Path)) }),
            ];
    }

    private MigrationFile Read(string file)
    {
        try
        {
            return MigrationFile.Of(file, File.ReadAllBytes(context.FullPath(file)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"{file} cannot be read",
                "a migration",
                failure.Message,
                "check the path; a folder is named with --migrations",
                failure
            );
        }
    }

    private ManifestSet ReadManifests(string folder)
    {
        var path = context.FullPath(folder);
        return folder == "invariants" && !Directory.Exists(path)
            ? new ManifestSet([], [])
            : ManifestFolder.Read(path, folder, KindRegistry.Standard);
    }
}
