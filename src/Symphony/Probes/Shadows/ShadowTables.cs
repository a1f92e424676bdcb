using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Sql;

namespace Symphony.Probes.Shadows;

/// <summary>Where a probe finds its tables, and how it says what it reads.</summary>
/// <param name="Doubt">Why what happens there may not happen to the real tables, as a sentence; null where it does.</param>
internal sealed record Stage(TableNaming Naming, Func<string, string> Moved, string? Doubt = null)
{
    /// <summary>The real tables.</summary>
    public static Stage Real { get; } = new(static table => table.ToSql(), static text => text);
}

/// <summary>
/// Temporary tables that stand in for the real ones: their columns, defaults, checks, keys, references among each
/// other, triggers, rules and policies, all under their own names. The functions that these call are copied as well,
/// so that they read and write shadows. No row is written to a real table, but by what a body puts together itself.
/// </summary>
internal sealed class ShadowTables(RolledBackSession session, ShadowPlanner planner)
{
    /// <summary>Makes shadows of every table that a probe may write to; they go with the caller's attempt.</summary>
    /// <exception cref="RowNotMadeException">One could not be made.</exception>
    public async Task<Stage> CastAsync(Behaviour behaviour, CancellationToken cancel)
    {
        var plan = await planner.PlanAsync(behaviour, cancel);
        if (plan.Tables.Keys.GroupBy(table => table.Name).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw NotMade(same.First(), $"{string.Join(" and ", same)} would have the same name", null);
        }

        foreach (var table in plan.Tables.Keys)
        {
            await RunAsync(
                table,
                $"CREATE TEMPORARY TABLE {SqlText.QuoteName(table.Name)} (LIKE {table.ToSql()} INCLUDING DEFAULTS INCLUDING GENERATED "
                    + "INCLUDING IDENTITY INCLUDING CONSTRAINTS) ON COMMIT DROP",
                cancel
            );
        }

        foreach (var (table, own) in plan.Tables)
        {
            await KeysAsync(table, own, cancel);
        }

        await FunctionsAsync(plan, cancel);
        foreach (var (table, own) in plan.Tables)
        {
            await ReferencesAsync(table, own, cancel);
            await TriggersAndRulesAsync(table, own, plan.Text, cancel);
            await PoliciesAsync(table, own, plan.Text, behaviour, cancel);
        }

        return new Stage(
            table =>
                plan.Tables.ContainsKey(table)
                    ? Shadow(table)
                    : throw NotMade(table, "it was not known to be needed", null),
            plan.Text.Moved,
            plan.Doubt
        );
    }

    private static string Shadow(ObjectName table) => ShadowText.Of(table.Name);

    private async Task KeysAsync(ObjectName table, ShadowParts own, CancellationToken cancel)
    {
        foreach (var key in own.Keys)
        {
            await RunAsync(
                table,
                $"ALTER TABLE {Shadow(table)} ADD CONSTRAINT {SqlText.QuoteName(key.Name)} {key.Definition}",
                cancel
            );
        }

        foreach (var index in own.Indexes)
        {
            await RunAsync(table, index.Moved("on", (_, _) => Shadow(table)), cancel);
        }
    }

    private async Task FunctionsAsync(ShadowPlan plan, CancellationToken cancel)
    {
        foreach (var function in plan.Functions)
        {
            // One calls another that is not there yet.
            List<string> statements = ["SET LOCAL check_function_bodies = off", plan.Text.Copied(function)];
            if (function.Path is { } path)
            {
                var signature = plan.Text.Moved(function.Signature);
                statements.Add(
                    $"ALTER FUNCTION {signature} SET search_path = {ShadowText.Schema}{(path.Trim() is "" or "\"\"" ? "" : ", " + path)}"
                );
            }

            await RunAsync(new ObjectName(function.Schema, function.Name), statements, cancel);
        }
    }

    private async Task ReferencesAsync(ObjectName table, ShadowParts own, CancellationToken cancel)
    {
        foreach (var reference in own.References)
        {
            var definition = reference.Moved("references", (schema, name) => Shadow(new ObjectName(schema, name)));
            await RunAsync(
                table,
                $"ALTER TABLE {Shadow(table)} ADD CONSTRAINT {SqlText.QuoteName(reference.Name)} {definition}",
                cancel
            );
        }
    }

    private async Task TriggersAndRulesAsync(
        ObjectName table,
        ShadowParts own,
        ShadowText text,
        CancellationToken cancel
    )
    {
        foreach (var trigger in own.Triggers)
        {
            await StandAsync(
                table,
                "TRIGGER",
                trigger,
                text.Moved(trigger.Moved("on", (_, _) => Shadow(table))),
                cancel
            );
        }

        foreach (var rule in own.Rules)
        {
            await StandAsync(table, "RULE", rule, text.Moved(rule.Moved("to", (_, _) => Shadow(table))), cancel);
        }
    }

    private async Task StandAsync(
        ObjectName table,
        string sort,
        ShadowPart part,
        string definition,
        CancellationToken cancel
    )
    {
        await RunAsync(table, definition, cancel);
        if (part.State is { } state)
        {
            await RunAsync(table, $"ALTER TABLE {Shadow(table)} {state} {sort} {SqlText.QuoteName(part.Name)}", cancel);
        }
    }

    /// <summary>
    /// The probing role owns the shadows, so that policies do not bind it unless they are forced on it: in a scenario
    /// where they bind it on the real table, and where a probe is about row security as on the real table, whose owner
    /// the shadow then has.
    /// </summary>
    private async Task PoliciesAsync(
        ObjectName table,
        ShadowParts own,
        ShadowText text,
        Behaviour behaviour,
        CancellationToken cancel
    )
    {
        foreach (var policy in own.Policies)
        {
            await RunAsync(
                table,
                $"CREATE POLICY {SqlText.QuoteName(policy.Name)} ON {Shadow(table)} {text.Moved(policy.Definition)}",
                cancel
            );
        }

        if (!own.RowSecurity)
        {
            return;
        }

        var isGuard = behaviour is RowsAreGuarded or RowSecurityBinds && behaviour.Table == table;
        var isForced = isGuard ? own.Forced : behaviour is Scenario && own.Binds;
        await RunAsync(table, $"ALTER TABLE {Shadow(table)} ENABLE ROW LEVEL SECURITY", cancel);
        if (isForced)
        {
            await RunAsync(table, $"ALTER TABLE {Shadow(table)} FORCE ROW LEVEL SECURITY", cancel);
        }

        if (isGuard)
        {
            // Only who is of the owner's role may; to others the shadow is their own.
            await session.AttemptAsync(
                async () =>
                    (
                        0,
                        await session.TryAsync(
                            [$"ALTER TABLE {Shadow(table)} OWNER TO {SqlText.QuoteName(own.Owner)}"],
                            cancel
                        )
                    ),
                cancel
            );
        }
    }

    private Task RunAsync(ObjectName about, string statement, CancellationToken cancel) =>
        RunAsync(about, [statement], cancel);

    private async Task RunAsync(ObjectName about, IReadOnlyList<string> statements, CancellationToken cancel)
    {
        if (await session.TryAsync(statements, cancel) is { } refusal)
        {
            throw NotMade(about, Words.Of(refusal), refusal.SqlState);
        }
    }

    public static RowNotMadeException NotMade(ObjectName table, string reason, string? sqlState) =>
        new(
            $"a shadow of {table} could not be made: {reason}",
            "Grant the probing role SELECT on the tables, EXECUTE on their triggers' functions and TEMPORARY on the database; or probe a database of your own with --probe direct.",
            sqlState
        );
}
