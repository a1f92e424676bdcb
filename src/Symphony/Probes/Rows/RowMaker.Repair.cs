using Npgsql;
using Symphony.Catalog;
using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Rows;

/// <content>What is done about a refusal, and about references.</content>
internal sealed partial class RowMaker
{
    /// <summary>A value met once may be another row's; a column of few values soon has none left.</summary>
    private const int MostDuplicates = 12;

    /// <summary>Tries the row, and repairs what the server names, until it is accepted.</summary>
    private async Task SettleAsync(Making making, CancellationToken cancel)
    {
        var met = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var tries = 0; tries < MostRepairs; tries++)
        {
            var insertion = await session.UndoAsync(
                () => writer.InsertAsync(making.Draft, IsDeferred(), cancel),
                cancel
            );
            if (insertion.Refusal is not { } refusal)
            {
                _ = insertion.IsSwallowed ? throw RowNotMadeException.Swallowed(making.Table) : insertion;
                return;
            }

            var complaint = $"{refusal.SqlState} {refusal.Constraint} {refusal.Column}";
            met[complaint] = met.GetValueOrDefault(complaint) + 1;
            if (!await RepairAsync(making, refusal, met[complaint], cancel))
            {
                throw NotAccepted(making, refusal);
            }
        }

        throw new RowNotMadeException(
            $"no row of {making.Table} was accepted in {MostRepairs} tries",
            $"Give the manifest's `rows` an entry for {making.Table} with the `values` that a row needs.",
            null
        );
    }

    private bool IsDeferred() => _making.Exists(making => making.IsDeferred);

    private async Task<bool> RepairAsync(Making making, Refusal refusal, int times, CancellationToken cancel)
    {
        switch (refusal.SqlState)
        {
            case PostgresErrorCodes.CheckViolation
                when times <= MostDuplicates
                    && making.Shape.Checks.FirstOrDefault(c => c.Name == refusal.Constraint) is { } check:
                return await SatisfyAsync(making, [check], cancel);
            case PostgresErrorCodes.CheckViolation when times <= MostDuplicates && refusal.Constraint is null:
                return await FitPartitionAsync(making, cancel);
            case PostgresErrorCodes.NotNullViolation
                when times == 1 && refusal.Column is { } name && making.MayChange(name):
                return await WriteAsync(making, name, cancel);
            case PostgresErrorCodes.UniqueViolation
            or PostgresErrorCodes.ExclusionViolation when times <= MostDuplicates:
                return await KeepApartAsync(making, refusal, cancel);
            case PostgresErrorCodes.ForeignKeyViolation
                when times <= 2
                    && making.Shape.ForeignKeys.FirstOrDefault(f => f.Name == refusal.Constraint) is { } reference:
                await ReferToValuesAsync(making, reference, cancel);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A row for the values that stand there: something else has asked for them. Where there can be none, others.</summary>
    private async Task ReferToValuesAsync(Making making, ReferenceShape reference, CancellationToken cancel)
    {
        try
        {
            await ReferAsync(making, reference, cancel);
        }
        catch (RowNotMadeException) when (reference.Columns.Any(making.MayChange))
        {
            foreach (var column in reference.Columns.Where(making.MayChange))
            {
                making.Values.Remove(column);
            }

            await ReferAsync(making, reference, cancel);
        }
    }

    /// <summary>False where all that the checks see was given: then the refusal is what there is to say.</summary>
    private async Task<bool> SatisfyAsync(Making making, IReadOnlyList<CheckShape> broken, CancellationToken cancel)
    {
        var checks = Linked(making.Shape, broken);
        var columns = checks.SelectMany(check => Sources(making.Shape, check)).Distinct().ToList();
        if (!broken.SelectMany(check => Sources(making.Shape, check)).Any(making.MayChange))
        {
            return false;
        }

        await ChooseAsync(making, [.. checks.Select(check => check.Expression), .. making.Wish.Hold], columns, cancel);
        return true;
    }

    /// <summary>The checks and those that share columns with them, directly or through others.</summary>
    private static List<CheckShape> Linked(TableShape shape, IEnumerable<CheckShape> checks)
    {
        var linked = checks.ToList();
        for (var i = 0; i < linked.Count; i++)
        {
            var columns = Sources(shape, linked[i]);
            linked.AddRange(
                shape.Checks.Where(other => !linked.Contains(other) && Sources(shape, other).Intersect(columns).Any())
            );
        }

        return linked;
    }

    private static IReadOnlyList<string> Sources(TableShape shape, CheckShape check) =>
        RowSolver.SourcesIn(shape, check.Columns.Select(SqlText.QuoteName));

    private async Task<bool> FitPartitionAsync(Making making, CancellationToken cancel)
    {
        foreach (var partition in making.Shape.Partitions)
        {
            try
            {
                await ChooseAsync(making, [partition], ColumnsIn(making, [partition]), cancel);
                return true;
            }
            catch (RowNotMadeException)
            {
                // The next partition may take it.
            }
        }

        return false;
    }

    private async Task<bool> WriteAsync(Making making, string name, CancellationToken cancel)
    {
        if (
            making.Shape.Find(name) is not { Generation: null } column
            || making.Values.GetValueOrDefault(name) is not null
        )
        {
            return false;
        }

        await AssignAsync(making, column, cancel);
        return true;
    }

    /// <summary>Another row has these values already: others, or another row to refer to.</summary>
    private async Task<bool> KeepApartAsync(Making making, Refusal refusal, CancellationToken cancel)
    {
        var unique = making.Shape.Unique.FirstOrDefault(candidate => candidate.Name == refusal.Constraint);
        var columns = (unique?.Columns ?? [.. making.Values.Keys.Where(making.Shape.IsKeptApart)])
            .Where(column => making.MayChange(column) && making.Values.ContainsKey(column))
            .ToList();
        making.Duplicates++;
        // Further away from what the table holds.
        _seed += 1009;
        foreach (var column in columns)
        {
            if (
                making.Shape.ForeignKeys.FirstOrDefault(reference => reference.Columns.Contains(column)) is
                { } reference
            )
            {
                foreach (var part in reference.Columns.Where(making.MayChange))
                {
                    making.Values.Remove(part);
                }

                await ReferAsync(making, reference, cancel);
            }
            else if (making.Shape.Find(column) is { Generation: null } found)
            {
                await AssignAsync(making, found, cancel);
            }
        }

        var asked = making.Shape.Checks.Where(check => Sources(making.Shape, check).Intersect(columns).Any()).ToList();
        if (asked.Count > 0)
        {
            await SatisfyAsync(making, asked, cancel);
        }

        return columns.Count > 0;
    }

    /// <summary>Gives the row something to refer to: a row of its own, itself, or one that is under way.</summary>
    private async Task ReferAsync(Making making, ReferenceShape reference, CancellationToken cancel)
    {
        var pairs = reference.Columns.Zip(reference.Referenced).ToList();
        if (_making.FindLast(other => other.Table == reference.Target) is { } underWay)
        {
            if (underWay != making && !reference.Deferrable)
            {
                throw new RowNotMadeException(
                    $"{making.Table} and {reference.Target} each need a row of the other, and {reference.Name} cannot be deferred",
                    $"Put values for {string.Join(", ", reference.Columns)} of {making.Table} under `values` in the manifest's `rows`.",
                    null
                );
            }

            await ReferToAsync(making, underWay, pairs, cancel);
            return;
        }

        var shared = pairs
            .Where(pair => making.Values.GetValueOrDefault(pair.First) is not null)
            .ToDictionary(pair => pair.Second, pair => making.Values[pair.First], StringComparer.Ordinal);
        var parent = await InsertAsync(
            reference.Target,
            new RowWish(shared, reference.Referenced.ToHashSet(StringComparer.Ordinal), []),
            cancel
        );
        foreach (var (column, referenced) in pairs.Where(pair => making.MayChange(pair.First)))
        {
            making.Values[column] = parent.Values[referenced];
        }
    }

    /// <summary>The key of a row that is not there yet is decided now.</summary>
    private async Task ReferToAsync(
        Making making,
        Making underWay,
        IEnumerable<(string Column, string Referenced)> pairs,
        CancellationToken cancel
    )
    {
        if (underWay != making)
        {
            underWay.IsDeferred = true;
            await session.TryAsync(["SET CONSTRAINTS ALL DEFERRED"], cancel);
        }

        foreach (var (column, referenced) in pairs.Where(pair => making.MayChange(pair.Column)))
        {
            if (underWay.Values.GetValueOrDefault(referenced) is null)
            {
                await AssignAsync(underWay, underWay.Shape.Find(referenced)!, cancel);
            }

            making.Values[column] = underWay.Values[referenced];
        }
    }

    private static RowNotMadeException NotAccepted(Making making, Refusal refusal)
    {
        var about = refusal.Column ?? refusal.Constraint;
        return new RowNotMadeException(
            $"no row of {making.Table} was accepted{(about is null ? "" : $" because of {about}")}: {Words.Of(refusal)}",
            refusal.SqlState switch
            {
                PostgresErrorCodes.InsufficientPrivilege when refusal.IsByRowSecurity =>
                    $"Row security of {making.Table} holds the probing role back: probe as one that it does not bind, or in shadows (--probe shadow).",
                PostgresErrorCodes.InsufficientPrivilege =>
                    $"Probe as a role that may write to {making.Table}, such as its owner.",
                PostgresErrorCodes.ReadOnlySqlTransaction =>
                    "Probe a database, and as a role, whose transactions may write.",
                _ =>
                    $"Give the manifest's `rows` an entry for {making.Table} with the `given` rows and `values` that a row needs"
                        + (refusal.Column is { } column ? $", {column} among them." : "."),
            },
            refusal.SqlState
        )
        {
            IsByTrigger = refusal.IsByTrigger,
        };
    }
}
