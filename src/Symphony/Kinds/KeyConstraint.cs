using System.Text.Json.Serialization;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>What the catalog holds of a unique constraint or a primary key; see the kinds' facts.sql.</summary>
/// <param name="IndexesOn"><c>pg_class.relhasindex</c>: without it the server maintains no index of the table.</param>
/// <param name="Columns">The key's columns, in order; columns that are only carried along are left out.</param>
/// <param name="NullsDistinct">Null on servers that know no other treatment of NULLs.</param>
/// <param name="Immediate"><c>pg_index.indimmediate</c>: a duplicate is refused at once.</param>
/// <param name="OwnOperatorClasses">Operator classes that were made in this database and decide which values are the same.</param>
/// <param name="WithoutOverlaps">PostgreSQL 18: ranges that do not overlap, which is not uniqueness.</param>
/// <param name="Recheck">A deferrable constraint lives in a trigger: whether that is there and enabled. True for one that is not deferrable.</param>
/// <param name="SessionsWithoutTriggers">The commands that made new sessions skip triggers, for a deferrable constraint.</param>
/// <param name="Children">The children by inheritance, as SQL: their rows are not in the parent's index.</param>
/// <param name="PartitionsWithout">The partitions, as SQL, whose own index is missing or does not enforce.</param>
/// <param name="NullableColumns">The key's columns that accept NULL; a unique constraint may have such.</param>
/// <param name="NotNullConstraints">The names, in PostgreSQL 18, of the NOT NULL constraints that those columns have all the same.</param>
public sealed record KeyFact(
    string RelationKind,
    string Constraint,
    bool IndexesOn,
    IReadOnlyList<string> Columns,
    bool? NullsDistinct,
    bool Deferrable,
    bool Valid,
    bool Ready,
    bool Live,
    bool Unique,
    bool Immediate,
    IReadOnlyList<string> OwnOperatorClasses,
    bool WithoutOverlaps,
    bool Recheck,
    IReadOnlyList<string> SessionsWithoutTriggers,
    IReadOnlyList<string> Children,
    IReadOnlyList<string> PartitionsWithout,
    IReadOnlyList<string> NullableColumns,
    IReadOnlyList<string> NotNullConstraints
)
{
    /// <summary>An index in one of these states is whole again once it is built anew.</summary>
    [JsonIgnore]
    public bool NeedsRebuild => !Valid || !Ready || !Live || !IndexesOn;
}

/// <summary>What unique constraints and primary keys have in common.</summary>
/// <param name="Sql"><c>UNIQUE</c> or <c>PRIMARY KEY</c>, with what stands before the columns.</param>
/// <param name="Name">The constraint's name; null where the table has only one.</param>
internal sealed partial record KeyConstraint(
    ObjectName Table,
    string Sql,
    string? Name,
    IReadOnlyList<string> Columns,
    bool Deferrable
)
{
    private const string NullsNotDistinct = " NULLS NOT DISTINCT";

    private string Alter => $"ALTER TABLE {Table.ToSql()}";

    public void Judge(KeyFact fact, Judgement judgement)
    {
        judgement.RequireOneOf(
            "relation_kind",
            Relations.Tables,
            fact.RelationKind,
            "Only ordinary and partitioned tables enforce keys."
        );
        judgement.Require(
            "columns",
            Columns,
            fact.Columns,
            "The key is on other columns than claimed, or in another order."
        );
        judgement.Require(
            "deferrable",
            Deferrable,
            fact.Deferrable,
            Deferrable
                ? "The constraint cannot be deferred."
                : "A deferrable constraint lets duplicates stand until the end of the transaction."
        );
        judgement.Require(
            "immediate",
            !Deferrable,
            fact.Immediate,
            Deferrable ? "The index refuses duplicates at once." : "The index does not refuse duplicates at once."
        );
        judgement.Require(
            "indexes_on",
            true,
            fact.IndexesOn,
            "The table's flag says that it has no indexes, so the server maintains none and refuses no duplicate."
        );
        judgement.Require(
            "valid",
            true,
            fact.Valid,
            "The index is not valid: it may miss rows, or a partition has none."
        );
        judgement.Require("ready", true, fact.Ready, "The index is not ready: writes do not maintain it.");
        judgement.Require("live", true, fact.Live, "The index is being dropped: writes do not maintain it.");
        judgement.Require("unique", true, fact.Unique, "The index does not refuse duplicates.");
        judgement.RequireNone("own_operator_classes", fact.OwnOperatorClasses, Relations.OwnOperatorClass);
        judgement.Require(
            "without_overlaps",
            false,
            fact.WithoutOverlaps,
            "WITHOUT OVERLAPS compares ranges of the last column: the others may repeat."
        );
        judgement.RequireNone(
            "children",
            fact.Children,
            "Rows of inheritance children are not in the parent's index, so duplicates can stand there."
        );
        judgement.RequireNone(
            "partitions_without",
            fact.PartitionsWithout,
            "These partitions have no index of their own that refuses duplicates."
        );
        if (Deferrable)
        {
            judgement.Require(
                "recheck",
                true,
                fact.Recheck,
                "The trigger that looks for duplicates at the end of the transaction is missing or disabled."
            );
            judgement.RequireNone(
                "sessions_without_triggers",
                fact.SessionsWithoutTriggers,
                "New sessions skip triggers, and with them the search for duplicates."
            );
        }
    }

    public IEnumerable<string> Remedy(KeyFact? fact)
    {
        if (fact is null)
        {
            return DisplaceNamesake().Append($"{Alter} ADD {Definition()}");
        }

        if (fact.Children.Count > 0)
        {
            // Whether the children's rows belong to the key is for a person to say.
            return [];
        }

        return NewSessions.FireTriggers(fact.SessionsWithoutTriggers).Concat(Restore(fact));
    }

    /// <param name="suffix">What follows the columns.</param>
    public string Definition(string suffix = "", IEnumerable<string>? columns = null, string? sql = null) =>
        (Name is null ? "" : $"CONSTRAINT {SqlText.QuoteName(Name)} ")
        + $"{sql ?? Sql} ({SabotageSql.List(columns ?? Columns)}){suffix}{(Deferrable && suffix.Length == 0 ? " DEFERRABLE" : "")}";

    private IEnumerable<string> Restore(KeyFact fact)
    {
        var name = SqlText.QuoteName(fact.Constraint);
        var isSound =
            fact.Columns.SequenceEqual(Columns, StringComparer.Ordinal)
            && fact.Deferrable == Deferrable
            && fact.Unique
            && fact.Immediate != Deferrable
            && !fact.WithoutOverlaps
            && fact.Recheck
            && fact.PartitionsWithout.Count == 0;
        if (isSound && fact.NeedsRebuild && fact.RelationKind == "r")
        {
            yield return $"REINDEX INDEX {(Table with { Name = fact.Constraint }).ToSql()}";
            yield break;
        }

        yield return $"{Alter} DROP CONSTRAINT {name}";
        foreach (var notNull in fact.NotNullConstraints)
        {
            // It is there and has no effect, and the server would take its presence for the effect.
            yield return $"{Alter} DROP CONSTRAINT {SqlText.QuoteName(notNull)}";
        }

        foreach (var statement in Name == fact.Constraint ? [] : DisplaceNamesake())
        {
            yield return statement;
        }

        yield return $"{Alter} ADD {Definition()}";
    }

    /// <summary>The name may be taken: by a constraint of another sort, or by another table's index, which is moved aside and never dropped.</summary>
    private IEnumerable<string> DisplaceNamesake() =>
        Name is null
            ? []
            :
            [
                $"{Alter} DROP CONSTRAINT IF EXISTS {SqlText.QuoteName(Name)}",
                $"ALTER INDEX IF EXISTS {(Table with { Name = Name }).ToSql()} RENAME TO {SqlText.QuoteName(Name + "_displaced")}",
            ];

    /// <summary>Foreign keys that reference it go with it.</summary>
    private string Drop() =>
        Name is null
            ? ForOwn($"{Alter} DROP CONSTRAINT ", "%I", " CASCADE", "conname")
            : $"{Alter} DROP CONSTRAINT {SqlText.QuoteName(Name)} CASCADE";

    private string IndexName() => SqlText.QuoteName(Name ?? "symphony_decoy");

    /// <summary>A statement that needs the constraint's name, which the claim may not give.</summary>
    private string ForOwn(string before, string place, string after, string value) =>
        SabotageSql.Execute(SabotageSql.Format(before, place, after, value) + OwnConstraint());

    private string OwnIndex(string column) => $"SELECT {column}{OwnConstraint()}";

    private string OwnConstraint() =>
        $" FROM pg_catalog.pg_constraint WHERE conrelid = {SabotageSql.Regclass(Table)} AND "
        + (Name is null ? "contype = 'p'" : $"conname = {SqlText.QuoteLiteral(Name)}");
}
