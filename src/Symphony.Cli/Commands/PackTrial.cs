using System.Text.Json;
using Symphony.Catalog;
using Symphony.Evidence.Reproduction;
using Symphony.Servers;
using Symphony.Verification;

namespace Symphony.Cli.Commands;

/// <summary>
/// What of a failure definitions alone make again, found by making it in empty databases of a server of its own.
/// </summary>
/// <param name="source">A database that fails as recorded.</param>
/// <param name="server">Of the source's major version.</param>
/// <param name="mark">The comment of the roles that the pack makes.</param>
/// <param name="limits">For the sessions.</param>
internal sealed class PackTrial(ConnectionTarget source, EphemeralServer server, string mark, SessionLimits limits)
{
    private readonly List<LeftOutOfPack> _leftOut = [];
    private int _databases;

    /// <summary>
    /// What is left out takes its tables away from the others, so they are made and judged again without it: what
    /// remains was tried as it is.
    /// </summary>
    public async Task<PackParts> DivideAsync(PackedChecks all, CancellationToken cancel)
    {
        var beyond = all.Failure.Checks.Zip(all.Invariants, PackedFailure.Beyond).ToList();
        _leftOut.AddRange(
            all.Failure.Checks.Zip(beyond)
                .Where(pair => pair.Second is not null)
                .Select(pair => new LeftOutOfPack(pair.First, pair.Second!))
        );
        var (rest, inRows) = (all.Where(i => beyond[i] is null), all.None());
        while (rest.Count > 0)
        {
            var attempt = await TryAsync(rest, cancel);
            if (attempt.Refused is { } refused)
            {
                rest = await AcceptedAsync(rest.None(), rest, refused, cancel);
                continue;
            }

            var others = attempt.Checks.Index().Where(made => made.Item.Outcome != Outcome.AsRecorded).ToList();
            if (others.Count == 0)
            {
                return new PackParts(rest, inRows, _leftOut, attempt.Schema, server.Major);
            }

            foreach (var (i, made) in others)
            {
                if (PackedFailure.LiesInRows(made, rest.Invariants[i]))
                {
                    inRows = inRows.With(made.Then, rest.Invariants[i]);
                }
                else
                {
                    _leftOut.Add(new LeftOutOfPack(made.Then, Told(made)));
                }
            }

            rest = rest.Where(i => attempt.Checks[i].Outcome == Outcome.AsRecorded);
        }

        return new PackParts(rest, inRows, _leftOut, new Definitions([], []), server.Major);
    }

    /// <summary>
    /// Those whose definitions the server does not refuse beside the accepted ones. Halved until each that is refused
    /// stands alone: one among hundreds is found in a few attempts.
    /// </summary>
    /// <param name="refused">That together they are refused is known.</param>
    private async Task<PackedChecks> AcceptedAsync(
        PackedChecks accepted,
        PackedChecks checks,
        string? refused,
        CancellationToken cancel
    )
    {
        refused ??= (await TryAsync(accepted.And(checks), cancel)).Refused;
        if (refused is null)
        {
            return accepted.And(checks);
        }

        if (checks.Count == 1)
        {
            _leftOut.Add(
                new LeftOutOfPack(checks.Failure.Checks[0], $"its definitions cannot be made again: {refused}")
            );
            return accepted;
        }

        var half = checks.Count / 2;
        accepted = await AcceptedAsync(accepted, checks.Where(i => i < half), null, cancel);
        return await AcceptedAsync(accepted, checks.Where(i => i >= half), null, cancel);
    }

    private async Task<Attempt> TryAsync(PackedChecks checks, CancellationToken cancel)
    {
        var schema = await ReadAsync(checks, cancel);
        var name = $"symphony_pack_{++_databases}";
        var target = ConnectionTarget.Parse(await server.CreateDatabaseAsync(name, cancel: cancel), _ => null);
        try
        {
            return await TryAsync(checks, schema, target, cancel);
        }
        finally
        {
            // Roles are of the whole cluster: the next attempt has to make its own.
            await server.DropDatabaseAsync(name, cancel);
            await DropRolesAsync(schema.Roles, cancel);
        }
    }

    private async Task DropRolesAsync(IReadOnlyList<RoleDefinition> roles, CancellationToken cancel)
    {
        if (roles.Count > 0)
        {
            var cluster = ConnectionTarget.Parse(server.ConnectionString, _ => null);
            if (await Definitions.ApplyAsync(cluster, [Definitions.DropRoles(roles, mark)], cancel) is { } refused)
            {
                throw new InvalidOperationException($"The roles of an attempt could not be dropped: {refused}");
            }
        }
    }

    private async Task<Attempt> TryAsync(
        PackedChecks checks,
        Definitions schema,
        ConnectionTarget target,
        CancellationToken cancel
    )
    {
        if (await Definitions.ApplyAsync(target, schema.Statements, cancel) is { } refused)
        {
            return new Attempt(schema, refused, []);
        }

        await using var session = await CatalogSession.OpenAsync(target, limits, cancel);
        var report = await VerificationRun.VerifyAsync(
            checks.Invariants,
            session,
            new WaiverBook([], DateOnly.MinValue),
            cancel
        );
        return new Attempt(schema, null, Comparison.Of(checks.Failure, report));
    }

    private async Task<Definitions> ReadAsync(PackedChecks checks, CancellationToken cancel)
    {
        // Not kept open from attempt to attempt: a server may end a transaction that is idle.
        await using var session = await CatalogSession.OpenAsync(source, limits, cancel);
        var read = await session.ReadDefinitionsAsync(
            PackedFailure.Footing(checks.Failure, checks.Invariants),
            mark,
            cancel
        );
        return read with
        {
            Statements = [.. read.Statements, .. PackedFailure.Recreated(checks.Failure, checks.Invariants)],
        };
    }

    /// <summary>How what was made is not what was recorded: another verdict, or another fact.</summary>
    private static string Told(Reproduced other)
    {
        var (recorded, made) = (other.Then.Verdict, other.Now?.Verdict);
        if (made != Verdict.Fail && other.Then.Proof?.Behaviour is not null)
        {
            return "only a probe showed it, and a pack asks the catalog alone";
        }

        if (other is { Now.Observed: null, Then: { Observed.ValueKind: not JsonValueKind.Null, Subject: not null } })
        {
            return $"a pack does not make what it is about: {other.Then.Kind} {other.Then.Subject}";
        }

        return
            (recorded == Verdict.Waived ? Verdict.Fail : recorded) == made
            && other.Differences is [var (pointer, then, now), ..]
            ? $"{(pointer.Length == 0 ? "" : $"{pointer}: ")}recorded {then}, made {(other.Now?.Observed is null ? "nothing" : now)}"
            : $"recorded {recorded.Word()}, made {made?.Word() ?? "nothing"}. What was recorded: {other.Then.Explanation}";
    }

    /// <param name="Refused">What the server did not accept of the schema; null when it accepted everything.</param>
    /// <param name="Checks">What became of the checks, in their order.</param>
    private sealed record Attempt(Definitions Schema, string? Refused, IReadOnlyList<Reproduced> Checks);
}
