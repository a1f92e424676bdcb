using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Evidence.Reproduction;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Servers;
using Symphony.Verification;

namespace Symphony.Cli.Commands;

/// <summary>
/// A folder that shows a failure with PostgreSQL alone. What is written was tried: the definitions, made on a fresh
/// server, give the facts that were recorded.
/// </summary>
internal sealed class ReproPack
{
    private readonly RecordedFailure _failure;
    private readonly IReadOnlyList<Invariant> _invariants;
    private readonly string _folder;
    private readonly string _shown;
    private readonly CliContext _context;

    /// <exception cref="InputException">The failure is none that can be packed, or the folder exists.</exception>
    public ReproPack(RecordedFailure failure, IReadOnlyList<Invariant> invariants, string folder, CliContext context)
    {
        PackedFailure.RequirePackable(failure, invariants);
        (_failure, _invariants, _shown, _context) = (failure, invariants, folder, context);
        _folder = Path.TrimEndingDirectorySeparator(context.FullPath(folder));
        if (Directory.Exists(_folder) || File.Exists(_folder))
        {
            throw NotWritten("it exists");
        }
    }

    /// <param name="target">A database that fails as recorded.</param>
    /// <exception cref="InputException">Its definitions alone do not lead to the recorded facts.</exception>
    public async Task WriteAsync(ConnectionTarget target, SessionLimits limits, CancellationToken cancel)
    {
        IReadOnlyList<string> definitions;
        int major;
        await using (var session = await CatalogSession.OpenAsync(target, limits, cancel))
        {
            major = session.Major;
            definitions = await session.ReadDefinitionsAsync(PackedFailure.Relations(_failure), cancel);
        }

        await TryAsync(definitions, major, limits, cancel);
        Write(new ReproPackFiles(_failure, _invariants, definitions, major).ToFiles(KindRegistry.Standard));
        await _context.Output.WriteLineAsync(TerminalText.Escape($"packed    {_shown}: see its README.md"));
    }

    private async Task TryAsync(
        IReadOnlyList<string> definitions,
        int major,
        SessionLimits limits,
        CancellationToken cancel
    )
    {
        await using var server = await EphemeralServer.StartAsync(
            ServerOptions.From(_context.Environment, $"{major}"),
            new LineProgress(_context.Error),
            cancel
        );
        var target = ConnectionTarget.Parse(
            await server.CreateDatabaseAsync("symphony_pack", cancel: cancel),
            _ => null
        );
        if (await Definitions.ApplyAsync(target, definitions, cancel) is { } refused)
        {
            throw NotMade(refused);
        }

        await using var session = await CatalogSession.OpenAsync(target, limits, cancel);
        var report = await VerificationRun.VerifyAsync(
            _invariants,
            session,
            new WaiverBook([], DateOnly.MinValue),
            cancel
        );
        var other = Comparison.Of(_failure, report).FirstOrDefault(check => check.Outcome != Outcome.AsRecorded);
        if (other is not null)
        {
            var (pointer, then, now) = other.Differences.FirstOrDefault(
                ("", other.Then.Verdict.Word(), "another reason")
            );
            throw NotMade($"{other.Then.Id}{pointer}: recorded {then}, made {now}");
        }
    }

    /// <summary>Under another name until it is whole.</summary>
    private void Write(IReadOnlyDictionary<string, string> files)
    {
        var temporary = $"{_folder}.{Guid.NewGuid():n}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            foreach (var (name, text) in files)
            {
                File.WriteAllText(Path.Combine(temporary, name), text);
            }

            Directory.Move(temporary, _folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            throw NotWritten(failure.Message);
        }
    }

    private InputException NotWritten(string found) =>
        new(
            "the pack was not written",
            $"a new folder, {_shown}, in one that may be written",
            found,
            "choose another --pack DIR"
        );

    private static InputException NotMade(string found) =>
        new(
            "the failure cannot be packed",
            "tables whose definitions alone, without rows and privileges, fail as recorded",
            found,
            "show it on a database with `symphony repro`, without --pack"
        );
}
