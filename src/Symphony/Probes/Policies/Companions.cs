using Symphony.Catalog;
using Symphony.Probes.Rows;
using Symphony.Probes.Witnesses;
using static Symphony.Probes.Policies.PolicyWords;

namespace Symphony.Probes.Policies;

/// <summary>
/// A row in another table that a condition reads, such as that of members, by which a row satisfies the condition. It
/// is made of what the first row holds and of the role's own name, by trial.
/// </summary>
/// <param name="texts">The conditions, and the bodies of the functions that they call.</param>
internal sealed class Companions(
    Workbench bench,
    Actor actor,
    Draft row,
    IReadOnlyList<string> conditions,
    IReadOnlyList<string> texts,
    CaseFinder finder
)
{
    private const int MostTried = 64;

    /// <summary>Leaves the row there that does it, until the caller's attempt ends; or nothing.</summary>
    /// <param name="tables">Those that the conditions read, or functions that they call.</param>
    public async Task InsertAsync(IReadOnlyList<ObjectName> tables, CancellationToken cancel)
    {
        IReadOnlyList<string> wanted = [.. conditions.Select(True)];
        if (tables.Count == 0 || await finder.FindAsync(wanted, null, cancel) is not null)
        {
            return;
        }

        var names = texts.SelectMany(RowSolver.NamesIn).ToHashSet(StringComparer.Ordinal);
        var values = names
            .Select(row.Values.GetValueOrDefault)
            .OfType<string>()
            .Concat(texts.SelectMany(PolicyWords.Literals))
            .Append(actor.Role)
            .Distinct()
            .ToList();
        foreach (var table in tables)
        {
            if (await bench.Shapes.TableAsync(table, cancel) is not { } shape)
            {
                continue;
            }

            var columns = shape
                .Columns.Where(column => column.Generation is null && names.Contains(column.Name))
                .Select(column => column.Name)
                .ToList();
            foreach (var choice in Choices(columns, values).Take(MostTried))
            {
                if (await IsDoneByAsync(table, choice, wanted, cancel))
                {
                    return;
                }
            }
        }
    }

    private async Task<bool> IsDoneByAsync(
        ObjectName table,
        IReadOnlyDictionary<string, string?> choice,
        IReadOnlyList<string> wanted,
        CancellationToken cancel
    )
    {
        var (isDone, _) = await bench.Session.AttemptAsync<bool>(
            async () =>
            {
                try
                {
                    await bench.Maker.InsertAsync(table, RowWish.WithGiven(choice), cancel);
                }
                catch (RowNotMadeException)
                {
                    return (false, NotThis);
                }

                return await finder.FindAsync(wanted, null, cancel) is null ? (false, NotThis) : (true, null);
            },
            cancel
        );
        return isDone;
    }

    /// <summary>Undoes an attempt that nothing refused.</summary>
    private static readonly Refusal NotThis = new("", "", null, null, null);

    /// <summary>A column that has its name from the first row's has its value first.</summary>
    private IEnumerable<IReadOnlyDictionary<string, string?>> Choices(
        IReadOnlyList<string> columns,
        IReadOnlyList<string> values
    )
    {
        IEnumerable<IReadOnlyDictionary<string, string?>> choices = [new Dictionary<string, string?>()];
        foreach (var column in columns)
        {
            var same = row.Values.GetValueOrDefault(column);
            var ordered = same is null ? values : [same, .. values.Where(value => value != same)];
            choices = choices.SelectMany(choice =>
                ordered.Select(value => new Dictionary<string, string?>(choice, StringComparer.Ordinal)
                {
                    [column] = value,
                })
            );
        }

        return columns.Count == 0 ? [] : choices;
    }
}
