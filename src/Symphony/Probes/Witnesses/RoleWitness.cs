using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Policies;
using Symphony.Probes.Rows;
using Symphony.Probes.Shapes;
using Symphony.Sql;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>
/// Becomes a role and tries what it may and may not do, with statements about no row: privileges are looked at before
/// any row is.
/// </summary>
internal static class RoleWitness
{
    public static async Task<IReadOnlyList<Testimony>> TestifyAsync(
        RoleIsHeld claim,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var shape = await bench.Shapes.TableAsync(claim.Table, cancel);
        var who = claim.Role ?? "a role without privileges of its own";
        var probe = $"become {who} and use {claim.Table}";
        if (shape is null || bench.Mode == ProbeMode.Shadow)
        {
            return
            [
                new Testimony(
                    probe,
                    TestimonyOutcome.Inconclusive,
                    shape is null
                        ? "It is no ordinary or partitioned table."
                        : "The privileges of a shadow say nothing of those of the real table."
                ),
            ];
        }

        if (await BecomeAsync(claim, bench, cancel) is { } refusal)
        {
            return
            [
                new Testimony(
                    probe,
                    TestimonyOutcome.Inconclusive,
                    $"The probing role cannot become it: {Words.Of(refusal)}.",
                    refusal.SqlState
                ),
            ];
        }

        var testimonies = new List<Testimony>();
        foreach (var privilege in RoleIsHeld.Known)
        {
            if (claim.Granted.Contains(privilege) || claim.Denied.Contains(privilege))
            {
                testimonies.Add(await TryAsync(claim, privilege, who, shape, bench, cancel));
            }
        }

        return testimonies;
    }

    private static async Task<Refusal?> BecomeAsync(RoleIsHeld claim, Workbench bench, CancellationToken cancel)
    {
        if (claim.Role is { } role)
        {
            return await bench.Session.TryAsync([$"SET LOCAL ROLE {role}"], cancel);
        }

        var (anyone, refusal) = await Actor.MakeAnyoneAsync(bench.Session, cancel);
        return anyone is null ? refusal : await bench.Session.TryAsync([anyone.Become], cancel);
    }

    private static async Task<Testimony> TryAsync(
        RoleIsHeld claim,
        string privilege,
        string who,
        TableShape shape,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var isDenied = claim.Denied.Contains(privilege);
        var probe = $"{privilege} on {claim.Table} as {who}";
        Refusal? refusal = null;
        foreach (var statement in Statements(claim.Table.ToSql(), privilege, isDenied, shape))
        {
            refusal = await bench.Session.UndoAsync(() => bench.Session.TryAsync([statement], cancel), cancel);
            // One column that may be written is enough against a denial, one that may not against a grant.
            if (refusal is { SqlState: PostgresErrorCodes.InsufficientPrivilege } != isDenied)
            {
                break;
            }
        }

        var isRefused = refusal is { SqlState: PostgresErrorCodes.InsufficientPrivilege };
        return new Testimony(
            probe,
            isRefused == isDenied ? TestimonyOutcome.Confirmed : TestimonyOutcome.Contradicted,
            (isRefused, isDenied) switch
            {
                (true, true) => "It was refused with 42501.",
                (true, false) => $"It was refused: {Words.Of(refusal!)}.",
                (false, true) => $"The role {who} may {privilege}.",
                _ => "It was allowed.",
            },
            refusal?.SqlState
        );
    }

    private static IEnumerable<string> Statements(string table, string privilege, bool isDenied, TableShape shape)
    {
        return privilege switch
        {
            // Without a column, one that may be read is enough; with *, all must be.
            "SELECT" => [isDenied ? $"SELECT FROM {table} WHERE false" : $"SELECT * FROM {table} WHERE false"],
            // What an identity column is given is looked at before privileges are.
            "INSERT" => Columns(shape, identity: false)
                .Select(column => $"INSERT INTO {table} ({column}) SELECT NULL WHERE false")
                .DefaultIfEmpty($"INSERT INTO {table} DEFAULT VALUES"),
            "UPDATE" => Columns(shape, identity: true)
                .Select(column => $"UPDATE {table} SET {column} = DEFAULT WHERE false"),
            "DELETE" => [$"DELETE FROM {table} WHERE false"],
            _ => [$"TRUNCATE TABLE {table}"],
        };
    }

    private static IEnumerable<string> Columns(TableShape shape, bool identity) =>
        shape
            .Columns.Where(column => column.Generation is null && (identity || !column.Identity))
            .Select(column => SqlText.QuoteName(column.Name));
}
