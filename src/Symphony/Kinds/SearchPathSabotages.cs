using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>
/// Search paths that change what the names in a function's body mean, and such as do not. What they hide a body
/// calls: gen_random_uuid(), as the example of set_if_null does.
/// </summary>
internal static class SearchPathSabotages
{
    private const string Path = $"search_path = {Relations.DecoySchema}, pg_catalog";

    private static readonly string[] Hidden =
    [
        $"CREATE SCHEMA {Relations.DecoySchema}",
        $"CREATE FUNCTION {Relations.DecoySchema}.gen_random_uuid() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
    ];

    private static readonly string[] Open =
    [
        $"CREATE SCHEMA {Relations.DecoySchema}",
        $"GRANT CREATE ON SCHEMA {Relations.DecoySchema} TO PUBLIC",
    ];

    /// <summary>Whether the harmful ones harm depends on the body, which the claim does not hold: it may name nothing by its bare name.</summary>
    /// <param name="pinned">The claim has the function's digest, which is of its own search_path as well.</param>
    public static IEnumerable<Sabotage> All(ObjectName function, bool pinned) =>
        Harmful(function).Select(change => change with { Speculative = true }).Concat(Harmless(function, pinned));

    /// <summary>Those that change what a body means that calls gen_random_uuid().</summary>
    public static IEnumerable<Sabotage> Harmful(ObjectName function)
    {
        yield return new(
            "the function finds another schema's functions before the built-in ones",
            [.. Hidden, Own(function)]
        );
        yield return new("the function looks first where everyone may create", [.. Open, Own(function)]);
        yield return new(
            "sessions of the database find another schema's functions first",
            [.. Hidden, SabotageSql.SetForDatabase(Path)]
        );
        yield return new("all sessions look first where everyone may create", [.. Open, $"ALTER ROLE ALL SET {Path}"]);
    }

    private static IEnumerable<Sabotage> Harmless(ObjectName function, bool pinned)
    {
        IEnumerable<Sabotage> sessions =
        [
            new(
                "sessions have an ordinary search path",
                [.. Hidden, SabotageSql.SetForDatabase($"search_path = {Relations.DecoySchema}, public")]
            ),
            new(
                "sessions look for the built-in ones first",
                [.. Hidden, SabotageSql.SetForDatabase($"search_path = pg_catalog, {Relations.DecoySchema}")]
            ),
        ];
        IEnumerable<Sabotage> own =
        [
            new(
                "the function looks first where nothing hides a built-in one",
                $"CREATE SCHEMA {Relations.DecoySchema}",
                $"CREATE FUNCTION {Relations.DecoySchema}.lower(money) RETURNS text LANGUAGE sql AS 'SELECT NULL::text'",
                Own(function)
            ),
            new(
                "the function has a path of its own, whatever sessions have",
                [
                    .. Hidden,
                    SabotageSql.SetForDatabase(Path),
                    $"ALTER FUNCTION {function.ToSql()}() SET search_path = public, pg_temp",
                ]
            ),
        ];
        return sessions
            .Select(change => change with { Harmless = true })
            .Concat(own.Select(change => change with { Harmless = !pinned, BeyondRemedy = pinned }));
    }

    private static string Own(ObjectName function) => $"ALTER FUNCTION {function.ToSql()}() SET {Path}";
}
