using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>SQL that several kinds' sabotages share. None of it needs more than PostgreSQL itself.</summary>
internal static class SabotageSql
{
    /// <summary>A server for foreign tables that never answers.</summary>
    public static readonly IReadOnlyList<string> ForeignServer =
    [
        "CREATE FOREIGN DATA WRAPPER symphony_decoy",
        "CREATE SERVER symphony_decoy FOREIGN DATA WRAPPER symphony_decoy",
    ];

    /// <summary>From the next session on, triggers of ordinary writes do not fire in this database.</summary>
    public static string SetForDatabase(string setting) =>
        Execute(Format("ALTER DATABASE ", "%I", $" SET {setting}", "pg_catalog.current_database()"));

    /// <summary>Runs every statement that a query makes from what only the database knows.</summary>
    public static string Execute(string query) =>
        "DO "
        + SqlText.QuoteLiteral(
            $"DECLARE statement text; BEGIN FOR statement IN {query} LOOP EXECUTE statement; END LOOP; END"
        );

    /// <summary>
    /// A query that makes a statement by <c>pg_catalog.format</c>. <paramref name="before"/> and
    /// <paramref name="after"/> are plain SQL; between them stands <paramref name="place"/>, <c>%I</c> or <c>%s</c>.
    /// </summary>
    public static string Format(string before, string place, string after, string value) =>
        $"SELECT pg_catalog.format({SqlText.QuoteLiteral(Plain(before) + place + Plain(after))}, {value})";

    /// <summary>The relation's row in pg_class.</summary>
    public static string Regclass(ObjectName relation) =>
        $"{SqlText.QuoteLiteral(relation.ToSql())}::pg_catalog.regclass";

    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(SqlText.QuoteName));

    public static Sabotage CatalogWrite(string name, string statement) =>
        new(name, statement) { NeedsCatalogWrite = true };

    /// <summary>Sets a flag of <c>pg_class</c>.</summary>
    public static string SetRelationFlag(ObjectName relation, string assignment) =>
        $"UPDATE pg_catalog.pg_class SET {assignment} WHERE oid = {Regclass(relation)}";

    /// <summary>The name is a temporary table's, which a session's own search path finds first.</summary>
    public static string TemporaryNamesake(ObjectName relation) =>
        $"CREATE TEMPORARY TABLE {SqlText.QuoteName(relation.Name)} (symphony_decoy integer)";

    /// <summary>A copy in another schema, with everything that LIKE carries over.</summary>
    public static IReadOnlyList<string> NamesakeElsewhere(ObjectName relation) =>
        [
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE TABLE {Elsewhere(relation)} (LIKE {relation.ToSql()} INCLUDING ALL)",
        ];

    public static string Elsewhere(ObjectName relation) =>
        $"{Relations.DecoySchema}.{SqlText.QuoteName(relation.Name)}";

    /// <summary>A child by inheritance, which a declared partition is not.</summary>
    public static string Child(ObjectName relation, string kind = "TABLE") =>
        $"CREATE {kind} {(kind.StartsWith("TEMP", StringComparison.Ordinal) ? "symphony_decoy_child" : Relations.Decoy)} () INHERITS ({relation.ToSql()})";

    private static string Plain(string sql) => sql.Replace("%", "%%", StringComparison.Ordinal);
}
