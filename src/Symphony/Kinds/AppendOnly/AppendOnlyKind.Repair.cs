using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.AppendOnly;

/// <content>How refusal is repaired, and how it is broken.</content>
public sealed partial class AppendOnlyKind
{
    private static readonly ObjectName Saboteur = new("public", "symphony_sabotage");

    protected override IEnumerable<string> Remedy(AppendOnlyClaim claim, AppendOnlyFact? fact)
    {
        foreach (var table in fact is not null && KeepsItsRows(claim) ? fact.Unlogged : [])
        {
            yield return $"ALTER TABLE {table} SET LOGGED";
        }

        if (fact is null || claim.BodySha256 is not null)
        {
            yield break; // A missing table's rows, or a reviewed body, are the owner's to bring back.
        }

        foreach (var statement in NewSessions.FireTriggers(fact.SessionsWithoutTriggers))
        {
            yield return statement;
        }

        foreach (var statement in TriggerFunction.Reset(Below(fact).SelectMany(relation => relation.Triggers)))
        {
            yield return statement;
        }

        foreach (var relation in Below(fact).Where(relation => Relations.Tables.Contains(relation.Kind)))
        {
            foreach (var rule in relation.Rules)
            {
                yield return $"DROP RULE {SqlText.QuoteName(rule)} ON {relation.Relation}";
            }
        }

        var function = DenyFunction(claim);
        yield return CreateFunction(
            function,
            $"RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = {SqlText.QuoteLiteral(claim.Sqlstate)};"
        );
        foreach (var statement in ReplaceTriggers(claim, fact, function))
        {
            yield return statement;
        }
    }

    /// <summary>
    /// What a partitioned table has for its rows its partitions are given, and cannot do away with: there it is left
    /// alone. All that is in the way is dropped first, for a partition's own trigger of that name would be.
    /// </summary>
    private static IEnumerable<string> ReplaceTriggers(AppendOnlyClaim claim, AppendOnlyFact fact, ObjectName function)
    {
        var tables = Below(fact).Where(relation => Relations.Tables.Contains(relation.Kind)).ToList();
        foreach (var table in tables)
        {
            foreach (
                var name in new[] { ChangeTrigger(claim), TruncateTrigger(claim) }.Where(name => !HasClone(table, name))
            )
            {
                yield return $"DROP TRIGGER IF EXISTS {SqlText.QuoteName(name)} ON {table.Relation}";
            }
        }

        foreach (var table in tables)
        {
            var isGiven = table != tables[0] && tables[0].Kind == "p";
            if (table == tables[0] && HasClone(table, ChangeTrigger(claim)))
            {
                isGiven = true;
                yield return $"ALTER TABLE {table.Relation} ENABLE TRIGGER {SqlText.QuoteName(ChangeTrigger(claim))}";
            }

            var own = claim.Operations.Where(operation => !isGiven || operation == RowChange.Truncate);
            foreach (var statement in CreateTriggers(claim with { Operations = [.. own] }, table.Relation, function))
            {
                yield return statement;
            }
        }
    }

    private static bool HasClone(TriggerRelation table, string name) =>
        table.Triggers.Any(trigger => trigger.Cloned && trigger.Name == name);

    protected override IEnumerable<Sabotage> Sabotages(AppendOnlyClaim claim)
    {
        var table = claim.Table.ToSql();
        var sqlstate = SqlText.QuoteLiteral(claim.Sqlstate);
        yield return new("every trigger is disabled", $"ALTER TABLE {table} DISABLE TRIGGER USER");
        yield return new("every trigger is dropped", DropTriggers(table));
        yield return new(
            "the triggers fire in replication only",
            EachTrigger(table, "ALTER TABLE %s ENABLE REPLICA TRIGGER %I")
        );
        yield return new(
            "new sessions skip triggers, in capitals",
            SabotageSql.SetForDatabase("session_replication_role = 'REPLICA'")
        );
        yield return new(
            "new sessions skip triggers",
            SabotageSql.SetForDatabase("session_replication_role = replica")
        );
        foreach (
            var (what, body) in new[]
            {
                ("the functions let everything through", "RETURN COALESCE(NEW, OLD);"),
                ("the functions only warn", "RAISE WARNING 'refused'; RETURN COALESCE(NEW, OLD);"),
                ("the functions swallow the operation silently", "RETURN NULL;"),
                ("the functions refuse with another SQLSTATE", "RAISE EXCEPTION 'refused';"),
                (
                    "the refusal depends on a setting",
                    $"IF current_setting('symphony.off', true) IS NULL THEN RAISE EXCEPTION 'refused' USING ERRCODE = {sqlstate}; END IF; RETURN COALESCE(NEW, OLD);"
                ),
                (
                    "the refusal depends on the role",
                    $"IF current_user <> 'auditor' THEN RAISE EXCEPTION 'refused' USING ERRCODE = {sqlstate}; END IF; RETURN COALESCE(NEW, OLD);"
                ),
                (
                    "the refusal is caught",
                    $"BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = {sqlstate}; EXCEPTION WHEN OTHERS THEN NULL; END; RETURN COALESCE(NEW, OLD);"
                ),
                (
                    "the refusal stands in a comment",
                    $"/* RAISE EXCEPTION 'refused' USING ERRCODE = {sqlstate}; */ RETURN COALESCE(NEW, OLD);"
                ),
                (
                    "the refusal stands behind a RETURN",
                    $"RETURN COALESCE(NEW, OLD); RAISE EXCEPTION 'refused' USING ERRCODE = {sqlstate};"
                ),
            }
        )
        {
            yield return new(what, ReplaceFunctions(table, body));
        }

        foreach (var operation in claim.Operations)
        {
            yield return new(
                $"{operation.Text} is no longer refused",
                [
                    DropTriggers(table),
                    CreateFunction(Saboteur, $"RAISE EXCEPTION 'refused' USING ERRCODE = {sqlstate};"),
                    .. CreateTriggers(
                        claim with
                        {
                            Operations = [.. claim.Operations.Where(other => other != operation)],
                        },
                        table,
                        Saboteur
                    ),
                ]
            );
        }

        if (claim.Operations.Contains(RowChange.Update))
        {
            yield return new(
                "a WHEN narrows the refusal",
                [
                    DropTriggers(table),
                    CreateFunction(Saboteur, $"RAISE EXCEPTION 'refused' USING ERRCODE = {sqlstate};"),
                    .. CreateTriggers(claim, table, Saboteur, "WHEN (false) "),
                ]
            );
            yield return new(
                "a rule swallows updates",
                $"CREATE RULE symphony_swallow AS ON UPDATE TO {table} DO INSTEAD NOTHING"
            );
        }

        if (claim.Operations.Contains(RowChange.Delete))
        {
            yield return new(
                "a rule swallows deletes",
                $"CREATE RULE symphony_swallow AS ON DELETE TO {table} DO INSTEAD NOTHING"
            );
        }

        yield return new(
            "the table's flag switches triggers off",
            $"UPDATE pg_catalog.pg_class SET relhastriggers = false WHERE oid = {SqlText.QuoteLiteral(table)}::regclass"
        )
        {
            NeedsCatalogWrite = true,
        };
        yield return new("a crash empties the table", Unlogged(table)) { Harmless = !KeepsItsRows(claim) };
        yield return new("a child table refuses nothing", $"CREATE TABLE {Relations.Decoy} () INHERITS ({table})");

        if (claim.BodySha256 is null)
        {
            yield return new(
                "the refusal has another message",
                ReplaceFunctions(
                    table,
                    $"RAISE EXCEPTION USING ERRCODE = {sqlstate}, MESSAGE = 'no: ' || TG_OP, HINT = 'append instead';"
                )
            )
            {
                Harmless = true,
            };
        }

        yield return new("a session's temporary child", SabotageSql.Child(claim.Table, "TEMPORARY TABLE"))
        {
            Harmless = true,
        };
        yield return new(
            "the triggers fire in every session",
            EachTrigger(table, "ALTER TABLE %s ENABLE ALWAYS TRIGGER %I")
        )
        {
            Harmless = true,
        };
        yield return new(
            "an insert trigger stands beside them",
            CreateFunction(Saboteur, "RETURN NEW;"),
            $"CREATE TRIGGER symphony_beside BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {Saboteur.ToSql()}()"
        )
        {
            Harmless = true,
        };
        yield return new(
            "what the functions write meets no trigger",
            EachFunction(table, "ALTER FUNCTION %s() SET session_replication_role = replica")
        );
        foreach (
            var (what, change) in new[]
            {
                ("the functions have a timeout of their own", "SET statement_timeout = '1min'"),
                ("the functions run with their owner's rights", "SECURITY DEFINER"),
            }
        )
        {
            // A digest is of these as well; a body that is recognised refuses all the same.
            var pinned = claim.BodySha256 is not null;
            yield return new(what, EachFunction(table, $"ALTER FUNCTION %s() {change}"))
            {
                Harmless = !pinned,
                Speculative = pinned,
                BeyondRemedy = pinned,
            };
        }

        yield return new("a column is added", $"ALTER TABLE {table} ADD COLUMN symphony_extra integer")
        {
            Harmless = true,
        };
    }

    /// <summary>The table and its partitions, so far as they hold rows.</summary>
    private static string Unlogged(string table) =>
        EachRow(
            $"SELECT pg_catalog.format('ALTER TABLE %s SET UNLOGGED', t.relid) FROM pg_catalog.pg_partition_tree({SqlText.QuoteLiteral(table)}) AS t WHERE t.isleaf UNION SELECT {SqlText.QuoteLiteral($"ALTER TABLE {table} SET UNLOGGED")} FROM pg_catalog.pg_class WHERE oid = {SqlText.QuoteLiteral(table)}::regclass AND relkind = 'r'"
        );

    private static ObjectName DenyFunction(AppendOnlyClaim claim) =>
        claim.Table with
        {
            Name = $"deny_{claim.Table.Name}_mutation",
        };

    private static string ChangeTrigger(AppendOnlyClaim claim) =>
        claim.Triggers?[0] ?? $"trg_deny_{claim.Table.Name}_mutation";

    private static string TruncateTrigger(AppendOnlyClaim claim) =>
        claim.Triggers is [_, var second, ..] ? second
        : claim.Triggers is [var only] ? only + "_truncate"
        : $"trg_deny_{claim.Table.Name}_truncate";

    private static IEnumerable<string> CreateTriggers(
        AppendOnlyClaim claim,
        string table,
        ObjectName function,
        string when = ""
    )
    {
        var changes = claim
            .Operations.Where(operation => operation != RowChange.Truncate)
            .Select(operation => operation.Text.ToUpperInvariant())
            .ToList();
        if (changes.Count > 0)
        {
            yield return $"CREATE TRIGGER {SqlText.QuoteName(ChangeTrigger(claim))} BEFORE {string.Join(" OR ", changes)} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {function.ToSql()}()";
        }

        if (claim.Operations.Contains(RowChange.Truncate))
        {
            yield return $"CREATE TRIGGER {SqlText.QuoteName(TruncateTrigger(claim))} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function.ToSql()}()";
        }
    }

    private static string CreateFunction(ObjectName function, string body) =>
        $"CREATE OR REPLACE FUNCTION {function.ToSql()}() RETURNS trigger LANGUAGE plpgsql AS $symphony$ BEGIN {body} END $symphony$";

    private static string DropTriggers(string table) => EachTrigger(table, "DROP TRIGGER %2$I ON %1$s");

    private static string EachTrigger(string table, string command) =>
        EachRow(
            $"SELECT pg_catalog.format({SqlText.QuoteLiteral(command)}, {SqlText.QuoteLiteral(table)}, tgname) FROM pg_catalog.pg_trigger WHERE tgrelid = {SqlText.QuoteLiteral(table)}::regclass AND (NOT tgisinternal OR tgparentid <> 0 AND tgconstraint = 0)"
        );

    /// <summary>The sabotage does not know the functions' names: whatever refuses now is given another body.</summary>
    private static string ReplaceFunctions(string table, string body) =>
        EachRow(
            "SELECT DISTINCT pg_catalog.format('CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %L', tgfoid::regproc, "
                + $"{SqlText.QuoteLiteral($"BEGIN {body} END")}) FROM pg_catalog.pg_trigger WHERE tgrelid = {SqlText.QuoteLiteral(table)}::regclass AND (NOT tgisinternal OR tgparentid <> 0 AND tgconstraint = 0) AND tgtype & 58 <> 0"
        );

    private static string EachFunction(string table, string command) =>
        EachRow(
            $"SELECT DISTINCT pg_catalog.format({SqlText.QuoteLiteral(command)}, tgfoid::regproc) FROM pg_catalog.pg_trigger WHERE tgrelid = {SqlText.QuoteLiteral(table)}::regclass AND (NOT tgisinternal OR tgparentid <> 0 AND tgconstraint = 0) AND tgtype & 58 <> 0"
        );

    private static string EachRow(string commands) =>
        $"DO $each$ DECLARE command text; BEGIN FOR command IN {commands} LOOP EXECUTE command; END LOOP; END $each$";
}
