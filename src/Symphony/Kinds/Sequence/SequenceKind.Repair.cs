using System.Globalization;
using Symphony.Sql;

namespace Symphony.Kinds.Sequence;

/// <content>How a sequence is repaired, and how it is broken.</content>
public sealed partial class SequenceKind
{
    protected override IEnumerable<string> Remedy(SequenceClaim claim, SequenceFact? fact)
    {
        var name = claim.Name.ToSql();
        if (fact is null)
        {
            yield return $"CREATE SEQUENCE {name}{Options(claim)}";
        }
        else if (fact.Kind != "S")
        {
            yield break;
        }
        else
        {
            if (fact.Persistence == "u" && fact.Owner?.Persistence != "u")
            {
                yield return $"ALTER SEQUENCE {name} SET LOGGED";
            }

            yield return $"ALTER SEQUENCE {name}{Options(claim)}";
        }

        if (claim.OwnedBy is { } owner && fact is not { Owner.Identity: true })
        {
            yield return $"ALTER SEQUENCE {name} OWNED BY {owner.Table.ToSql()}.{SqlText.QuoteName(owner.Column)}";
            yield return $"ALTER TABLE {owner.Table.ToSql()} ALTER COLUMN {SqlText.QuoteName(owner.Column)} SET DEFAULT {NextOf(name)}";
            if (fact is null)
            {
                // A new sequence knows nothing of the numbers that were given.
                yield return $"SELECT pg_catalog.setval({SqlText.QuoteLiteral(name)}, {Last(claim, owner)}) FROM {owner.Table.ToSql()} HAVING {Last(claim, owner)} IS NOT NULL";
            }
        }
    }

    private static string Last(SequenceClaim claim, SequenceOwner owner) =>
        $"pg_catalog.{(claim.Increment > 0 ? "max" : "min")}({SqlText.QuoteName(owner.Column)})";

    private static string NextOf(string name) => $"pg_catalog.nextval({SqlText.QuoteLiteral(name)})";

    private static string Options(SequenceClaim claim)
    {
        static string Number(long? value, string word) =>
            value is { } number ? $" {word} {number.ToString(CultureInfo.InvariantCulture)}" : $" NO {word}";
        return (claim.Type is null ? "" : $" AS {claim.Type.Text}")
            + $" INCREMENT {claim.Increment.ToString(CultureInfo.InvariantCulture)}"
            + Number(claim.Min, "MINVALUE")
            + Number(claim.Max, "MAXVALUE")
            + (claim.Cycle ? " CYCLE" : " NO CYCLE");
    }

    protected override IEnumerable<Sabotage> Sabotages(SequenceClaim claim)
    {
        var name = claim.Name.ToSql();
        var alter = $"ALTER SEQUENCE {name}";
        yield return new("it begins anew after its last number", $"{alter} {(claim.Cycle ? "NO " : "")}CYCLE");
        yield return new("its step is another", $"{alter} INCREMENT {(claim.Increment == 2 ? 3 : 2)}");
        yield return new("it runs the other way", $"{alter} INCREMENT {(claim.Increment == -1 ? "1" : "-1")}");
        yield return new("it ends early", $"{alter} MAXVALUE {claim.LeastOf("smallint") + 100}");
        yield return new("it begins lower", $"{alter} MINVALUE {claim.LeastOf("smallint") - 1}");
        yield return new("a crash sets it back", $"{alter} SET UNLOGGED") { SinceMajor = 15 };
        if (claim.Type is not null)
        {
            yield return new(
                "its numbers are of another type",
                $"{alter} AS {(claim.Type == SequenceType.Integer ? "bigint" : "integer")} NO MAXVALUE"
            );
        }

        yield return new("it bears another name", $"{alter} RENAME TO symphony_decoy")
        {
            BeyondRemedy = claim.OwnedBy is not null,
        };
        foreach (var sabotage in OfPlace(claim, name).Concat(OfOwner(claim, name)).Concat(Harmless(claim, name)))
        {
            yield return sabotage;
        }
    }

    private static IEnumerable<Sabotage> OfPlace(SequenceClaim claim, string name)
    {
        var drop = $"DROP SEQUENCE {name} CASCADE";
        // An identity's sequence cannot be dropped without its column.
        IReadOnlyList<string> aside = claim.OwnedBy is null
            ? [drop]
            : [$"ALTER SEQUENCE {name} RENAME TO symphony_decoy_numbers"];
        yield return new("a table stands in its place", [.. aside, $"CREATE TABLE {name} (last_value bigint)"])
        {
            BeyondRemedy = true,
        };
        yield return new(
            "a view stands in its place",
            [.. aside, $"CREATE VIEW {name} AS SELECT 1::bigint AS last_value"]
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            "a sequence of that name stands in another schema only",
            [
                .. aside,
                $"CREATE SCHEMA {Relations.DecoySchema}",
                $"CREATE SEQUENCE {SabotageSql.Elsewhere(claim.Name)}{Options(claim)}",
            ]
        )
        {
            BeyondRemedy = true,
        };
    }

    private static IEnumerable<Sabotage> OfOwner(SequenceClaim claim, string name)
    {
        if (claim.OwnedBy is not { } owner)
        {
            yield break;
        }

        var table = owner.Table.ToSql();
        var column = SqlText.QuoteName(owner.Column);
        // The column of a plain sequence; those of an identity refuse all of this.
        string IfPlain(string statement) =>
            SabotageSql.Execute(
                $"SELECT {SqlText.QuoteLiteral(statement)} FROM pg_catalog.pg_attribute WHERE attrelid = {SabotageSql.Regclass(owner.Table)}"
                    + $" AND attname = {SqlText.QuoteLiteral(owner.Column)} AND attidentity = ''"
            );
        yield return new(
            "the column is filled from elsewhere",
            IfPlain($"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT 7"),
            $"ALTER TABLE {table} ALTER COLUMN {column} DROP IDENTITY IF EXISTS"
        )
        {
            BeyondRemedy = true,
        };
        yield return new(
            "nobody owns it",
            IfPlain($"ALTER SEQUENCE {name} OWNED BY NONE"),
            $"ALTER TABLE {table} ALTER COLUMN {column} DROP IDENTITY IF EXISTS"
        )
        {
            BeyondRemedy = true,
        };
    }

    private static IEnumerable<Sabotage> Harmless(SequenceClaim claim, string name)
    {
        yield return new("a number is drawn", $"SELECT {NextOf(name)}") { Harmless = true };
        yield return new("numbers are kept ready", $"ALTER SEQUENCE {name} CACHE 20") { Harmless = true };
        yield return new("it is said again", $"ALTER SEQUENCE {name}{Options(claim)}") { Harmless = true };
        yield return new("a comment is set", $"COMMENT ON SEQUENCE {name} IS 'looked at'") { Harmless = true };
        yield return new("a privilege is granted", $"GRANT USAGE ON SEQUENCE {name} TO PUBLIC") { Harmless = true };
        yield return new(
            "another table draws from it, too",
            $"CREATE TABLE {Relations.Decoy} (a bigint DEFAULT {NextOf(name)})"
        )
        {
            Harmless = true,
        };
        yield return new(
            "a temporary sequence of the same name hides it",
            $"CREATE TEMPORARY SEQUENCE {SqlText.QuoteName(claim.Name.Name)} CYCLE"
        )
        {
            Harmless = true,
        };
        yield return new(
            "a sequence of the same name stands in another schema",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE SEQUENCE {SabotageSql.Elsewhere(claim.Name)} CYCLE"
        )
        {
            Harmless = true,
        };
    }
}
