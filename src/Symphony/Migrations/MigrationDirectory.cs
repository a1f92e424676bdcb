namespace Symphony.Migrations;

/// <summary>The folder of migrations: files <c>NNNN_name.sql</c>, in the order of their numbers.</summary>
public static class MigrationDirectory
{
    private const string Naming = "NNNN_name.sql: four digits, then lower-case letters, digits and underscores";

    /// <exception cref="InputException">
    /// The folder is not there, cannot be read or is empty, a file is misnamed, or two have the same number.
    /// </exception>
    public static IReadOnlyList<MigrationFile> Read(string directory)
    {
        var names = NamesIn(directory).Where(IsMeantAsMigration).Order(StringComparer.Ordinal).ToList();
        Require(directory, names);
        try
        {
            return
            [
                .. names
                    .Select(name => Path.Combine(directory, name))
                    .Select(path => MigrationFile.Of(path, File.ReadAllBytes(path))),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(directory, failure);
        }
    }

    private static void Require(string directory, List<string> names)
    {
        if (names.Count == 0)
        {
            throw new InputException(
                $"{directory} holds no migrations",
                $"files {Naming}",
                "none",
                "name the folder with --migrations"
            );
        }

        var misnamed = names.Where(name => !MigrationFile.IsName(name)).ToList();
        if (misnamed.Count > 0)
        {
            throw new InputException(
                $"{directory} holds files that are not named like migrations",
                Naming,
                string.Join(", ", misnamed),
                "rename them, or move them to another folder"
            );
        }

        var twice = names.GroupBy(name => name[..4]).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InputException(
                $"{directory} holds several migrations with the number {twice.Key}",
                "each number once, so that the order is the same everywhere",
                string.Join(", ", twice),
                "give the newer one the next free number"
            );
        }
    }

    /// <summary>A README may stand beside them; nothing that might be a migration is passed over.</summary>
    private static bool IsMeantAsMigration(string name) =>
        char.IsAsciiDigit(name[0]) || (name[0] != '.' && name.Contains(".sql", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> NamesIn(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(directory, failure);
        }
    }

    private static InputException Unreadable(string directory, Exception failure) =>
        new(
            $"the migrations in {directory} cannot be read",
            "a readable folder of migrations",
            failure.Message,
            "name the folder with --migrations",
            failure
        );
}
