using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Probes.Policies;
using Symphony.Probes.Rows;
using Symphony.Verification;

namespace Symphony.Probes.Witnesses;

/// <summary>
/// Asks as a role for every row or an error (<c>row_security = off</c>): where row security holds the role back it is
/// an error, and otherwise it is every row (PostgreSQL manual, "Row Security Policies").
/// </summary>
internal static class RowSecurityWitness
{
    public static async Task<IReadOnlyList<Testimony>> TestifyAsync(
        RowSecurityBinds claim,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var anyone = await bench.Session.UndoAsync(() => OfAsync(claim, null, bench, cancel), cancel);
        return claim.Forced
            ? [anyone, await bench.Session.UndoAsync(() => OfOwnerAsync(claim, bench, cancel), cancel)]
            : [anyone];
    }

    private static async Task<Testimony> OfOwnerAsync(RowSecurityBinds claim, Workbench bench, CancellationToken cancel)
    {
        var (rows, _) = await bench.Session.PeekAsync(
            [],
            """
            SELECT r.rolname::pg_catalog.text, (r.rolsuper OR r.rolbypassrls)::pg_catalog.text
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_roles r ON r.oid = c.relowner
            WHERE n.nspname = $1::pg_catalog.text AND c.relname = $2::pg_catalog.text
            """,
            [claim.Table.Schema, claim.Table.Name],
            cancel
        );
        return rows switch
        {
            [[{ } owner, "false"]] when await Preparation.IsOwnerAsync(bench, claim.Table, owner, cancel) =>
                await OfAsync(claim, owner, bench, cancel),
            [[{ } owner, "false"]] => new Testimony(
                $"read all of {claim.Table} as its owner {owner}",
                TestimonyOutcome.Inconclusive,
                "The probing role cannot give the shadow to the real table's owner."
            ),
            [[{ } owner, _]] => new Testimony(
                $"read all of {claim.Table} as its owner {owner}",
                TestimonyOutcome.Inconclusive,
                "A superuser, or a role with BYPASSRLS, owns it: nothing binds that one."
            ),
            _ => new Testimony(
                $"read all of {claim.Table} as its owner",
                TestimonyOutcome.Inconclusive,
                "It is no ordinary or partitioned table."
            ),
        };
    }

    private static async Task<Testimony> OfAsync(
        RowSecurityBinds claim,
        string? role,
        Workbench bench,
        CancellationToken cancel
    )
    {
        var (actor, refused) = await Actor.ChooseAsync(bench.Session, role, claim.Table, cancel);
        if (actor is null)
        {
            return new Testimony(
                $"become {role ?? "any role"} and read all of {claim.Table}",
                TestimonyOutcome.Inconclusive,
                $"The probing role cannot become it: {Words.Of(refused!)}.",
                refused!.SqlState
            );
        }

        var probe = $"read all of {claim.Table} as {(role is null ? actor.Who : $"its owner {role}")}";
        await Preparation.GrantAsync(bench, actor, claim.Table, [], [], cancel);
        Task<Refusal?> ReadAsync(string setting) =>
            bench.Session.UndoAsync(
                [
                    $"SET LOCAL row_security = {setting}",
                    actor.Become,
                    $"SELECT FROM {bench.Writer.NameOf(claim.Table)} WHERE false",
                ],
                refusal => Task.FromResult(refusal),
                cancel
            );
        // The control: with row security at work nothing refuses.
        return (await ReadAsync("on"), await ReadAsync("off")) switch
        {
            ({ } other, _) => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"Something else refused it first: {Words.Of(other)}.",
                other.SqlState
            ),
            (_, { SqlState: PostgresErrorCodes.InsufficientPrivilege } bound) => new Testimony(
                probe,
                TestimonyOutcome.Confirmed,
                "It was refused with 42501 where row security was not to be applied, and allowed where it was.",
                bound.SqlState
            ),
            (_, { } other) => new Testimony(
                probe,
                TestimonyOutcome.Inconclusive,
                $"Something else refused it first: {Words.Of(other)}.",
                other.SqlState
            ),
            _ => new Testimony(
                probe,
                TestimonyOutcome.Contradicted,
                $"As {actor}, every row of {claim.Table} is read: row security does not bind it."
            ),
        };
    }
}
