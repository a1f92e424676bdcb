using Npgsql;

namespace Symphony.Migrations;

/// <summary>The table that says which migrations a database has had.</summary>
internal static class Ledger
{
    public const string Table = "public.schema_migrations";

    private const string FileSuffix = ".sql";

    /// <summary>In no order. Nothing was applied where the table does not exist yet; it is not made here.</summary>
    /// <exception cref="InputException">A table of that name exists and is not this ledger.</exception>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(
        MigrationSession session,
        CancellationToken cancel
    )
    {
        if (!await ExistsAsync(session, cancel))
        {
            return [];
        }

        var applied = new List<AppliedMigration>();
        try
        {
            await using var command = session.Command($"SELECT version, checksum, applied_at FROM {Table}");
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                applied.Add(
                    new AppliedMigration(
                        WithoutSuffix(rows.GetString(0)),
                        rows.GetString(1),
                        rows.GetFieldValue<DateTime>(2)
                    )
                );
            }
        }
        catch (Exception failure)
            when (failure is InvalidCastException or PostgresException { SqlState: PostgresErrorCodes.UndefinedColumn })
        {
            throw new InputException(
                $"{Table} is not a ledger of symphony",
                "columns version text, checksum text and applied_at timestamptz, none of them NULL",
                failure.Message,
                "rename that table, or give it these columns",
                failure
            );
        }

        return applied;
    }

    public static Task CreateAsync(MigrationSession session, CancellationToken cancel) =>
        session.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {Table} (
              version text CONSTRAINT schema_migrations_pkey PRIMARY KEY,
              checksum text NOT NULL,
              applied_at timestamptz NOT NULL DEFAULT now()
            )
            """,
            cancel
        );

    public static async Task RecordAsync(MigrationSession session, MigrationFile file, CancellationToken cancel)
    {
        await using var command = session.Command(
            $"INSERT INTO {Table} (version, checksum) VALUES ($1, $2)",
            file.Version,
            file.Checksum
        );
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<bool> ExistsAsync(MigrationSession session, CancellationToken cancel)
    {
        await using var command = session.Command($"SELECT pg_catalog.to_regclass('{Table}') IS NOT NULL");
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static string WithoutSuffix(string version) =>
        version.EndsWith(FileSuffix, StringComparison.Ordinal) ? version[..^FileSuffix.Length] : version;
}
