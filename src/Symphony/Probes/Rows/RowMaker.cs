using Symphony.Catalog;
using Symphony.Probes.Shapes;

namespace Symphony.Probes.Rows;

/// <summary>What a row is wanted for.</summary>
/// <param name="Given">Values that it must have.</param>
/// <param name="Filled">Columns that must not be left to a default or to NULL.</param>
/// <param name="Hold">Conditions that it must satisfy beyond the table's own.</param>
internal sealed record RowWish(
    IReadOnlyDictionary<string, string?> Given,
    IReadOnlySet<string> Filled,
    IReadOnlyList<string> Hold
)
{
    public static RowWish Any { get; } = WithFilled();

    public static RowWish WithFilled(params IEnumerable<string> columns) =>
        new(new Dictionary<string, string?>(), columns.ToHashSet(StringComparer.Ordinal), []);

    public static RowWish WithGiven(IReadOnlyDictionary<string, string?> given) =>
        new(given, new HashSet<string>(), []);
}

/// <summary>
/// Makes the smallest row that a table accepts: only what must be written is, references get rows of their own, and
/// where the server refuses the row, what it names is chosen anew until it is accepted.
/// </summary>
internal sealed partial class RowMaker(
    RolledBackSession session,
    ShapeReader shapes,
    ValueMaker values,
    RowSolver solver,
    RowWriter writer,
    RowRecipes recipes
)
{
    private const int MostRepairs = 24;

    /// <summary>Far enough from the small numbers that tables hold anyway.</summary>
    private int _seed = 7000;

    private readonly List<Making> _making = [];

    /// <summary>A row under way: tables that refer to each other find its values here.</summary>
    private sealed class Making(ObjectName table, TableShape shape, RowWish wish)
    {
        public ObjectName Table => table;

        public TableShape Shape => shape;

        public RowWish Wish => wish;

        public Dictionary<string, string?> Values { get; } = new(wish.Given, StringComparer.Ordinal);

        /// <summary>It waits for a row that refers to it, or the other way round.</summary>
        public bool IsDeferred { get; set; }

        /// <summary>How often it was somebody else's row.</summary>
        public int Duplicates { get; set; }

        public bool MayChange(string column) => !wish.Given.ContainsKey(column);

        public Draft Draft => new(table, new Dictionary<string, string?>(Values, StringComparer.Ordinal));
    }

    /// <summary>
    /// A row that the table accepts: it was tried and taken back. The rows that it refers to have been inserted, to
    /// stay until the caller's attempt ends.
    /// </summary>
    /// <exception cref="RowNotMadeException">None could be made; the message says why, and what would help.</exception>
    public async Task<Draft> MakeAsync(ObjectName table, RowWish wish, CancellationToken cancel)
    {
        var shape =
            await shapes.TableAsync(table, cancel)
            ?? throw new RowNotMadeException(
                $"there is no table {table}",
                "Create it with the migration that owns it, or correct the name in the manifest.",
                null
            );
        var known = await recipes.ApplyAsync(table, wish, this, cancel);
        var making = new Making(table, shape, known);
        _making.Add(making);
        try
        {
            await FillAsync(making, cancel);
            await SettleAsync(making, cancel);
            return making.Draft;
        }
        finally
        {
            _making.Remove(making);
        }
    }

    /// <summary>A row that the table accepts, inserted.</summary>
    /// <exception cref="RowNotMadeException">None could be made, or it was swallowed.</exception>
    public async Task<StoredRow> InsertAsync(ObjectName table, RowWish wish, CancellationToken cancel)
    {
        var draft = await MakeAsync(table, wish, cancel);
        var insertion = await writer.InsertAsync(draft, deferred: _making.Exists(making => making.IsDeferred), cancel);
        return insertion switch
        {
            { Row: { } row } => row,
            { Refusal: { } refusal } => throw new RowNotMadeException(
                $"a row of {table} was refused: {Words.Of(refusal)}",
                $"Give the manifest's `rows` an entry for {table} with the values that a row needs.",
                refusal.SqlState
            ),
            _ => throw RowNotMadeException.Swallowed(table),
        };
    }

    /// <summary>A value that no other row of this session has in the column, where its type has room.</summary>
    public async Task<string> FreshAsync(ObjectName table, string column, CancellationToken cancel)
    {
        var shape = await shapes.TableAsync(table, cancel);
        var found = shape?.Find(column) ?? throw NoColumn(table, column);
        return (await values.CandidatesAsync(found.Type, found.Modifier, _seed++, cancel))[0];
    }

    /// <summary>Values for a row that it does not satisfy; null when none of those tried will do.</summary>
    public async Task<Draft?> ViolateAsync(
        Draft accepted,
        IReadOnlyList<string> columns,
        Wish wish,
        CancellationToken cancel
    )
    {
        var shape = (await shapes.TableAsync(accepted.Table, cancel))!;
        var free = columns.Where(column => shape.Find(column) is { Generation: null }).ToList();
        var chosen = await solver.SolveAsync(
            shape,
            accepted.Table.Name,
            accepted.Values,
            free,
            new HashSet<string>(),
            wish,
            _seed++,
            skip: 0,
            cancel
        );
        return chosen is null ? null : accepted.With(chosen);
    }

    /// <summary>What must be written: references first, for their values come from rows that exist.</summary>
    private async Task FillAsync(Making making, CancellationToken cancel)
    {
        foreach (
            var unknown in making.Wish.Given.Keys.Concat(making.Wish.Filled).Where(c => making.Shape.Find(c) is null)
        )
        {
            throw NoColumn(making.Table, unknown);
        }

        foreach (var reference in making.Shape.ForeignKeys.Where(reference => IsNeeded(making, reference)))
        {
            await ReferAsync(making, reference, cancel);
        }

        foreach (var column in making.Shape.Columns.Where(column => MustBeWritten(making, column)))
        {
            await AssignAsync(making, column, cancel);
        }

        if (making.Wish.Hold.Count > 0)
        {
            await ChooseAsync(making, making.Wish.Hold, ColumnsIn(making, making.Wish.Hold), cancel);
        }
    }

    private static bool MustBeWritten(Making making, ColumnShape column) =>
        !making.Values.ContainsKey(column.Name)
        && column.Generation is null
        && ((column.NotNull && !column.FillsItself) || making.Wish.Filled.Contains(column.Name));

    private static bool IsNeeded(Making making, ReferenceShape reference) =>
        reference.Columns.Any(column => making.Shape.Find(column) is { } shape && MustBeWritten(making, shape))
        || (
            // A value that was given for one column of several is the start of a reference.
            reference.Columns.Any(column => making.Values.GetValueOrDefault(column) is not null)
            && reference.Columns.Any(column => !making.Values.ContainsKey(column))
        );

    private async Task AssignAsync(Making making, ColumnShape column, CancellationToken cancel)
    {
        making.Values[column.Name] = (await values.CandidatesAsync(column.Type, column.Modifier, _seed++, cancel))[0];
        if ((await shapes.TypeAsync(column.Type, cancel)).Base is not null)
        {
            // A domain may ask for more than its base does.
            await ChooseAsync(making, [], [column.Name], cancel);
        }
    }

    /// <summary>Chooses columns so that conditions hold, and leaves what was given.</summary>
    private async Task ChooseAsync(
        Making making,
        IReadOnlyList<string> conditions,
        IReadOnlyList<string> columns,
        CancellationToken cancel
    )
    {
        var free = columns.Where(making.MayChange).ToList();
        var chosen = await solver.SolveAsync(
            making.Shape,
            making.Table.Name,
            making.Values,
            free,
            making.Wish.Filled,
            new Wish(conditions, []),
            _seed++,
            making.Duplicates,
            cancel
        );
        if (chosen is null)
        {
            var named = string.Join(
                ", ",
                (free.Count > 0 ? free : columns).Select(column => $"{making.Table}.{column}")
            );
            throw new RowNotMadeException(
                $"no value that was tried for {named} satisfies {string.Join(" and ", conditions)}",
                $"Put a value for {named} under `values` in the manifest's `rows` for {making.Table}.",
                null
            );
        }

        foreach (var (column, value) in chosen)
        {
            making.Values[column] = value;
        }
    }

    private static List<string> ColumnsIn(Making making, IReadOnlyList<string> conditions)
    {
        var names = conditions.SelectMany(RowSolver.NamesIn).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. making
                .Shape.Columns.Where(column => column.Generation is null && names.Contains(column.Name))
                .Select(column => column.Name),
        ];
    }

    private static RowNotMadeException NoColumn(ObjectName table, string column) =>
        new($"the table {table} has no column {column}", "Correct the column's name in the manifest.", null);
}
