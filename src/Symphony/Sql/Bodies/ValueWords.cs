using System.Collections.Frozen;

namespace Symphony.Sql.Bodies;

/// <summary>Words and built-in functions of which it is known whether they may be NULL.</summary>
internal static class ValueWords
{
    /// <summary>Operators of arithmetic and concatenation.</summary>
    public static readonly FrozenSet<string> Operators = FrozenSet.Create(
        StringComparer.Ordinal,
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        "||"
    );

    /// <summary>Never NULL. <c>current_schema</c> and <c>system_user</c> are left out: they may be.</summary>
    public static readonly FrozenSet<string> NeverNull = FrozenSet.Create(
        StringComparer.Ordinal,
        "true",
        "false",
        "current_timestamp",
        "current_date",
        "current_time",
        "localtime",
        "localtimestamp",
        "current_user",
        "session_user",
        "user",
        "current_role",
        "current_catalog",
        "tg_name",
        "tg_when",
        "tg_level",
        "tg_op",
        "tg_relid",
        "tg_relname",
        "tg_table_name",
        "tg_table_schema",
        "tg_nargs"
    );

    /// <summary>Words that begin an expression of another form, with the reason for which it is in doubt.</summary>
    public static readonly FrozenDictionary<string, string> Doubts = new Dictionary<string, string>
    {
        ["case"] = "a CASE may choose NULL",
        ["select"] = "a sub-SELECT may find no row",
        ["values"] = "a sub-SELECT may find no row",
        ["with"] = "a sub-SELECT may find no row",
        ["exists"] = "a sub-SELECT is not recognised",
        ["not"] = "a condition may be NULL",
        ["row"] = "a row of values is not recognised",
    }.ToFrozenDictionary();

    /// <summary>
    /// Built-in functions that give NULL in an ordinary session for arguments that are not, and those that return a
    /// set, which may be empty.
    /// </summary>
    public static readonly FrozenSet<string> NullableFunctions = FrozenSet.Create(
        StringComparer.Ordinal,
        "current_schema",
        "inet_client_addr",
        "inet_client_port",
        "inet_server_addr",
        "inet_server_port",
        "to_regclass",
        "to_regproc",
        "to_regprocedure",
        "to_regrole",
        "to_regtype",
        "to_regnamespace",
        "regexp_match",
        "regexp_matches",
        "regexp_substr",
        "array_length",
        "array_position",
        "unnest",
        "generate_series",
        "generate_subscripts",
        "string_to_table",
        "regexp_split_to_table"
    );
}
