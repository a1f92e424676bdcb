using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Trigger;

/// <content>How a trigger is repaired, and how it is broken.</content>
public sealed partial class TriggerKind
{
    protected override IEnumerable<string> Remedy(TriggerClaim claim, TriggerFact? fact)
    {
        foreach (var statement in NewSessions.FireTriggers(fact?.SessionsWithoutTriggers ?? []))
        {
            yield return statement;
        }

        foreach (var rule in fact?.Rules ?? [])
        {
            yield return $"DROP RULE {SqlText.QuoteName(rule)} ON {claim.Table.ToSql()}";
        }

        foreach (var statement in TriggerFunction.Reset(fact is null ? [] : [fact]))
        {
            yield return statement;
        }

        yield return $"DROP TRIGGER IF EXISTS {SqlText.QuoteName(claim.Name)} ON {claim.Table.ToSql()}";
        // What is not claimed stays as it is: the function may read it.
        yield return Create(
            claim with
            {
                OldTable = claim.OldTable ?? (claim.NewTable is null ? fact?.OldTable : null),
                NewTable = claim.NewTable ?? (claim.OldTable is null ? fact?.NewTable : null),
                InitiallyDeferred = claim.InitiallyDeferred ?? fact?.InitiallyDeferred,
            }
        );
        if (claim.Enabled == TriggerEnabled.Always)
        {
            yield return $"ALTER TABLE {claim.Table.ToSql()} ENABLE ALWAYS TRIGGER {SqlText.QuoteName(claim.Name)}";
        }
    }

    protected override IEnumerable<Sabotage> Sabotages(TriggerClaim claim)
    {
        var table = claim.Table.ToSql();
        var trigger = SqlText.QuoteName(claim.Name);
        var decoy = new ObjectName("public", "symphony_sabotage");
        var drop = $"DROP TRIGGER {trigger} ON {table}";
        Sabotage Recreated(string name, TriggerClaim changed) => new(name, drop, Create(changed));
        string CreateFunction(ObjectName function, string body) =>
            $"CREATE OR REPLACE FUNCTION {function.ToSql()}() RETURNS trigger LANGUAGE plpgsql AS $symphony$ BEGIN {body} END $symphony$";

        yield return new("the trigger is dropped", drop);
        yield return new("the trigger is disabled", $"ALTER TABLE {table} DISABLE TRIGGER {trigger}");
        yield return new("every trigger is disabled", $"ALTER TABLE {table} DISABLE TRIGGER ALL");
        yield return new(
            "the trigger fires in replication only",
            $"ALTER TABLE {table} ENABLE REPLICA TRIGGER {trigger}"
        );
        if (claim.Enabled != TriggerEnabled.Always)
        {
            yield return new(
                "new sessions skip triggers, in capitals",
                SabotageSql.SetForDatabase("session_replication_role = 'REPLICA'")
            );
            yield return new(
                "new sessions skip triggers",
                SabotageSql.SetForDatabase("session_replication_role = replica")
            );
        }

        yield return Recreated(
            "a WHEN narrows it",
            claim with
            {
                When = claim.When is null ? "false" : $"({claim.When}) AND false",
            }
        );
        yield return new(
            "the trigger calls another function",
            CreateFunction(decoy, "RETURN NEW;"),
            drop,
            Create(claim with { Function = decoy })
        );
        yield return Recreated(
            "the function is given an argument",
            claim with
            {
                Arguments = [.. claim.Arguments, "off"],
            }
        );
        yield return new(
            "the trigger stands on another table",
            drop,
            $"CREATE TABLE {Relations.Decoy} (LIKE {table})",
            Create(claim with { Table = Relations.DecoyTable })
        );
        if (claim.Timing != TriggerTiming.InsteadOf)
        {
            yield return Recreated(
                "the timing is another",
                claim with
                {
                    Timing = claim.Timing == TriggerTiming.Before ? TriggerTiming.After : TriggerTiming.Before,
                    Deferrable = false,
                }
            );
            yield return new("a child table does not have it", $"CREATE TABLE {Relations.Decoy} () INHERITS ({table})")
            {
                BeyondRemedy = true,
            };
            yield return new(
                "the table's flag switches triggers off",
                $"UPDATE pg_catalog.pg_class SET relhastriggers = false WHERE oid = {SqlText.QuoteLiteral(table)}::regclass"
            )
            {
                NeedsCatalogWrite = true,
            };
        }

        if (!claim.Events.Contains(TriggerEvent.Truncate) && claim.Timing != TriggerTiming.InsteadOf)
        {
            yield return Recreated(
                "the level is another",
                claim with
                {
                    Level = claim.Level == TriggerLevel.Row ? TriggerLevel.Statement : TriggerLevel.Row,
                    When = null,
                    Deferrable = false,
                }
            );
        }

        foreach (var deferral in Deferrals(claim, drop))
        {
            yield return deferral;
        }

        if (claim.Events is [var only] && only == TriggerEvent.Insert)
        {
            yield return Recreated("it fires on updates instead", claim with { Events = [TriggerEvent.Update] });
            yield return new(
                "a rule swallows the insert",
                $"CREATE RULE symphony_swallow AS ON INSERT TO {table} DO INSTEAD NOTHING"
            );
        }
        else if (claim.Events.Count > 1)
        {
            yield return Recreated("an event is missing", claim with { Events = [.. claim.Events.SkipLast(1)] });
        }

        if (claim.BodySha256 is not null)
        {
            yield return new("the function is hollowed out", CreateFunction(claim.Function, "RETURN NEW;"))
            {
                BeyondRemedy = true,
            };
        }

        foreach (var setting in TriggerFunctionSabotages.All(claim.Function, claim.BodySha256 is not null))
        {
            yield return setting;
        }

        if (claim.Timing != TriggerTiming.InsteadOf)
        {
            yield return new("a session's temporary child", SabotageSql.Child(claim.Table, "TEMPORARY TABLE"))
            {
                Harmless = true,
            };
        }

        yield return new("the trigger fires in every session", $"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
        {
            Harmless = claim.Enabled is null,
        };
        yield return new(
            "another trigger stands beside it",
            CreateFunction(decoy, "RETURN NEW;"),
            $"CREATE TRIGGER symphony_beside AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {decoy.ToSql()}()"
        )
        {
            Harmless = claim.Timing != TriggerTiming.InsteadOf,
        };
        yield return new("a comment is set", $"COMMENT ON TRIGGER {trigger} ON {table} IS 'looked at'")
        {
            Harmless = true,
        };
        yield return new(
            "the function's owner comments on it",
            $"COMMENT ON FUNCTION {claim.Function.ToSql()}() IS 'looked at'"
        )
        {
            Harmless = true,
        };
    }

    /// <summary>Only a trigger that fires after each row, and reads no transition table, can be put off.</summary>
    private static IEnumerable<Sabotage> Deferrals(TriggerClaim claim, string drop)
    {
        if (claim.Deferrable)
        {
            yield return new("it cannot be put off", drop, Create(claim with { Deferrable = false }));
            yield return new(
                "it is put off the other way",
                drop,
                Create(claim with { InitiallyDeferred = claim.InitiallyDeferred != true })
            )
            {
                Harmless = claim.InitiallyDeferred is null,
            };
        }
        else if (
            claim.Timing == TriggerTiming.After
            && claim.Level == TriggerLevel.Row
            && claim is { OldTable: null, NewTable: null }
        )
        {
            var deferrable = claim with { Deferrable = true };
            yield return new("a transaction may put it off", drop, Create(deferrable));
            yield return new(
                "it is put off to the transaction's end",
                drop,
                Create(deferrable with { InitiallyDeferred = true })
            );
            yield return new(
                "it is a constraint trigger that fires at once",
                drop,
                Create(claim).Replace("CREATE TRIGGER", "CREATE CONSTRAINT TRIGGER", StringComparison.Ordinal)
            )
            {
                Harmless = true,
            };
        }
    }

    private static string Create(TriggerClaim claim)
    {
        var events = claim.Events.Select(change =>
            change == TriggerEvent.Update && claim.Columns.Count > 0
                ? $"UPDATE OF {string.Join(", ", claim.Columns.Select(SqlText.QuoteName))}"
                : change.Text.ToUpperInvariant()
        );
        return $"CREATE {(claim.Deferrable ? "CONSTRAINT " : "")}TRIGGER {SqlText.QuoteName(claim.Name)} {claim.Timing.Text.Replace('_', ' ').ToUpperInvariant()} "
            + $"{string.Join(" OR ", events)} ON {claim.Table.ToSql()} {Deferral(claim)}{Referencing(claim)}FOR EACH {claim.Level.Text.ToUpperInvariant()} "
            + (claim.When is null ? "" : $"WHEN ({claim.When}) ")
            + $"EXECUTE FUNCTION {claim.Function.ToSql()}({string.Join(", ", claim.Arguments.Select(SqlText.QuoteLiteral))})";
    }

    private static string Deferral(TriggerClaim claim) =>
        !claim.Deferrable ? ""
        : claim.InitiallyDeferred == true ? "DEFERRABLE INITIALLY DEFERRED "
        : "DEFERRABLE ";

    private static string Referencing(TriggerClaim claim) =>
        claim.OldTable is null && claim.NewTable is null
            ? ""
            : "REFERENCING "
                + (claim.OldTable is null ? "" : $"OLD TABLE AS {SqlText.QuoteName(claim.OldTable)} ")
                + (claim.NewTable is null ? "" : $"NEW TABLE AS {SqlText.QuoteName(claim.NewTable)} ");
}
