using Symphony.Sql;

namespace Symphony.Kinds.Column;

/// <content>How a column is broken.</content>
public sealed partial class ColumnKind
{
    protected override IEnumerable<Sabotage> Sabotages(ColumnClaim claim) =>
        InItsPlace(claim)
            .Concat(
                claim.Type is null ? []
                : IsIdentity(claim) ? OtherNumbers(claim)
                : OtherTypes(claim)
            )
            .Concat(
                claim.Nullable == false ? AcceptingNull(claim)
                : claim.Nullable == true ? RefusingNull(claim)
                : []
            )
            .Concat(
                claim.Default is null ? []
                : claim.HasNoDefault ? UnwantedDefaults(claim)
                : OtherDefaults(claim)
            )
            .Concat(claim.Generated is null || claim.IsNotGenerated ? [] : OtherGenerations(claim))
            .Concat(claim.Identity is null ? [] : OtherIdentities(claim))
            .Concat(Harmless(claim));

    /// <summary>Such a column is always an integer and NOT NULL: the server refuses to make it otherwise.</summary>
    private static bool IsIdentity(ColumnClaim claim) =>
        claim.Identity is { } identity && identity != Column.Identity.None;

    private static string Alter(ColumnClaim claim) =>
        $"ALTER TABLE {claim.Table.ToSql()} ALTER COLUMN {SqlText.QuoteName(claim.Name)}";

    /// <summary>The name stands, and something else bears it.</summary>
    private static IEnumerable<Sabotage> InItsPlace(ColumnClaim claim)
    {
        var table = claim.Table.ToSql();
        var column = SqlText.QuoteName(claim.Name);
        var upper = claim.Name.ToUpperInvariant();
        var away = $"ALTER TABLE {table} RENAME TO symphony_decoy";
        var type = claim.Type is null ? "text" : ColumnType.Normalise(claim.Type);

        yield return new("the column is dropped", $"ALTER TABLE {table} DROP COLUMN {column} CASCADE")
        {
            BeyondRemedy = claim.Type is null,
        };
        yield return new(
            "the column is in another schema's table only",
            [.. SabotageSql.NamesakeElsewhere(claim.Table), $"ALTER TABLE {table} DROP COLUMN {column} CASCADE"]
        )
        {
            BeyondRemedy = claim.Type is null,
        };
        yield return new(
            "a view stands in the table's place",
            away,
            $"CREATE VIEW {table} AS SELECT * FROM {(claim.Table with { Name = "symphony_decoy" }).ToSql()}"
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            "a foreign table stands in the table's place",
            [
                away,
                .. SabotageSql.ForeignServer,
                $"CREATE FOREIGN TABLE {table} ({column} {type} NOT NULL) SERVER symphony_decoy",
            ]
        )
        {
            BeyondRemedy = true,
        };
        if (upper != claim.Name)
        {
            yield return new(
                "the name is written in another case",
                $"ALTER TABLE {table} RENAME COLUMN {column} TO {SqlText.QuoteName(upper)}"
            )
            {
                BeyondRemedy = claim.Type is null,
            };
        }
    }

    private static IEnumerable<Sabotage> OtherTypes(ColumnClaim claim)
    {
        var column = SqlText.QuoteName(claim.Name);
        var type = ColumnType.Normalise(claim.Type!);
        // The values come through text, which every type has; a default may not, and is set again by the remedy.
        IReadOnlyList<string> Become(string other) =>
            [
                $"{Alter(claim)} DROP DEFAULT",
                $"{Alter(claim)} TYPE {other} USING CAST(CAST({column} AS text) AS {other})",
            ];
        var hasDefault = claim.Default is not null && !claim.HasNoDefault;
        if (claim.Generated is null or ColumnClaim.None)
        {
            yield return new(
                "the type is another",
                [
                    .. Become(type == "text" ? "character varying" : "text"),
                    .. hasDefault && type == "text" ? new[] { $"{Alter(claim)} SET DEFAULT {claim.Default}" } : [],
                ]
            );
            yield return new(
                "the type has a length",
                Become(type == "text" ? "character varying(8)" : "character(200)")
            );
            yield return new(
                "the type is a domain of the same name in another schema",
                [
                    $"CREATE SCHEMA {Relations.DecoySchema}",
                    $"CREATE DOMAIN {Relations.DecoySchema}.{SqlText.QuoteName(type)} AS text",
                    .. Become($"{Relations.DecoySchema}.{SqlText.QuoteName(type)}"),
                ]
            );
            yield return new(
                "the type is an array of it",
                [$"{Alter(claim)} DROP DEFAULT", $"{Alter(claim)} TYPE {type}[] USING NULL::{type}[]"]
            )
            {
                BeyondRemedy = true,
            };
        }

        if (claim.Collation is { } collation)
        {
            var other = collation.Name == "POSIX" ? "C" : "POSIX";
            yield return new(
                "the collation is another",
                $"{Alter(claim)} TYPE {type} COLLATE pg_catalog.{SqlText.QuoteName(other)}"
            );
            yield return new(
                "the collation is the database's",
                $"{Alter(claim)} TYPE {type} COLLATE pg_catalog.\"default\""
            );
            yield return new(
                "the collation has the name, and is of another schema",
                $"CREATE SCHEMA {Relations.DecoySchema}",
                $"CREATE COLLATION {Relations.DecoySchema}.{SqlText.QuoteName(collation.Name)} (locale = 'POSIX')",
                $"{Alter(claim)} TYPE {type} COLLATE {Relations.DecoySchema}.{SqlText.QuoteName(collation.Name)}"
            );
        }
    }

    private static IEnumerable<Sabotage> OtherNumbers(ColumnClaim claim)
    {
        yield return new(
            "the type is of another size",
            $"{Alter(claim)} TYPE {(ColumnType.Normalise(claim.Type!) == "smallint" ? "integer" : "smallint")}"
        );
    }

    private static IEnumerable<Sabotage> AcceptingNull(ColumnClaim claim) =>
        WithoutNotNull(claim).Where(_ => !IsIdentity(claim)).Concat(ChildrenAcceptingNull(claim));

    private static IEnumerable<Sabotage> WithoutNotNull(ColumnClaim claim)
    {
        var table = claim.Table.ToSql();
        var column = SqlText.QuoteName(claim.Name);
        var drop = $"{Alter(claim)} DROP NOT NULL";

        yield return new("the column accepts NULL", drop);
        yield return new(
            "a check stands where NOT NULL was, not validated",
            drop,
            $"ALTER TABLE {table} ADD CONSTRAINT symphony_decoy CHECK ({column} IS NOT NULL) NOT VALID"
        );
        yield return new(
            "NOT NULL is not validated",
            drop,
            $"ALTER TABLE {table} ADD CONSTRAINT symphony_decoy NOT NULL {column} NOT VALID"
        )
        {
            SinceMajor = 18,
        };
        yield return new(
            "NOT NULL does not bind children",
            drop,
            $"ALTER TABLE {table} ADD CONSTRAINT symphony_decoy NOT NULL {column} NO INHERIT"
        )
        {
            SinceMajor = 18,
        };
        yield return new(
            "a child escapes a NOT NULL that does not bind it",
            drop,
            $"ALTER TABLE {table} ADD CONSTRAINT symphony_decoy NOT NULL {column} NO INHERIT",
            SabotageSql.Child(claim.Table)
        )
        {
            SinceMajor = 18,
        };
        yield return new(
            "the NOT NULL has another name",
            drop,
            $"ALTER TABLE {table} ADD CONSTRAINT symphony_decoy NOT NULL {column}"
        )
        {
            Harmless = true,
            SinceMajor = 18,
        };
        yield return new(
            "the NOT NULL was not validated, and is now",
            drop,
            $"ALTER TABLE {table} ADD CONSTRAINT symphony_decoy NOT NULL {column} NOT VALID",
            $"ALTER TABLE {table} VALIDATE CONSTRAINT symphony_decoy"
        )
        {
            Harmless = true,
            SinceMajor = 18,
        };
    }

    private static IEnumerable<Sabotage> ChildrenAcceptingNull(ColumnClaim claim)
    {
        var table = claim.Table.ToSql();
        var column = SqlText.QuoteName(claim.Name);
        string Flag(string relation) =>
            $"UPDATE pg_catalog.pg_attribute SET attnotnull = false WHERE attrelid = {relation} AND attname = {SqlText.QuoteLiteral(claim.Name)}";

        yield return SabotageSql.CatalogWrite(
            "the column's flag is cleared",
            Flag(SabotageSql.Regclass(claim.Table))
        ) with
        {
            BeyondRemedy = IsIdentity(claim),
        };
        yield return new(
            "a child accepts NULL",
            SabotageSql.Child(claim.Table),
            $"ALTER TABLE {Relations.Decoy} ALTER COLUMN {column} DROP NOT NULL"
        )
        {
            BeforeMajor = 18,
        };
        yield return new(
            "a grandchild accepts NULL",
            SabotageSql.Child(claim.Table),
            $"CREATE TABLE public.symphony_decoy_below () INHERITS ({Relations.Decoy})",
            $"ALTER TABLE public.symphony_decoy_below ALTER COLUMN {column} DROP NOT NULL"
        )
        {
            BeforeMajor = 18,
        };
        yield return new(
            "a child's flag is cleared",
            SabotageSql.Child(claim.Table),
            Flag($"{SqlText.QuoteLiteral(Relations.Decoy)}::pg_catalog.regclass")
        )
        {
            NeedsCatalogWrite = true,
            BeyondRemedy = true,
        };
        yield return new(
            "a child is a foreign table",
            [
                .. SabotageSql.ForeignServer,
                $"CREATE FOREIGN TABLE {Relations.Decoy} () INHERITS ({table}) SERVER symphony_decoy",
            ]
        )
        {
            BeyondRemedy = true,
        };
        yield return new("a child that refuses NULL as well", SabotageSql.Child(claim.Table)) { Harmless = true };
        yield return new("NOT NULL is set once more", $"{Alter(claim)} SET NOT NULL") { Harmless = true };
        yield return new(
            "a check says the same beside it",
            $"ALTER TABLE {table} ADD CONSTRAINT symphony_decoy CHECK ({column} IS NOT NULL)"
        )
        {
            Harmless = true,
        };
    }

    private static IEnumerable<Sabotage> RefusingNull(ColumnClaim claim)
    {
        yield return new("the column refuses NULL", $"{Alter(claim)} SET NOT NULL");
    }
}
