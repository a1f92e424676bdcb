using Symphony.Linting.Trials;
using Symphony.Schemas;

namespace Symphony.Linting.Rules;

internal sealed class DefinerSearchPathRule : LintRule
{
    public override string Id => "definer-search-path";

    public override string Condition =>
        "A SECURITY DEFINER function does not fix its search_path, or does not name pg_temp last in it.";

    public override string Effect =>
        "Whoever calls it chooses where its names are looked up, and runs code of their own with the owner's privileges.";

    public override string SafeWay =>
        "SET search_path = pg_catalog, pg_temp in the function's definition, and qualified names in its body.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$ SELECT count(*) FROM t $$;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
              AS $$ SELECT count(*) FROM public.t $$;
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from statement in trial.Statements
        from entry in statement.Created.Concat(statement.Changed.Select(pair => pair.After))
        where entry.Class == "function" && IsOpen(entry)
        where statement.Before.Find(entry.Key) is not { } before || !IsOpen(before)
        where trial.Finally(statement, entry) is { } final && IsOpen(final)
        select Found(
            statement,
            entry.Identity,
            SearchPath(entry) is { } path
                ? $"{entry.Title} is SECURITY DEFINER with search_path {path}: pg_temp must come last."
                : $"{entry.Title} is SECURITY DEFINER without a search_path of its own."
        );

    private static bool IsOpen(SchemaObject function)
    {
        if (!function.Flag("definer"))
        {
            return false;
        }

        var names = SearchPath(function)?.Split(',', StringSplitOptions.TrimEntries).ToList();
        return names is null || names.IndexOf("pg_temp") is var at && at >= 0 && at < names.Count - 1;
    }

    private static string? SearchPath(SchemaObject function) =>
        function
            .Texts("settings")
            ?.Where(setting => setting.StartsWith("search_path=", StringComparison.Ordinal))
            .Select(setting => setting["search_path=".Length..])
            .FirstOrDefault();
}
