using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.EventTrigger;

/// <content>How an event trigger is repaired, and how it is broken.</content>
public sealed partial class EventTriggerKind
{
    protected override IEnumerable<string> Remedy(EventTriggerClaim claim, EventTriggerFact? fact)
    {
        foreach (var statement in NewSessions.FireTriggers(fact?.SessionsWithoutTriggers ?? []))
        {
            yield return statement;
        }

        foreach (
            var statement in (fact?.SessionsWithoutEventTriggers ?? []).SelectMany(command =>
                NewSessions.Reset(command, "event_triggers", "on")
            )
        )
        {
            yield return statement;
        }

        foreach (var statement in TriggerFunction.Reset(fact is null ? [] : [fact]))
        {
            yield return statement;
        }

        yield return $"DROP EVENT TRIGGER IF EXISTS {SqlText.QuoteName(claim.Name)}";
        yield return Create(claim);
        if (claim.Enabled == TriggerEnabled.Always)
        {
            yield return $"ALTER EVENT TRIGGER {SqlText.QuoteName(claim.Name)} ENABLE ALWAYS";
        }
    }

    private static string Create(EventTriggerClaim claim) =>
        $"CREATE EVENT TRIGGER {SqlText.QuoteName(claim.Name)} ON {claim.Event.Text}"
        + (
            claim.Tags.Count == 0
                ? ""
                : $" WHEN TAG IN ({string.Join(", ", claim.SortedTags.Select(SqlText.QuoteLiteral))})"
        )
        + $" EXECUTE FUNCTION {claim.Function.ToSql()}()";

    protected override IEnumerable<Sabotage> Sabotages(EventTriggerClaim claim)
    {
        var name = SqlText.QuoteName(claim.Name);
        var alter = $"ALTER EVENT TRIGGER {name}";
        var drop = $"DROP EVENT TRIGGER {name}";
        var decoy = new ObjectName("public", "symphony_decoy");
        string Function(ObjectName function, string body) =>
            $"CREATE OR REPLACE FUNCTION {function.ToSql()}() RETURNS event_trigger LANGUAGE plpgsql AS $symphony$ BEGIN {body} END $symphony$";
        Sabotage Made(string what, EventTriggerClaim changed) => new(what, drop, Create(changed));

        yield return new("it is dropped", drop);
        yield return new("it is disabled", $"{alter} DISABLE");
        yield return new("it fires in replication only", $"{alter} ENABLE REPLICA");
        yield return new("it bears another name", $"{alter} RENAME TO symphony_decoy");
        yield return new(
            "another function is called",
            drop,
            Function(decoy, ""),
            Create(claim with { Function = decoy })
        );
        yield return new(
            "a function of the same name in another schema is called",
            drop,
            $"CREATE SCHEMA {Relations.DecoySchema}",
            Function(claim.Function with { Schema = Relations.DecoySchema }, ""),
            Create(claim with { Function = claim.Function with { Schema = Relations.DecoySchema } })
        );
        yield return new("the function is hollowed out", Function(claim.Function, "RETURN;"))
        {
            BeyondRemedy = true,
            Harmless = claim.BodySha256 is null,
        };
        yield return new("new sessions fire no event trigger", SabotageSql.SetForDatabase("event_triggers = off"))
        {
            SinceMajor = 17,
        };
        yield return new(
            "a role fires no event trigger",
            "CREATE ROLE symphony_decoy",
            "ALTER ROLE symphony_decoy SET event_triggers = no"
        )
        {
            SinceMajor = 17,
        };
        yield return new("new sessions skip triggers", SabotageSql.SetForDatabase("session_replication_role = replica"))
        {
            Harmless = claim.Enabled == TriggerEnabled.Always,
        };
        yield return new(
            "a role skips triggers, in capitals",
            "CREATE ROLE symphony_decoy",
            "ALTER ROLE symphony_decoy SET session_replication_role = 'REPLICA'"
        )
        {
            Harmless = claim.Enabled == TriggerEnabled.Always,
        };
        yield return new("it fires in replication, too", $"{alter} ENABLE ALWAYS")
        {
            Harmless = claim.Enabled != TriggerEnabled.Origin,
        };
        if (claim.Enabled == TriggerEnabled.Always)
        {
            yield return new("it fires in ordinary sessions only", $"{alter} ENABLE");
        }

        if (claim.Event != DatabaseEvent.Login)
        {
            yield return claim.Tags.Count == 0
                ? Made("it fires on one command only", claim with { Tags = ["DROP TABLE"] })
                : Made("it fires on every command", claim with { Tags = [] });
            yield return Made(
                "it fires at another time",
                claim with
                {
                    Event = claim.Event == DatabaseEvent.SqlDrop ? DatabaseEvent.DdlCommandEnd : DatabaseEvent.SqlDrop,
                    Tags = claim.Tags.Count == 0 ? [] : ["DROP TABLE"],
                }
            );
        }

        if (claim.Tags.Count > 1)
        {
            yield return Made(
                "it no longer fires on one of the commands",
                claim with
                {
                    Tags = [.. claim.Tags.Skip(1)],
                }
            );
        }

        foreach (var setting in TriggerFunctionSabotages.All(claim.Function, claim.BodySha256 is not null))
        {
            yield return setting;
        }

        yield return new("a comment is set", $"COMMENT ON EVENT TRIGGER {name} IS 'looked at'") { Harmless = true };
        yield return new(
            "another event trigger stands beside it",
            Function(decoy, ""),
            Create(claim with { Name = "symphony_beside", Function = decoy })
        )
        {
            Harmless = true,
        };
        yield return new(
            "it is made anew",
            [drop, Create(claim), .. claim.Enabled == TriggerEnabled.Always ? new[] { $"{alter} ENABLE ALWAYS" } : []]
        )
        {
            Harmless = true,
        };
    }
}
