namespace Symphony.Kinds;

/// <summary>A way to take a guarantee away that leaves no trace in the catalog, and what notices it all the same.</summary>
/// <param name="What">What is done.</param>
/// <param name="Claims">The kinds whose claims stand unharmed.</param>
/// <param name="Witness">The probe that must see it, or the claim that makes it visible.</param>
public sealed record BlindSpot(string What, IReadOnlyList<string> Claims, string Witness);

/// <summary>What no catalog read can see: where the second witness, behaviour, has the only word.</summary>
public static class BlindSpots
{
    public static IReadOnlyList<BlindSpot> All { get; } =
    [
        new(
            "a function is hollowed out that a reviewed body calls: the digest is of the one function, not of those below it",
            ["trigger", "function", "set_if_null", "append_only", "event_trigger"],
            "`verify --probe` of `set_if_null` and `append_only`; a `probe` of what the function is for; or a `function` claim with `body_sha256` for each that is called"
        ),
        new(
            "a trigger's body does its work only in some sessions (by role, application_name or a setting), and no digest is pinned",
            ["trigger"],
            "a `probe` by the application's own role (`--database-url`), and `body_sha256`: behaviour in one session is no proof for others"
        ),
        new(
            "a body builds its statement as text (EXECUTE), or reads its rule from a table whose rows changed",
            ["trigger", "function", "append_only"],
            "a `probe` with the rows that the rule is about; a `query` for the rows of the table"
        ),
        new(
            "a listed function or operator of an expression lies through what it calls or reads: it has itself the digest that was claimed",
            ["check", "policy", "exclusion", "index", "domain", "column", "view"],
            "`verify --probe` of `check`, which writes a violating row, and of `policy`, which meets rows that it excludes as each of its roles; a `probe` for the others"
        ),
        new(
            "a function in C, or one of an extension, does something else: the library was replaced on the server's disk",
            ["function", "check", "extension"],
            "a `probe` of what it is for"
        ),
        new(
            "a session changes what it was given: SET session_replication_role, search_path or a timeout, by itself or by a login event trigger",
            ["setting", "trigger", "foreign_key", "role"],
            "none: what one session does another does not see. The kind `role` says who may, and `privileges` on {parameter: session_replication_role} whether everyone may; the kind `event_trigger` pins what runs at login"
        ),
        new(
            "rows come by logical replication: a subscription's worker skips triggers that are not ENABLE ALWAYS, and foreign keys",
            ["trigger", "set_if_null", "append_only", "foreign_key"],
            "a `query` that finds the table in pg_catalog.pg_subscription_rel; `enabled: always` of `trigger`"
        ),
        new(
            "rows that broke the rule were written while it was off, and it was put back NOT VALID, or by a write to the catalog itself",
            ["check", "foreign_key", "unique", "column"],
            "`validated: true` for the first; a `query` that looks for such rows for both"
        ),
        new(
            "an index is corrupt: a changed collation of the operating system, a failing disk",
            ["unique", "primary_key", "index", "exclusion"],
            "`verify --probe` where it concerns the rows that are written; amcheck for all"
        ),
        new(
            "a sequence was set back (RESTART, setval)",
            ["sequence"],
            "a `unique` or `primary_key` claim on its column, with its probe"
        ),
        new(
            "rows reach a reader by another way: a view or a SECURITY DEFINER function of an owner who may, a foreign table, a copy",
            ["privileges", "row_security", "policy"],
            "none by itself: claim those views and functions, for instance by a rule over functions with `security: definer`; `coverage` lists the definer functions that no claim speaks of"
        ),
    ];
}
