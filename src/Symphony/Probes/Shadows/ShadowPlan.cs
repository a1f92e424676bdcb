using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Shadows;

/// <summary>The tables and functions of which shadows are made for one probe, and what they are like.</summary>
/// <param name="Doubt">Why the copies of functions may do what the functions themselves do not, as a sentence; null where they do the same.</param>
internal sealed record ShadowPlan(
    IReadOnlyDictionary<ObjectName, ShadowParts> Tables,
    IReadOnlyList<NamedFunction> Functions,
    string? Doubt
)
{
    public ShadowText Text { get; } =
        new(
            Tables.Keys.ToHashSet(),
            Functions.Select(function => new ObjectName(function.Schema, function.Name)).ToHashSet()
        );
}

/// <summary>
/// Follows what a probe may touch: references, rows that recipes ask for, and what triggers, rules and policies name,
/// also by way of functions. Before any shadow stands: a temporary table hides the real one from definitions.
/// </summary>
internal sealed class ShadowPlanner(RolledBackSession session, ShapeReader shapes, IReadOnlyList<RowRecipe> recipes)
{
    /// <summary>Definitions do not change while only rows are written, and those are rolled back.</summary>
    private readonly Dictionary<ObjectName, ShadowParts?> _parts = [];
    private readonly Dictionary<(string Text, string Path), NamedObjects> _named = [];
    private readonly Dictionary<string, string?> _doubts = new(StringComparer.Ordinal);
    private string? _sessionPath;

    public async Task<ShadowPlan> PlanAsync(Behaviour behaviour, CancellationToken cancel)
    {
        var waiting = new Queue<ObjectName>(Named(behaviour));
        var tables = new Dictionary<ObjectName, ShadowParts>();
        var reach = new Reach();
        while (waiting.TryDequeue(out var table))
        {
            if (tables.ContainsKey(table))
            {
                continue;
            }

            var parts =
                await PartsAsync(table, cancel)
                ?? throw ShadowTables.NotMade(table, "there is no such ordinary or partitioned table", null);
            tables.Add(table, parts);
            var shape = await shapes.TableAsync(table, cancel);
            var referenced = shape?.ForeignKeys.Select(reference => reference.Target) ?? [];
            var asked = recipes
                .Where(recipe => recipe.Table == table)
                .SelectMany(recipe => recipe.Given ?? [])
                .Select(row => row.Insert);
            var named = await FollowAsync(Printed(parts.Texts), reach, static _ => true, cancel);
            foreach (var next in referenced.Concat(asked).Concat(named))
            {
                waiting.Enqueue(next);
            }
        }

        return new ShadowPlan(tables, [.. reach.Functions.Values], await DoubtAsync(reach.Functions.Values, cancel));
    }

    /// <summary>A copy of a SECURITY DEFINER function belongs to who makes it, and runs with those rights.</summary>
    private async Task<string?> DoubtAsync(IEnumerable<NamedFunction> functions, CancellationToken cancel)
    {
        foreach (var function in functions.Where(function => function.RunsAs is not null))
        {
            if (!_doubts.TryGetValue(function.Signature, out var doubt))
            {
                doubt = await new DefinerRights(this, shapes).DoubtAsync(function, cancel);
                _doubts[function.Signature] = doubt;
            }

            if (doubt is not null)
            {
                return doubt;
            }
        }

        return null;
    }

    /// <summary>What a function may touch while it runs with its owner's rights; others that run with their own are named, and not followed.</summary>
    public async Task<Reach> ReachAsync(NamedFunction function, CancellationToken cancel)
    {
        var reach = new Reach();
        var waiting = new Queue<ObjectName>(
            await FollowAsync([(function.Body, await PathOfAsync(function, cancel))], reach, Follows, cancel)
        );
        while (waiting.TryDequeue(out var table))
        {
            if (reach.Tables.Add(table) && await PartsAsync(table, cancel) is { } parts)
            {
                foreach (var next in await FollowAsync(Printed(parts.Texts), reach, Follows, cancel))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return reach;

        static bool Follows(NamedFunction next) => next.RunsAs is null;
    }

    private static IEnumerable<ObjectName> Named(Behaviour behaviour) =>
        [
            behaviour.Table,
            .. (behaviour as Scenario)?.Given.Select(row => row.Insert) ?? [],
            .. (behaviour as RowsAreGuarded)?.Reads ?? [],
        ];

    private async Task<ShadowParts?> PartsAsync(ObjectName table, CancellationToken cancel)
    {
        if (!_parts.TryGetValue(table, out var parts))
        {
            parts = await shapes.ReadAsync("Probes/Shadows/shadow.sql", table, ShadowJson.Default.ShadowParts, cancel);
            _parts[table] = parts;
        }

        return parts;
    }

    /// <summary>The tables that texts name, themselves or by way of functions.</summary>
    /// <param name="texts">Each with the search path that its names are looked up by.</param>
    /// <param name="reach">Takes the functions that are named.</param>
    /// <param name="follows">Whether a function's own body is looked at.</param>
    private async Task<IReadOnlyList<ObjectName>> FollowAsync(
        IEnumerable<(string Text, string Path)> texts,
        Reach reach,
        Func<NamedFunction, bool> follows,
        CancellationToken cancel
    )
    {
        var tables = new List<ObjectName>();
        var waiting = new Queue<(string Text, string Path)>(texts);
        while (waiting.TryDequeue(out var next))
        {
            var named = await LookUpAsync(next.Text, next.Path, cancel);
            tables.AddRange(named.Tables.Select(table => table.Table));
            reach.Unread.UnionWith(named.Unread);
            foreach (
                var function in named.Functions.Where(function => reach.Functions.TryAdd(function.Signature, function))
            )
            {
                if (follows(function))
                {
                    waiting.Enqueue((function.Body, await PathOfAsync(function, cancel)));
                }
            }
        }

        return tables;
    }

    /// <summary>What the server itself prints has every name's schema.</summary>
    private static IEnumerable<(string Text, string Path)> Printed(IEnumerable<string> texts) =>
        texts.Select(text => (text, ""));

    private async Task<string> PathOfAsync(NamedFunction function, CancellationToken cancel) =>
        function.Path ?? await SessionPathAsync(cancel);

    private async Task<NamedObjects> LookUpAsync(string text, string path, CancellationToken cancel)
    {
        if (_named.TryGetValue((text, path), out var known))
        {
            return known;
        }

        var names = ShadowText.NamesIn(text).OrderBy(name => name.ToString(), StringComparer.Ordinal).ToList();
        var schemas = path.Split(',').Select(schema => schema.Trim(' ', '"')).Where(schema => schema.Length > 0);
        var found = (
            await shapes.ReadAsync(
                "Probes/Shadows/named.sql",
                [
                    SqlText.ArrayLiteral(names.Select(name => name.Schema ?? "")),
                    SqlText.ArrayLiteral(names.Select(name => name.Name)),
                    SqlText.ArrayLiteral(schemas),
                ],
                ShadowJson.Default.NamedObjects,
                cancel
            )
        )!;
        _named[(text, path)] = found;
        return found;
    }

    private async Task<string> SessionPathAsync(CancellationToken cancel)
    {
        if (_sessionPath is null)
        {
            var (rows, _) = await session.PeekAsync(
                [],
                "SELECT pg_catalog.array_to_string(pg_catalog.current_schemas(false), ',')",
                [],
                cancel
            );
            _sessionPath = rows is [[{ } path]] ? path : "";
        }

        return _sessionPath;
    }
}
