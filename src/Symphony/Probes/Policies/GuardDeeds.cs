using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Rows;
using Symphony.Probes.Witnesses;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>What became of a command about one row.</summary>
/// <param name="IsThrough">The row was seen, written, changed or deleted.</param>
/// <param name="IsPrepared">False where it did not come to the command at all.</param>
internal sealed record Deed(bool IsThrough, Refusal? Refusal, bool IsPrepared = true)
{
    /// <summary>A trigger made another row of it before it came to the command.</summary>
    public bool IsAltered { get; private init; }

    /// <summary>Something else than row security refused it, or made another row of it: nothing is known of that.</summary>
    public bool IsMasked => IsPrepared && (IsAltered || Refusal is { IsByRowSecurity: false });

    public static Deed Unprepared(Refusal? refusal) => new(false, refusal, IsPrepared: false);

    public static Deed Altered { get; } = new(false, null) { IsAltered = true };
}

/// <summary>Becomes a role and does to one row what policies decide about.</summary>
/// <param name="isLifted">Row security that is forced on the probing role itself was lifted while rows are made.</param>
internal sealed class GuardDeeds(Workbench bench, RowsAreGuarded claim, Actor actor, bool isLifted)
{
    private readonly string _table = bench.Writer.NameOf(claim.Table);

    /// <param name="written">What an update sets; null for an update that changes nothing.</param>
    /// <param name="quiet">Without the table's own triggers, which may refuse first or mend the row.</param>
    public Task<Deed> DoAsync(
        string command,
        GuardCase which,
        IReadOnlyDictionary<string, string?>? written,
        bool quiet,
        CancellationToken cancel
    ) =>
        bench.Session.UndoAsync(
            [.. quiet ? [$"ALTER TABLE {_table} DISABLE TRIGGER USER"] : Array.Empty<string>(), .. Opening(command)],
            async refusal =>
            {
                if (refusal is not null)
                {
                    return Deed.Unprepared(refusal);
                }

                // The session is as it will be when the row is met: triggers that read its settings leave the row as it is.
                return await bench.Session.TryAsync(which.Settings.Statements, cancel) is { } unset
                        ? Deed.Unprepared(unset)
                    : command == "insert" ? await BecomeAsync(cancel) ?? await InsertAsync(which.Row, cancel)
                    : await MeetAsync(command, which.Row, written, cancel);
            },
            cancel
        );

    private async Task<Deed?> BecomeAsync(CancellationToken cancel) =>
        await bench.Session.TryAsync([.. Lift("FORCE"), actor.Become], cancel) is { } refusal
            ? Deed.Unprepared(refusal)
            : null;

    private async Task<Deed> MeetAsync(
        string command,
        Draft draft,
        IReadOnlyDictionary<string, string?>? written,
        CancellationToken cancel
    )
    {
        var insertion = await bench.Writer.InsertAsync(draft, deferred: false, cancel);
        return insertion.Row is not { } row ? Deed.Unprepared(insertion.Refusal)
            : IsAltered(draft, row) ? Deed.Altered
            : await BecomeAsync(cancel)
                ?? (
                    command == "select"
                        ? await SelectAsync(row, cancel)
                        : await ChangeAsync(command, draft, row, written, cancel)
                );
    }

    /// <summary>
    /// A restrictive policy holds back what others let through: something must. And what is changed has to be found,
    /// about which other policies decide.
    /// </summary>
    private IEnumerable<string> Opening(string command)
    {
        var role = SqlText.QuoteName(actor.Role);
        if (!claim.Permissive)
        {
            yield return $"CREATE POLICY symphony_opens ON {_table} TO {role} USING (true) WITH CHECK (true)";
        }
        else if (command is "update" or "delete")
        {
            yield return $"CREATE POLICY symphony_opens ON {_table} FOR SELECT TO {role} USING (true)";
        }
    }

    private IEnumerable<string> Lift(string word) =>
        isLifted ? [$"ALTER TABLE {_table} {word} ROW LEVEL SECURITY"] : [];

    private async Task<Deed> SelectAsync(StoredRow row, CancellationToken cancel)
    {
        var (rows, refusal) = await bench.Session.QueryAsync(
            $"SELECT '1'::pg_catalog.text FROM {_table} WHERE ctid = CAST($1 AS pg_catalog.tid) AND tableoid = CAST($2 AS pg_catalog.oid)",
            [row.Place, row.Relation],
            cancel
        );
        return new Deed(rows.Count > 0, refusal);
    }

    private async Task<Deed> InsertAsync(Draft row, CancellationToken cancel)
    {
        if (await bench.Writer.WriteAsync(row, cancel) is { } refusal)
        {
            return new Deed(false, refusal);
        }

        return await IsThereAsync(row, cancel);
    }

    /// <summary>Back as the probing role, which sees what was written, whoever may.</summary>
    private async Task<Deed> IsThereAsync(Draft row, CancellationToken cancel)
    {
        if (await bench.Session.TryAsync(["RESET ROLE", .. Lift("NO FORCE")], cancel) is { } lost)
        {
            return Deed.Unprepared(lost);
        }

        var stored = await bench.Writer.FindAsync(row.Table, row.Values, cancel);
        return stored is null || IsAltered(row, stored) ? Deed.Altered : new Deed(true, null);
    }

    private static bool IsAltered(Draft draft, StoredRow row) =>
        draft.Values.Any(entry => row.Values[entry.Key] != entry.Value);

    private async Task<Deed> ChangeAsync(
        string command,
        Draft draft,
        StoredRow row,
        IReadOnlyDictionary<string, string?>? written,
        CancellationToken cancel
    )
    {
        var statement =
            command == "delete"
                ? $"DELETE FROM {_table}"
                : $"UPDATE {_table} SET {await AssignmentsAsync(written, cancel)}";
        var (count, refusal) = await bench.Writer.ChangeAsync(statement, row, cancel);
        return count > 0 && written is not null
            ? await IsThereAsync(draft.With(written), cancel)
            : new Deed(count > 0, refusal);
    }

    private async Task<string> AssignmentsAsync(IReadOnlyDictionary<string, string?>? written, CancellationToken cancel)
    {
        var shape = (await bench.Shapes.TableAsync(claim.Table, cancel))!;
        if (written is not null)
        {
            return string.Join(
                ", ",
                written.Select(entry =>
                    $"{SqlText.QuoteName(entry.Key)} = CAST({(entry.Value is { } value ? SqlText.QuoteLiteral(value) : "NULL")} AS {shape.Find(entry.Key)!.Type})"
                )
            );
        }

        var column = SqlText.QuoteName(
            (
                shape.Columns.FirstOrDefault(column => column is { Generation: null, Identity: false })
                ?? throw new RowNotMadeException(
                    $"{claim.Table} has no column that can be updated",
                    "Claim a policy for the commands that the table is open to.",
                    null
                )
            ).Name
        );
        return $"{column} = {column}";
    }
}
