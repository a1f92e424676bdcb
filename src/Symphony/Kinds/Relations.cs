using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>What the kinds share in speaking of relations.</summary>
internal static class Relations
{
    /// <summary><c>pg_class.relkind</c> of an ordinary and of a partitioned table (PostgreSQL manual, "pg_class").</summary>
    public static readonly IReadOnlyList<string> Tables = ["r", "p"];

    /// <summary>Why an operator class that was made in this database is no guarantee.</summary>
    public const string OwnOperatorClass =
        "An operator class that is neither the type's own nor an extension's decides which values are the same: it can tell equal ones apart, and take others for equal.";

    /// <summary>A table that sabotages make to carry the looks of the real one.</summary>
    public static readonly ObjectName DecoyTable = new("public", "symphony_decoy");

    /// <summary>The same as SQL.</summary>
    public static readonly string Decoy = DecoyTable.ToSql();

    /// <summary>A schema that sabotages make for objects of the same name.</summary>
    public const string DecoySchema = "symphony_decoys";
}
