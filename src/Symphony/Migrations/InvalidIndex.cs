using Symphony.Sql;

namespace Symphony.Migrations;

/// <summary>An index that a failed CONCURRENTLY left behind: it slows writes down and guarantees nothing.</summary>
/// <param name="QualifiedName">Quoted as SQL needs it.</param>
internal sealed record InvalidIndex(uint Oid, string Name, string QualifiedName)
{
    public string Repair => $"DROP INDEX CONCURRENTLY {QualifiedName};";

    /// <summary>All of the database, without those that are still being built and the templates of partitions.</summary>
    public static async Task<IReadOnlyList<InvalidIndex>> ReadAsync(MigrationSession session, CancellationToken cancel)
    {
        await using var command = session.Command(
            """
            SELECT entry.oid, entry.relname::text, pg_catalog.format('%I.%I', namespace.nspname, entry.relname)
              FROM pg_catalog.pg_index AS index
              JOIN pg_catalog.pg_class AS entry ON entry.oid = index.indexrelid
              JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = entry.relnamespace
             WHERE NOT index.indisvalid AND entry.relkind = 'i'
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS build
                                WHERE build.index_relid = entry.oid)
             ORDER BY namespace.nspname COLLATE "C", entry.relname COLLATE "C"
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var indexes = new List<InvalidIndex>();
        while (await rows.ReadAsync(cancel))
        {
            indexes.Add(new InvalidIndex(rows.GetFieldValue<uint>(0), rows.GetString(1), rows.GetString(2)));
        }

        return indexes;
    }

    /// <summary>Whether a script speaks of it: then its state is that script's business, whenever it was made.</summary>
    public bool IsNamedIn(MigrationScript script) =>
        script
            .Statements.SelectMany(statement => statement.Tokens)
            .Any(token => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName && token.Text == Name);
}
