namespace Symphony.Migrations;

/// <summary>What the ledger says was applied, and which files are still to be, both in order.</summary>
public sealed record MigrationPlan(IReadOnlyList<AppliedMigration> Applied, IReadOnlyList<MigrationScript> Pending)
{
    /// <summary>Holds the folder against the ledger: forward-only means that the past is as it was.</summary>
    /// <exception cref="InputException">
    /// An applied file changed or is gone, a new one stands before the last applied one, or a new one cannot be used.
    /// </exception>
    public static MigrationPlan Of(
        string directory,
        IReadOnlyList<MigrationFile> files,
        IReadOnlyList<AppliedMigration> ledger
    )
    {
        var applied = ledger.OrderBy(entry => entry.Version, StringComparer.Ordinal).ToList();
        var versions = applied.Select(entry => entry.Version).ToHashSet(StringComparer.Ordinal);
        var pending = files.Where(file => !versions.Contains(file.Version)).ToList();

        List<string> problems =
        [
            .. applied.SelectMany(entry => ProblemsOf(entry, files)),
            .. pending
                .Where(file => applied.Count > 0 && string.CompareOrdinal(file.Version, applied[^1].Version) < 0)
                .Select(file => $"{file.Version}.sql is new and stands before {applied[^1].Version}, which is applied"),
        ];
        if (problems.Count > 0)
        {
            throw new InputException(
                $"{directory} does not agree with what {Ledger.Table} says was applied",
                "every applied file as it was applied, and new files only after the last applied one",
                string.Join("; ", problems),
                "restore the applied files from version control, and put what is new into a file with a higher number"
            );
        }

        return new MigrationPlan(applied, [.. pending.Select(MigrationScript.Read)]);
    }

    /// <summary>Only what is pending up to a version, that one included.</summary>
    /// <param name="version">A version, or its four digits; null for all.</param>
    /// <exception cref="InputException">There is no such file.</exception>
    public MigrationPlan UpTo(string? version, IReadOnlyList<MigrationFile> files)
    {
        if (version is null)
        {
            return this;
        }

        var last =
            files.FirstOrDefault(file => file.Version == version || file.Version[..4] == version)
            ?? throw new InputException(
                "there is no migration to go to",
                "a version of the folder, or its number",
                $"`{version}`",
                $"give one of {string.Join(", ", files.Select(file => file.Version))}"
            );
        return this with
        {
            Pending = [.. Pending.Where(script => string.CompareOrdinal(script.Version, last.Version) <= 0)],
        };
    }

    private static IEnumerable<string> ProblemsOf(AppliedMigration entry, IReadOnlyList<MigrationFile> files)
    {
        var file = files.FirstOrDefault(candidate => candidate.Version == entry.Version);
        if (file is null)
        {
            var renamed = files.FirstOrDefault(candidate => candidate.Matches(entry.Checksum));
            yield return $"{entry.Version}.sql was applied at {entry.AppliedAt:u} and is missing"
                + (renamed is null ? "" : $" ({renamed.Version}.sql has its content)");
        }
        else if (!file.Matches(entry.Checksum))
        {
            yield return $"{entry.Version}.sql changed after it was applied at {entry.AppliedAt:u}"
                + (file.MatchesButForLineEnds(entry.Checksum) ? " (in its line ends only)" : "");
        }
    }
}
