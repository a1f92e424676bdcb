using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Shadows;

/// <summary>The tables and functions of which shadows are made for one probe, and what they are like.</summary>
internal sealed record ShadowPlan(
    IReadOnlyDictionary<ObjectName, ShadowParts> Tables,
    IReadOnlyList<NamedFunction> Functions
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
    private string? _sessionPath;

    public async Task<ShadowPlan> PlanAsync(Behaviour behaviour, CancellationToken cancel)
    {
        var waiting = new Queue<ObjectName>(Named(behaviour));
        var tables = new Dictionary<ObjectName, ShadowParts>();
        var functions = new Dictionary<string, NamedFunction>(StringComparer.Ordinal);
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
            var named = await FollowAsync(parts.Texts, functions, cancel);
            foreach (var next in referenced.Concat(asked).Concat(named))
            {
                waiting.Enqueue(next);
            }
        }

        return new ShadowPlan(tables, [.. functions.Values]);
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
    private async Task<IReadOnlyList<ObjectName>> FollowAsync(
        IEnumerable<string> texts,
        Dictionary<string, NamedFunction> functions,
        CancellationToken cancel
    )
    {
        var tables = new List<ObjectName>();
        // What the server itself prints has every name's schema.
        var waiting = new Queue<(string Text, string Path)>(texts.Select(text => (text, "")));
        while (waiting.TryDequeue(out var next))
        {
            var named = await LookUpAsync(next.Text, next.Path, cancel);
            tables.AddRange(named.Tables.Select(table => table.Table));
            foreach (var function in named.Functions.Where(function => functions.TryAdd(function.Signature, function)))
            {
                waiting.Enqueue((BodyOf(function), function.Path ?? await SessionPathAsync(cancel)));
            }
        }

        return tables;
    }

    private static string BodyOf(NamedFunction function) =>
        SqlLexer.Read(function.Definition).LastOrDefault(token => token.Kind == SqlTokenKind.String)?.Text ?? "";

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
