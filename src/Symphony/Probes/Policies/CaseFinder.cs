using Symphony.Catalog;
using Symphony.Probes.Rows;
using Symphony.Probes.Shapes;
using Symphony.Probes.Witnesses;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>A row, and what a session has set, of which conditions are true or not.</summary>
internal sealed record GuardCase(Draft Row, SessionSettings Settings);

/// <summary>
/// Finds rows and settings for which conditions are true, as the role that the policy is for: the server evaluates
/// what was claimed, and nothing here knows what a condition means.
/// </summary>
/// <param name="shape">The table's.</param>
/// <param name="rows">Rows that the table accepts, to begin with.</param>
/// <param name="free">The columns that may be chosen otherwise.</param>
/// <param name="sessions">What may be set, the likeliest first.</param>
internal sealed class CaseFinder(
    Workbench bench,
    Actor actor,
    TableShape shape,
    IReadOnlyList<Draft> rows,
    IReadOnlyList<string> free,
    IReadOnlyList<SessionSettings> sessions
)
{
    /// <summary>Settings under which columns are chosen anew.</summary>
    private const int MostSolved = 24;

    /// <summary>What is tried in columns, too: what rows hold and the role's name, alone or as the one of a list.</summary>
    private readonly string _hint =
        $"ARRAY[{string.Join(", ", Worth(actor, rows, free).Select(SqlText.QuoteLiteral))}]::pg_catalog.text[] IS NOT NULL";

    /// <summary>What the table asks itself of the columns that are chosen.</summary>
    private readonly IReadOnlyList<string> _checks =
    [
        .. shape
            .Checks.Where(check =>
                RowSolver.SourcesIn(shape, check.Columns.Select(SqlText.QuoteName)).Intersect(free).Any()
            )
            .Select(check => check.Expression),
    ];

    private static IEnumerable<string> Worth(Actor actor, IReadOnlyList<Draft> rows, IReadOnlyList<string> free) =>
        rows.SelectMany(row => free.Select(row.Values.GetValueOrDefault))
            .OfType<string>()
            .Append(actor.Role)
            .Append(SqlText.ArrayLiteral([actor.Role]))
            .Distinct();

    /// <summary>The first case in which all conditions hold, each a truth value that is never NULL.</summary>
    /// <param name="first">Settings that are tried before all others.</param>
    public Task<GuardCase?> FindAsync(
        IReadOnlyList<string> conditions,
        SessionSettings? first,
        CancellationToken cancel
    ) => FindAmongAsync(conditions, first is null ? sessions : [first, .. sessions], cancel);

    /// <summary>The same under these settings alone.</summary>
    public Task<GuardCase?> FindUnderAsync(
        IReadOnlyList<string> conditions,
        SessionSettings settings,
        CancellationToken cancel
    ) => FindAmongAsync(conditions, [settings], cancel);

    public async Task<bool> HoldsAsync(GuardCase which, IReadOnlyList<string> conditions, CancellationToken cancel) =>
        await AskAsync(which, conditions, cancel) is true;

    private async Task<GuardCase?> FindAmongAsync(
        IReadOnlyList<string> conditions,
        IReadOnlyList<SessionSettings> among,
        CancellationToken cancel
    )
    {
        var answering = new List<SessionSettings>();
        foreach (var settings in among)
        {
            var refused = 0;
            foreach (var row in rows)
            {
                var which = new GuardCase(row, settings);
                var holds = await AskAsync(which, conditions, cancel);
                if (holds is true)
                {
                    return which;
                }

                refused += holds is null ? 1 : 0;
            }

            // Under settings that a condition cannot even read no other row will do.
            if (refused < rows.Count)
            {
                answering.Add(settings);
            }
        }

        foreach (var settings in answering.Take(MostSolved))
        {
            foreach (var columns in Choices)
            {
                var row = new GuardCase(rows[0], settings);
                if (
                    await ChooseAsync(row, columns, conditions, cancel) is { } chosen
                    && await AcceptedAsync(chosen, cancel) is { } accepted
                    && await HoldsAsync(row with { Row = accepted }, conditions, cancel)
                )
                {
                    return row with { Row = accepted };
                }
            }
        }

        return null;
    }

    /// <summary>One column, where that is enough: the others stay as the table is known to accept them.</summary>
    private IEnumerable<IReadOnlyList<string>> Choices =>
        free.Count switch
        {
            0 => [],
            1 => [free],
            _ => free.Select(column => (IReadOnlyList<string>)[column]).Append(free),
        };

    /// <summary>Null where the server refuses to say.</summary>
    private Task<bool?> AskAsync(GuardCase which, IReadOnlyList<string> conditions, CancellationToken cancel) =>
        AsActorAsync(
            which.Settings,
            () =>
                bench.Solver.HoldsAsync(
                    shape,
                    which.Row.Table.Name,
                    which.Row.Values,
                    new Wish(conditions, []),
                    cancel
                ),
            cancel
        );

    private Task<Draft?> ChooseAsync(
        GuardCase which,
        IReadOnlyList<string> columns,
        IReadOnlyList<string> conditions,
        CancellationToken cancel
    ) =>
        AsActorAsync(
            which.Settings,
            () =>
                bench.Maker.ViolateAsync(which.Row, columns, new Wish([.. conditions, .. _checks, _hint], []), cancel),
            cancel
        );

    private Task<T?> AsActorAsync<T>(SessionSettings settings, Func<Task<T?>> attempt, CancellationToken cancel) =>
        bench.Session.UndoAsync(
            [.. settings.Statements, actor.Become],
            async refusal => refusal is null ? await attempt() : default,
            cancel
        );

    /// <summary>The row with what was chosen, as the table stores it; null where it does not accept it.</summary>
    private async Task<Draft?> AcceptedAsync(Draft chosen, CancellationToken cancel)
    {
        if ((await bench.TryAsync(chosen, cancel)).Row is { } stored)
        {
            return Writable(chosen, stored, shape);
        }

        try
        {
            // A value may need a row of another table to refer to.
            var given = free.ToDictionary(column => column, chosen.Values.GetValueOrDefault, StringComparer.Ordinal);
            return await StoredAsync(bench, chosen.Table, RowWish.WithGiven(given), cancel);
        }
        catch (RowNotMadeException)
        {
            return null;
        }
    }

    /// <summary>A row that the table accepts, with everything that it stores of it: nothing is left to a default.</summary>
    /// <exception cref="RowNotMadeException">None could be made.</exception>
    public static async Task<Draft> StoredAsync(
        Workbench bench,
        ObjectName table,
        RowWish wish,
        CancellationToken cancel
    )
    {
        var draft = await bench.Maker.MakeAsync(table, wish, cancel);
        var stored = (await bench.TryAsync(draft, cancel)).Row ?? throw RowNotMadeException.Swallowed(table);
        return Writable(draft, stored, (await bench.Shapes.TableAsync(table, cancel))!);
    }

    private static Draft Writable(Draft draft, StoredRow stored, TableShape shape) =>
        draft with
        {
            Values = stored
                .Values.Where(entry => shape.Find(entry.Key) is { Generation: null })
                .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
        };
}
