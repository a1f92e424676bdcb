using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Evidence.Reproduction;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Servers;

namespace Symphony.Cli.Commands;

/// <summary>
/// A folder that shows a failure with PostgreSQL alone. What is written was tried: the definitions, made on a fresh
/// server, give the facts that were recorded. A check of which that cannot be said is left out, and told.
/// </summary>
internal sealed class ReproPack
{
    private const string Whole = "a state that definitions, roles and grants make, without rows but a ledger's own";

    private readonly PackedChecks _checks;
    private readonly List<LeftOutOfPack> _leftOut;
    private readonly string _mark;
    private readonly string _folder;
    private readonly string _shown;
    private readonly CliContext _context;

    /// <exception cref="InputException">Nothing of the failure can be packed, or the folder exists.</exception>
    public ReproPack(RecordedFailure failure, IReadOnlyList<Invariant> invariants, string folder, CliContext context)
    {
        (_shown, _context, _mark) = (folder, context, PackedFailure.RoleMark(failure));
        var all = new PackedChecks(failure, invariants);
        _checks = all.Where(i => PackedFailure.IsObserved(failure.Checks[i], invariants[i]));
        _leftOut =
        [
            .. failure
                .Checks.Except(_checks.Failure.Checks)
                .Select(check => new LeftOutOfPack(check, check.Explanation ?? "nothing was observed")
                {
                    Next = $"{check.Next ?? "observe it first"} Then verify and pack again",
                }),
        ];
        if (_checks.Count == 0)
        {
            throw new InputException(
                "the failure cannot be packed",
                "checks of which something was observed: a pack is made of the facts",
                Text(_leftOut[0]),
                $"{_leftOut[0].Next}; `symphony repro` without --pack shows it on a database"
            );
        }

        _folder = Path.TrimEndingDirectorySeparator(context.FullPath(folder));
        if (Directory.Exists(_folder) || File.Exists(_folder))
        {
            throw NotWritten("it exists");
        }
    }

    /// <summary>Writes what can be packed, and tells what cannot.</summary>
    /// <param name="target">A database on which some of it fails as recorded.</param>
    /// <param name="outcomes">What became of the failure there.</param>
    /// <exception cref="InputException">Its definitions alone lead to none of the recorded facts.</exception>
    public async Task WriteAsync(
        ConnectionTarget target,
        IReadOnlyList<Reproduced> outcomes,
        SessionLimits limits,
        CancellationToken cancel
    )
    {
        var here = outcomes
            .Where(check => check.Outcome == Outcome.AsRecorded)
            .Select(check => (check.Then.Id, check.Then.Subject))
            .ToHashSet();
        var reproduced = _checks.Where(i =>
            here.Contains((_checks.Failure.Checks[i].Id, _checks.Failure.Checks[i].Subject))
        );
        _leftOut.AddRange(
            _checks
                .Failure.Checks.Except(reproduced.Failure.Checks)
                .Select(check => new LeftOutOfPack(check, "it does not fail as recorded on the database at hand"))
        );
        var tried = await TryAsync(target, reproduced, limits, cancel);
        var parts = tried with { LeftOut = [.. _leftOut, .. tried.LeftOut] };
        if (parts.Made.Count == 0 && parts.InRows.Count == 0)
        {
            throw new InputException(
                "the failure cannot be packed",
                Whole,
                string.Join("; ", parts.LeftOut.Select(Text)),
                "show it on a database with `symphony repro`, without --pack; or on a fresh one, migrated as far, with --fresh"
            );
        }

        Write(new ReproPackFiles(parts, _mark).ToFiles(KindRegistry.Standard));
        Tell(parts);
    }

    private async Task<PackParts> TryAsync(
        ConnectionTarget target,
        PackedChecks checks,
        SessionLimits limits,
        CancellationToken cancel
    )
    {
        int major;
        await using (var session = await CatalogSession.OpenAsync(target, limits, cancel))
        {
            major = session.Major;
        }

        await using var server = await EphemeralServer.StartAsync(
            ServerOptions.From(_context.Environment, $"{major}"),
            new LineProgress(_context.Error),
            cancel
        );
        return await new PackTrial(target, server, _mark, limits).DivideAsync(checks, cancel);
    }

    private void Tell(PackParts parts)
    {
        var (made, inRows, all) = (
            parts.Made.Count,
            parts.InRows.Count,
            parts.Made.Count + parts.InRows.Count + parts.LeftOut.Count
        );
        _context.Output.WriteLine(
            TerminalText.Escape($"packed    {_shown}: see its README.md")
                + (parts.LeftOut.Count == 0 ? "" : $"; {made + inRows} of {all} failing checks are in it")
        );
        if (made == 0)
        {
            _context.Output.WriteLine(
                "          the failure lies in rows, and evidence holds none: its check.sql is for the database itself"
            );
        }
        else if (inRows > 0)
        {
            var ids = parts.InRows.Failure.Checks.Select(check => check.Id).Distinct().ToList();
            _context.Output.WriteLine(
                $"          {string.Join(", ", ids)} {(ids.Count == 1 ? "lies" : "lie")} in rows, "
                    + $"and evidence holds none: {ReproPackFiles.CheckRows} is for the database itself"
            );
        }

        foreach (var left in parts.LeftOut)
        {
            _context.Error.WriteLine(
                TerminalText.Escape($"symphony: not in the pack: {Text(left)} {left.Next}".TrimEnd())
            );
        }
    }

    /// <summary>Of a rule's checks, which have one id together, the subject tells them apart.</summary>
    private string Text(LeftOutOfPack left) =>
        (
            _checks.Failure.Bundle.Checks.Count(check => check.Id == left.Check.Id) > 1
                ? $"{left.Check.Id} {left.Check.Subject}"
                : left.Check.Id
        ) + $": {left.Reason}";

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
}
