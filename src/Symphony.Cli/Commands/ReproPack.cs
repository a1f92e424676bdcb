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
        IReadOnlyList<string> schema;
        int major;
        await using (var session = await CatalogSession.OpenAsync(target, limits, cancel))
        {
            major = session.Major;
            schema =
            [
                .. await session.ReadDefinitionsAsync(PackedFailure.Relations(_failure, _invariants), cancel),
                .. PackedFailure.Recreated(_failure, _invariants),
            ];
        }

        var isMade = await TryAsync(schema, major, limits, cancel);
        Write(new ReproPackFiles(_failure, _invariants, isMade ? schema : null, major).ToFiles(KindRegistry.Standard));
        await _context.Output.WriteLineAsync(TerminalText.Escape($"packed    {_shown}: see its README.md"));
        if (!isMade)
        {
            await _context.Output.WriteLineAsync(
                "          the failure lies in rows, and evidence holds none: its check.sql is for the database itself"
            );
        }
    }

    /// <returns>Whether it fails as recorded; false where only the rows that a query has counted are missing.</returns>
    /// <exception cref="InputException">It does not, for another reason.</exception>
    private async Task<bool> TryAsync(
        IReadOnlyList<string> schema,
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
        if (await Definitions.ApplyAsync(target, schema, cancel) is { } refused)
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
        var others = Comparison
            .Of(_failure, report)
            .Zip(_invariants)
            .Where(pair => pair.First.Outcome != Outcome.AsRecorded)
            .ToList();
        if (others.Find(pair => !PackedFailure.LiesInRows(pair.First, pair.Second)).First is not { } other)
        {
            return others.Count == 0;
        }

        throw NotMade(Told(other));
    }

    /// <summary>How what was made is not what was recorded: another verdict, or another fact.</summary>
    private static string Told(Reproduced other)
    {
        var (recorded, made) = (other.Then.Verdict, other.Now?.Verdict);
        return
            (recorded == Verdict.Waived ? Verdict.Fail : recorded) == made
            && other.Differences is [var (pointer, then, now), ..]
            ? $"{other.Then.Id}{pointer}: recorded {then}, made {now}"
            : $"{other.Then.Id}: recorded {recorded.Word()}, made {made?.Word() ?? "nothing"}. What was recorded: {other.Then.Explanation}";
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
            "a state that definitions of tables and sequences make, without rows and privileges, and a ledger's own rows",
            found,
            "show it on a database with `symphony repro`, without --pack; or on a fresh one, migrated as far, with --fresh"
        );
}
