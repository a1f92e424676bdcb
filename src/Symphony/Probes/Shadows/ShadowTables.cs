using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Shadows;

/// <summary>
/// Temporary tables that stand in for the real ones: their columns, defaults, checks, keys, references among each
/// other and triggers, all under their own names. No row is written to a real table, but by what triggers do.
/// </summary>
internal sealed class ShadowTables(RolledBackSession session, ShapeReader shapes, IReadOnlyList<RowRecipe> recipes)
{
    /// <summary>Makes shadows of every table that a probe may write to; they go with the caller's attempt.</summary>
    /// <exception cref="RowNotMadeException">One could not be made.</exception>
    public async Task<TableNaming> CastAsync(Behaviour behaviour, CancellationToken cancel)
    {
        var tables = await ReachableAsync(behaviour, cancel);
        if (tables.GroupBy(table => table.Name).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw NotMade(same.First(), $"{string.Join(" and ", same)} would have the same name", null);
        }

        // Before any shadow stands: a temporary table hides the real one from definitions that are printed.
        var parts = new List<(ObjectName Table, ShadowParts Parts)>();
        foreach (var table in tables)
        {
            var own =
                await shapes.ReadAsync("Probes/Shadows/shadow.sql", table, ShadowJson.Default.ShadowParts, cancel)
                ?? throw NotMade(table, "there is no such ordinary or partitioned table", null);
            parts.Add((table, own));
        }

        foreach (var (table, _) in parts)
        {
            await RunAsync(
                table,
                $"CREATE TEMPORARY TABLE {SqlText.QuoteName(table.Name)} (LIKE {table.ToSql()} INCLUDING DEFAULTS INCLUDING GENERATED "
                    + "INCLUDING IDENTITY INCLUDING CONSTRAINTS) ON COMMIT DROP",
                cancel
            );
        }

        foreach (var (table, own) in parts)
        {
            await KeysAsync(table, own, cancel);
        }

        foreach (var (table, own) in parts)
        {
            await ReferencesAndTriggersAsync(table, own, cancel);
        }

        return table =>
            tables.Contains(table) ? Shadow(table) : throw NotMade(table, "it was not known to be needed", null);
    }

    private static string Shadow(ObjectName table) => "pg_temp." + SqlText.QuoteName(table.Name);

    /// <summary>The tables that are named, what they reference, and what their recipes insert into.</summary>
    private async Task<IReadOnlyList<ObjectName>> ReachableAsync(Behaviour behaviour, CancellationToken cancel)
    {
        List<ObjectName> tables = [behaviour.Table];
        tables.AddRange((behaviour as Scenario)?.Given.Select(row => row.Insert) ?? []);
        for (var i = 0; i < tables.Count; i++)
        {
            var shape = await shapes.TableAsync(tables[i], cancel);
            tables.AddRange(shape?.ForeignKeys.Select(reference => reference.Target) ?? []);
            tables.AddRange(
                recipes
                    .Where(recipe => recipe.Table == tables[i])
                    .SelectMany(recipe => recipe.Given ?? [])
                    .Select(row => row.Insert)
            );
            tables = [.. tables.Distinct()];
        }

        return tables;
    }

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

    private async Task ReferencesAndTriggersAsync(ObjectName table, ShadowParts own, CancellationToken cancel)
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

        foreach (var trigger in own.Triggers)
        {
            await RunAsync(table, trigger.Moved("on", (_, _) => Shadow(table)), cancel);
            var state = trigger.Enabled switch
            {
                "D" => "DISABLE",
                "R" => "ENABLE REPLICA",
                "A" => "ENABLE ALWAYS",
                _ => null,
            };
            if (state is not null)
            {
                await RunAsync(
                    table,
                    $"ALTER TABLE {Shadow(table)} {state} TRIGGER {SqlText.QuoteName(trigger.Name)}",
                    cancel
                );
            }
        }
    }

    private async Task RunAsync(ObjectName table, string statement, CancellationToken cancel)
    {
        if (await session.TryAsync([statement], cancel) is { } refusal)
        {
            throw NotMade(table, Words.Of(refusal), refusal.SqlState);
        }
    }

    private static RowNotMadeException NotMade(ObjectName table, string reason, string? sqlState) =>
        new(
            $"a shadow of {table} could not be made: {reason}",
            "Grant the probing role SELECT on the tables, EXECUTE on their triggers' functions and TEMPORARY on the database; or probe a database of your own with --probe direct.",
            sqlState
        );
}
