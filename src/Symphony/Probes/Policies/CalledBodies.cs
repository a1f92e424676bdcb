using Symphony.Catalog;
using Symphony.Probes.Rows;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>
/// The bodies of the functions that expressions may call, and of those that these call: what they mention is worth
/// trying. Found by their names alone, so that some may be another schema's.
/// </summary>
internal static class CalledBodies
{
    private const int Deepest = 4;

    public static async Task<IReadOnlyList<string>> ReadAsync(
        RolledBackSession session,
        IEnumerable<string> expressions,
        CancellationToken cancel
    )
    {
        var bodies = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var names = expressions.SelectMany(RowSolver.NamesIn).Distinct().Where(known.Add).ToList();
        for (var depth = 0; depth < Deepest && names.Count > 0; depth++)
        {
            var (rows, _) = await session.PeekAsync(
                [],
                """
                SELECT COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc)
                FROM pg_catalog.pg_proc p
                JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                JOIN pg_catalog.pg_language l ON l.oid = p.prolang
                WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND l.lanname IN ('sql', 'plpgsql')
                  AND p.proname = ANY ($1::pg_catalog.text[])
                ORDER BY p.proname COLLATE "C", p.prosrc COLLATE "C"
                """,
                [SqlText.ArrayLiteral(names)],
                cancel
            );
            var found = rows.Select(row => row[0]).OfType<string>().ToList();
            bodies.AddRange(found);
            names = [.. found.SelectMany(RowSolver.NamesIn).Distinct().Where(known.Add)];
        }

        return bodies;
    }

    /// <summary>The tables that bodies may read, by their names alone.</summary>
    public static async Task<IReadOnlyList<ObjectName>> TablesAsync(
        RolledBackSession session,
        IEnumerable<string> bodies,
        CancellationToken cancel
    )
    {
        var names = bodies.SelectMany(RowSolver.NamesIn).Distinct().ToList();
        if (names.Count == 0)
        {
            return [];
        }

        var (rows, _) = await session.PeekAsync(
            [],
            """
            SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relname = ANY ($1::pg_catalog.text[])
            ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
            """,
            [SqlText.ArrayLiteral(names)],
            cancel
        );
        return [.. rows.Select(row => new ObjectName(row[0], row[1]!))];
    }
}
