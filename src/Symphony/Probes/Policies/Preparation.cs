using Symphony.Catalog;
using Symphony.Probes.Witnesses;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>
/// Gives a role what it takes to come as far as row security: a refusal can then be by nothing else. It goes with the
/// caller's attempt, and what may not be given is left as it is.
/// </summary>
internal static class Preparation
{
    public static async Task GrantAsync(
        Workbench bench,
        Actor actor,
        ObjectName table,
        IReadOnlyList<ObjectName> reads,
        IReadOnlyList<string> functions,
        CancellationToken cancel
    )
    {
        var role = SqlText.QuoteName(actor.Role);
        var signatures = await SignaturesAsync(bench.Session, functions, cancel);
        var schemas = reads.Prepend(table).Select(name => name.Schema!).Distinct().Select(SqlText.QuoteName);
        IEnumerable<string> grants =
        [
            .. schemas.Union(signatures.Select(SchemaOf)).Select(schema => $"USAGE ON SCHEMA {schema}"),
            $"SELECT, INSERT, UPDATE, DELETE ON {bench.Writer.NameOf(table)}",
            .. reads.Select(read => $"SELECT ON {bench.Writer.NameOf(read)}"),
            .. signatures.Select(function => $"EXECUTE ON ROUTINE {function}"),
        ];
        foreach (var grant in grants)
        {
            await bench.Session.AttemptAsync(
                async () => (0, await bench.Session.TryAsync([$"GRANT {grant} TO {role}"], cancel)),
                cancel
            );
        }
    }

    /// <summary>Whether row security binds the probing role itself, which is to make rows whatever policies say.</summary>
    /// <returns>True where it was forced and is lifted until the caller's attempt ends; null where it cannot be.</returns>
    public static async Task<bool?> LiftAsync(Workbench bench, ObjectName table, CancellationToken cancel)
    {
        var name = bench.Writer.NameOf(table);
        var (rows, _) = await bench.Session.PeekAsync(
            [],
            "SELECT pg_catalog.row_security_active($1::pg_catalog.text)::pg_catalog.text",
            [name],
            cancel
        );
        if (rows is not [["true"]])
        {
            return false;
        }

        var (_, refusal) = await bench.Session.AttemptAsync(
            async () => (0, await bench.Session.TryAsync([$"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY"], cancel)),
            cancel
        );
        return refusal is null ? true : null;
    }

    /// <summary>Whether a role owns the table that is probed; a shadow is not always given to the real one's owner.</summary>
    public static async Task<bool> IsOwnerAsync(
        Workbench bench,
        ObjectName table,
        string owner,
        CancellationToken cancel
    )
    {
        var (rows, _) = await bench.Session.PeekAsync(
            [],
            "SELECT pg_catalog.pg_get_userbyid(relowner)::pg_catalog.text FROM pg_catalog.pg_class WHERE oid = $1::pg_catalog.text::pg_catalog.regclass",
            [bench.Writer.NameOf(table)],
            cancel
        );
        return rows is [[{ } found]] && found == owner;
    }

    private static string SchemaOf(string signature) => SqlText.QuoteName(SqlLexer.Read(signature)[0].Text);

    /// <summary>As the server prints them, with every name's schema.</summary>
    private static async Task<IReadOnlyList<string>> SignaturesAsync(
        RolledBackSession session,
        IReadOnlyList<string> functions,
        CancellationToken cancel
    )
    {
        if (functions.Count == 0)
        {
            return [];
        }

        var (rows, _) = await session.PeekAsync(
            ["SET LOCAL search_path = pg_catalog, pg_temp"],
            """
            SELECT p.oid::pg_catalog.regprocedure::pg_catalog.text
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
              || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' = ANY ($1::pg_catalog.text[])
            ORDER BY 1
            """,
            [SqlText.ArrayLiteral(functions)],
            cancel
        );
        return [.. rows.Select(row => row[0]!)];
    }
}
