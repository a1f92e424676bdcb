using Symphony.Catalog;
using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Rows;

/// <summary>What the values of a row must satisfy: as a CHECK does (NULL is enough), or not at all.</summary>
internal sealed record Wish(IReadOnlyList<string> Hold, IReadOnlyList<string> Fail)
{
    public IReadOnlyList<string> All { get; } = [.. Hold, .. Fail];
}

/// <summary>
/// Chooses values of a few columns that satisfy conditions: the server tries all combinations of what is worth trying
/// in one query, and gives the first that does.
/// </summary>
internal sealed class RowSolver(RolledBackSession session, ColumnChoices choices)
{
    /// <summary>Combinations that one query may try.</summary>
    private const int MostCombinations = 20_000;

    private const int MostSkipped = 40;

    /// <summary>Combinations that are tried one by one where some make the condition itself fail.</summary>
    private const int MostSingly = 300;

    /// <param name="table">The table's shape.</param>
    /// <param name="alias">The name that the conditions may give it.</param>
    /// <param name="given">The values that the row has and keeps.</param>
    /// <param name="columns">The columns to choose for.</param>
    /// <param name="filled">Those of them that are not to be NULL.</param>
    /// <param name="skip">So many combinations that would do are passed over: other rows have them.</param>
    /// <returns>Values for <paramref name="columns"/>, or null when nothing that was tried will do.</returns>
    public async Task<Dictionary<string, string?>?> SolveAsync(
        TableShape table,
        string alias,
        IReadOnlyDictionary<string, string?> given,
        IReadOnlyList<string> columns,
        IReadOnlySet<string> filled,
        Wish wish,
        int seed,
        int skip,
        CancellationToken cancel
    )
    {
        var generations = table.Columns.Select(column => column.Generation).OfType<string>();
        var names = wish.All.Concat(generations).SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        bool IsMentioned(ColumnShape column) => names.Contains(column.Name);
        var open = new List<ColumnChoice>();
        foreach (var column in table.Columns.Where(column => columns.Contains(column.Name)))
        {
            var nullable = !column.NotNull && !filled.Contains(column.Name);
            open.Add(await choices.OfAsync(column, wish.All, nullable, seed, cancel));
        }

        var fixedChoices = table
            .Columns.Where(column =>
                given.ContainsKey(column.Name) && !columns.Contains(column.Name) && IsMentioned(column)
            )
            .Select(column => new ColumnChoice(column.Name, column.Type, [given[column.Name]], []));
        var most = Math.Max(2, (int)Math.Pow(MostCombinations, 1.0 / Math.Max(1, open.Count)));
        var all = open.Select(choice => choice with { Values = [.. choice.Values.Take(most)] })
            .Concat(fixedChoices)
            .ToList();
        var named = all.Select(choice => choice.Column).ToHashSet(StringComparer.Ordinal);
        // What is neither chosen nor given is NULL, or comes from an expression.
        all.AddRange(
            table
                .Columns.Where(column =>
                    !named.Contains(column.Name) && column.Generation is null && IsMentioned(column)
                )
                .Select(column => new ColumnChoice(column.Name, column.Type, [null], []))
        );
        var sql = Sql(table, alias, all, open, wish);
        var (rows, refusal) = await AskAsync(sql, all, cancel);
        var row = refusal is null
            ? rows.ElementAtOrDefault(Math.Min(skip, rows.Count - 1))
            : await FirstOfSinglesAsync(sql, all, open.Count, cancel);
        return row is null
            ? null
            : open.Select((choice, i) => (choice.Column, Value: row[i]))
                .ToDictionary(pair => pair.Column, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>Whether a row satisfies conditions as it is; null where the server refuses to say.</summary>
    public async Task<bool?> HoldsAsync(
        TableShape table,
        string alias,
        IReadOnlyDictionary<string, string?> row,
        Wish wish,
        CancellationToken cancel
    )
    {
        var all = table
            .Columns.Where(column => column.Generation is null)
            .Select(column => new ColumnChoice(column.Name, column.Type, [row.GetValueOrDefault(column.Name)], []))
            .ToList();
        var (rows, refusal) = await AskAsync(Sql(table, alias, all, [], wish), all, cancel);
        return refusal is null ? rows.Count > 0 : null;
    }

    /// <summary>Every name in an expression; a column's may be among them.</summary>
    public static IEnumerable<string> NamesIn(string expression)
    {
        try
        {
            return SqlLexer.Read(expression).Where(token => token.IsAnyName).Select(token => token.Text);
        }
        catch (SqlSyntaxException)
        {
            return [];
        }
    }

    /// <summary>The columns that can be written so that expressions see something else; of a generated one, what it is made of.</summary>
    public static IReadOnlyList<string> SourcesIn(TableShape table, IEnumerable<string> expressions)
    {
        var names = expressions.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        var generations = table
            .Columns.Where(column => names.Contains(column.Name))
            .Select(column => column.Generation);
        names.UnionWith(generations.OfType<string>().SelectMany(NamesIn).ToList());
        return
        [
            .. table
                .Columns.Where(column => column.Generation is null && names.Contains(column.Name))
                .Select(column => column.Name),
        ];
    }

    private static string Sql(
        TableShape table,
        string alias,
        IReadOnlyList<ColumnChoice> all,
        IReadOnlyList<ColumnChoice> open,
        Wish wish
    )
    {
        var columns = all.Select((choice, i) => $"CAST(c{i}.v AS {choice.Type}) AS {SqlText.QuoteName(choice.Column)}");
        var lists = all.Select(
                (_, i) => $"pg_catalog.unnest(${i + 1}::pg_catalog.text[]) WITH ORDINALITY AS c{i}(v, o)"
            )
            .DefaultIfEmpty("(VALUES (1)) AS one (v)");
        var ranks = open.Select((_, i) => $"c{i}.o").DefaultIfEmpty("0").ToList();
        var generated = table
            .Columns.Where(column => column.Generation is not null)
            .Select(column => $", ({column.Generation}) AS {SqlText.QuoteName(column.Name)}");
        var conditions = wish
            .Hold.Concat(open.SelectMany(choice => choice.Conditions))
            .Select(condition => $"({condition}) IS NOT FALSE")
            .Concat(wish.Fail.Select(condition => $"({condition}) IS FALSE"))
            .DefaultIfEmpty("true");
        var chosen = open.Select(choice => SqlText.QuoteName(choice.Column) + "::pg_catalog.text")
            .DefaultIfEmpty("NULL");
        var order = ranks.Select((_, i) => $"\"symphony rank {i}\"");
        return $"SELECT {string.Join(", ", chosen)} FROM (SELECT base.*{string.Concat(generated)} FROM (SELECT "
            + string.Concat(columns.Select(column => column + ", "))
            + $"{string.Join(" + ", ranks)} AS \"symphony rank\", "
            + string.Join(", ", ranks.Select((rank, i) => $"{rank} AS \"symphony rank {i}\""))
            + $" FROM {string.Join(" CROSS JOIN ", lists)}) AS base) AS {SqlText.QuoteName(alias)} WHERE "
            + string.Join(" AND ", conditions)
            + $" ORDER BY \"symphony rank\", {string.Join(", ", order)} LIMIT {MostSkipped}";
    }

    private Task<(IReadOnlyList<string?[]> Rows, Refusal? Refusal)> AskAsync(
        string sql,
        IReadOnlyList<ColumnChoice> all,
        CancellationToken cancel
    ) => session.PeekAsync([], sql, [.. all.Select(choice => SqlText.ArrayLiteral(choice.Values))], cancel);

    /// <summary>A combination on which a condition does not answer but fails is not one that satisfies it.</summary>
    private async Task<string?[]?> FirstOfSinglesAsync(
        string sql,
        IReadOnlyList<ColumnChoice> all,
        int open,
        CancellationToken cancel
    )
    {
        foreach (var combination in Combinations(all, open).Take(MostSingly))
        {
            var (rows, refusal) = await AskAsync(sql, combination, cancel);
            if (refusal is null && rows.Count > 0)
            {
                return rows[0];
            }
        }

        return null;
    }

    /// <summary>Those near the front of all lists first.</summary>
    private static IEnumerable<IReadOnlyList<ColumnChoice>> Combinations(IReadOnlyList<ColumnChoice> all, int open)
    {
        IEnumerable<int[]> places =
        [
            [],
        ];
        for (var i = 0; i < open; i++)
        {
            var count = all[i].Values.Count;
            places = places.SelectMany(place => Enumerable.Range(0, count).Select(next => (int[])[.. place, next]));
        }

        return places
            .Take(MostCombinations)
            .OrderBy(place => place.Sum())
            .Select(place =>
                (IReadOnlyList<ColumnChoice>)
                    [
                        .. all.Select(
                            (choice, i) => i < open ? choice with { Values = [choice.Values[place[i]]] } : choice
                        ),
                    ]
            );
    }
}
