using Symphony.Catalog;
using Symphony.Sql;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds.SetIfNull;

/// <content>How the trigger is repaired, and how it is broken.</content>
public sealed partial class SetIfNullKind
{
    protected override IEnumerable<string> Remedy(SetIfNullClaim claim, SetIfNullFact? fact)
    {
        if (fact is null)
        {
            yield break;
        }

        foreach (var statement in NewSessions.FireTriggers(fact.SessionsWithoutTriggers))
        {
            yield return statement;
        }

        foreach (var rule in fact.Tree[0].Rules)
        {
            yield return $"DROP RULE {SqlText.QuoteName(rule)} ON {claim.Table.ToSql()}";
        }

        foreach (var statement in TriggerFunction.Reset(fact.Tree.SelectMany(relation => relation.Triggers)))
        {
            yield return statement;
        }

        var trigger = TriggerName(claim);
        var function = claim.Function ?? claim.Table with { Name = $"set_{claim.Column}_if_null" };
        if (claim.BodySha256 is not null)
        {
            yield break; // The reviewed body is the owner's: only its digest is known here.
        }

        if (!IsIntact(claim, fact))
        {
            yield return CreateFunction(
                function,
                claim.Column,
                $"""
                IF NEW.{SqlText.QuoteName(claim.Column)} IS NULL THEN
                    NEW.{SqlText.QuoteName(claim.Column)} := {DefaultValue(fact.Type)};
                  END IF;
                """
            );
        }

        foreach (var later in Undoing(claim, fact.Tree[0], trigger))
        {
            yield return $"ALTER TRIGGER {SqlText.QuoteName(later)} ON {claim.Table.ToSql()} RENAME TO {SqlText.QuoteName("a_" + later)}";
        }

        if (fact.Tree[0].Triggers.Any(known => known.Cloned && known.Name == trigger))
        {
            yield return $"ALTER TABLE {claim.Table.ToSql()} ENABLE TRIGGER {SqlText.QuoteName(trigger)}";
            yield break; // It is given and taken by what the table is a partition of.
        }

        yield return $"DROP TRIGGER IF EXISTS {SqlText.QuoteName(trigger)} ON {claim.Table.ToSql()}";
        yield return CreateTrigger(claim.Table, trigger, function);
    }

    protected override IEnumerable<Sabotage> Sabotages(SetIfNullClaim claim)
    {
        var table = claim.Table.ToSql();
        var name = TriggerName(claim);
        var trigger = SqlText.QuoteName(name);
        var function = claim.Function ?? claim.Table with { Name = $"set_{claim.Column}_if_null" };
        var column = SqlText.QuoteName(claim.Column);
        var decoy = new ObjectName("public", "symphony_sabotage");
        var drop = $"DROP TRIGGER {trigger} ON {table}";
        Sabotage Hollowed(string what, string body) => new(what, CreateFunction(function, claim.Column, body));
        string Recreate(string timing, string when = "") =>
            $"CREATE TRIGGER {trigger} {timing} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {function.ToSql()}()";

        yield return new("the trigger is dropped", drop);
        yield return new("the trigger is disabled", $"ALTER TABLE {table} DISABLE TRIGGER {trigger}");
        yield return new(
            "the trigger fires in replication only",
            $"ALTER TABLE {table} ENABLE REPLICA TRIGGER {trigger}"
        );
        yield return new(
            "new sessions skip triggers",
            SabotageSql.SetForDatabase("session_replication_role = replica")
        );
        yield return new("the trigger fires after the insert", drop, Recreate("AFTER INSERT"));
        yield return new("the trigger fires on updates only", drop, Recreate("BEFORE UPDATE"));
        yield return new("a WHEN is added", drop, Recreate("BEFORE INSERT", "WHEN (false) "));
        yield return new(
            "the trigger fires once a statement",
            drop,
            $"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function.ToSql()}()"
        );
        yield return Hollowed("the function does nothing", "NULL;");
        yield return Hollowed(
            "the function assigns NULL",
            $"IF NEW.{column} IS NULL THEN NEW.{column} := NULL; END IF;"
        );
        yield return Hollowed(
            "the function acts under a condition",
            $"IF NEW.{column} IS NULL AND current_setting('symphony.off', true) IS NULL THEN NEW.{column} := gen_random_uuid(); END IF;"
        );
        yield return Hollowed(
            "the work stands in a comment",
            $"-- IF NEW.{column} IS NULL THEN NEW.{column} := gen_random_uuid(); END IF;"
        );
        yield return Hollowed("a supplied value is overwritten", $"NEW.{column} := gen_random_uuid();");
        yield return Hollowed(
            "the function undoes its own work",
            $"NEW.{column} := COALESCE(NEW.{column}, gen_random_uuid()); NEW.{column} := NULL;"
        );
        yield return Hollowed("the row is dropped", "RETURN NULL;");
        yield return new(
            "the trigger calls another function",
            CreateFunction(decoy, claim.Column, "NULL;"),
            drop,
            CreateTrigger(claim.Table, name, decoy)
        );
        yield return new(
            "a later trigger undoes it",
            CreateFunction(decoy, claim.Column, $"NEW.{column} := NULL;"),
            CreateTrigger(claim.Table, "zzz_symphony", decoy)
        );
        foreach (
            var hijack in SearchPathSabotages
                .All(function, claim.BodySha256 is not null)
                .Concat(TriggerFunctionSabotages.All(function, claim.BodySha256 is not null))
        )
        {
            yield return hijack;
        }

        yield return new(
            "new sessions skip triggers, in capitals",
            SabotageSql.SetForDatabase("session_replication_role = 'REPLICA'")
        );
        yield return new(
            "a rule swallows the insert",
            $"CREATE RULE symphony_swallow AS ON INSERT TO {table} DO INSTEAD NOTHING"
        );
        yield return new(
            "the table's flag switches triggers off",
            $"UPDATE pg_catalog.pg_class SET relhastriggers = false WHERE oid = {SqlText.QuoteLiteral(table)}::regclass"
        )
        {
            NeedsCatalogWrite = true,
        };
        yield return new("a child table has no trigger", $"CREATE TABLE {Relations.Decoy} () INHERITS ({table})")
        {
            BeyondRemedy = true,
        };

        yield return Hollowed(
            "the body is spelled otherwise",
            $"/* fill */ IF (new.{column} IS NULL) THEN new.{column} = gen_random_uuid(); END IF;"
        ) with
        {
            Harmless = claim.BodySha256 is null,
        };
        yield return new("a session's temporary child", SabotageSql.Child(claim.Table, "TEMPORARY TABLE"))
        {
            Harmless = true,
        };
        yield return new(
            "a later trigger leaves the column alone",
            CreateFunction(decoy, claim.Column, "NULL;"),
            CreateTrigger(claim.Table, "zzz_symphony", decoy)
        )
        {
            Harmless = true,
        };
        yield return new("the trigger fires in every session", $"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
        {
            Harmless = true,
        };
        yield return new("a column is added", $"ALTER TABLE {table} ADD COLUMN symphony_extra integer")
        {
            Harmless = true,
        };
    }

    private static bool IsIntact(SetIfNullClaim claim, SetIfNullFact fact) =>
        fact.Tree[0]
            .Triggers.Any(trigger =>
                (claim.Function is null ? IsMeant(claim, trigger) : claim.Function.ToString() == trigger.Function)
                && trigger.Doubt(fact.SearchPaths) is null
                && SetIfNullBody.Read(trigger.Body, claim.Column) is BodyReading.FillsWhereNull
            );

    private static IEnumerable<string> Undoing(SetIfNullClaim claim, TriggerRelation relation, string trigger) =>
        relation
            .Triggers.Where(later =>
                string.CompareOrdinal(later.Name, trigger) > 0
                && ColumnKeepingBody.Read(later.Body, claim.Column) is not BodyReading.Keeps
            )
            .Select(later => later.Name);

    private static string TriggerName(SetIfNullClaim claim) => claim.Trigger ?? $"trg_set_{claim.Column}_if_null";

    private static string CreateTrigger(ObjectName table, string trigger, ObjectName function) =>
        $"CREATE TRIGGER {SqlText.QuoteName(trigger)} BEFORE INSERT ON {table.ToSql()} FOR EACH ROW EXECUTE FUNCTION {function.ToSql()}()";

    private static string CreateFunction(ObjectName function, string column, string body) =>
        $"""
            CREATE OR REPLACE FUNCTION {function.ToSql()}() RETURNS trigger LANGUAGE plpgsql AS $symphony$
            BEGIN
              {body}
              RETURN NEW;
            END;
            $symphony$
            """;

    /// <summary>A value that is never NULL, by the column's type; the owner may know a better one.</summary>
    private static string DefaultValue(string type) =>
        type switch
        {
            "uuid" => "pg_catalog.gen_random_uuid()",
            "date" or "timestamp with time zone" or "timestamp without time zone" => "pg_catalog.now()",
            "text" or "character varying" => "pg_catalog.gen_random_uuid()::text",
            "boolean" => "false",
            "jsonb" or "json" => "'{}'",
            _ => "0",
        };
}
