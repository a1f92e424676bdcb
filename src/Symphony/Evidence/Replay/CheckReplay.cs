using System.Text.Json;
using System.Text.Json.Nodes;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence.Replay;

/// <summary>
/// One verdict, judged again from what its bundle stores: the claim, the fact, and the normal forms that the server
/// gave. The same verifier judges, and what it says must be what was recorded, member by member.
/// </summary>
/// <param name="bundle">Where the check stands.</param>
/// <param name="kinds">The kinds that there are.</param>
/// <param name="waiverDate">The day at which the run judged waivers; null when it is not known.</param>
internal sealed class CheckReplay(Bundle bundle, KindRegistry kinds, DateOnly? waiverDate)
{
    /// <summary>The check as the verifier makes it, or what stands in the way.</summary>
    /// <exception cref="JsonException">The claim does not have the shape that its kind gives.</exception>
    /// <exception cref="ReplayException">The check is none that a run could have written.</exception>
    public CheckResult Judge(CheckDocument check)
    {
        var invariant = InvariantOf(check);
        var judged = invariant.Claim is { } claim ? Judge(check, invariant, claim) : JudgeRule(check, invariant);
        return Waive(ProofReplay.Conclude(judged, check.Proof), check);
    }

    /// <summary>What was verified; without a claim for a rule as a whole.</summary>
    /// <exception cref="JsonException">As for <see cref="Judge(CheckDocument)"/>.</exception>
    /// <exception cref="ReplayException">Its kind or its claim is none.</exception>
    public Invariant InvariantOf(CheckDocument check)
    {
        var kind =
            kinds.Find(check.Kind) ?? throw new ReplayException("/kind", "a kind that this Symphony knows", check.Kind);
        return new Invariant(
            check.Id,
            check.Title,
            bundle.TaskId,
            bundle.FailureSignature,
            check.Severity,
            check.Location.Path,
            check.Location.ToSource(),
            kind,
            ClaimOf(check, kind),
            null
        );
    }

    private static Claim? ClaimOf(CheckDocument check, InvariantKind kind)
    {
        if (check.Claim is not { ValueKind: not JsonValueKind.Null } json)
        {
            return null;
        }

        var claim = ClaimReader.Read(json, kind);
        return claim.Problems().FirstOrDefault() is { } problem
            ? throw new ReplayException("/claim", problem.Expected, problem.Found)
            : claim;
    }

    private CheckResult Judge(CheckDocument check, Invariant invariant, Claim claim)
    {
        if (check.QuerySha256 is null)
        {
            // The database was not reached: nothing was asked.
            return NotObserved(check, invariant) with
            {
                Claim = claim,
                Subject = invariant.Kind.SubjectOf(claim).ToString(),
            };
        }

        if (!bundle.Queries.TryGetValue(check.QuerySha256, out var sql))
        {
            throw new ReplayException("/query_sha256", "a query that the bundle holds", check.QuerySha256);
        }

        var subject = invariant.Kind.SubjectOf(claim);
        var isStatement = invariant.Kind.StatementFor(claim) is not null;
        var query = new FactQuery(invariant.Kind.Key, sql, [subject], isStatement);
        var ended = bundle.Error is { } error ? new ObservationError(error.Message, error.Sqlstate) : null;
        var fact = check.Observed is { ValueKind: not JsonValueKind.Null } observed ? observed : (JsonElement?)null;
        var refusal =
            fact is not null ? null
            : isStatement ? StatementRefusal.Of(check, invariant.Kind)
            // Where the observation ended early, no fact may mean that nobody looked.
            : check.Verdict == Verdict.Error ? ended
            : null;
        var plan = new Plan([query], [new PlannedCheck(invariant, claim, subject, query.Name, 0)], []);
        var snapshot = new Snapshot(
            Target.Unknown with
            {
                ServerVersionNum = bundle.Target.ServerVersionNum,
            },
            new Dictionary<string, FactSet> { [query.Name] = new(query, refusal is null ? [fact] : [], refusal) },
            FormsOf(check),
            ended
        );
        return Verifier.Report(plan, snapshot, Verifier.Judge(plan, snapshot), NoWaivers).Checks[0];
    }

    private static WaiverBook NoWaivers => new([], DateOnly.MinValue);

    /// <summary>Which expressions are a trigger's condition is not recorded, and a check compares only one sort.</summary>
    private static ExpressionForms FormsOf(CheckDocument check)
    {
        var forms = new ExpressionForms();
        for (var i = 0; i < check.NormalForms.Count; i++)
        {
            var document = check.NormalForms[i];
            var form = new NormalForm(document.Form, document.Error, document.Sqlstate);
            var relation = RelationOf(document, i);
            forms.Add(new RelationExpression(relation, document.Expression), form);
            forms.Add(new RelationExpression(relation, document.Expression, IsTriggerCondition: true), form);
        }

        return forms;
    }

    private static ObjectName RelationOf(NormalFormDocument document, int index)
    {
        try
        {
            return ObjectName.Parse(document.Relation);
        }
        catch (FormatException notAName)
        {
            throw new ReplayException($"/normal_forms/{index}/relation", notAName.Message, document.Relation);
        }
    }

    /// <summary>A rule as a whole: it matched too little, or nobody could look.</summary>
    private CheckResult JudgeRule(CheckDocument check, Invariant invariant)
    {
        if (check.Verdict == Verdict.Error)
        {
            return NotObserved(check, invariant);
        }

        if (
            check.Expected["at_least"] is not JsonValue least
            || !least.TryGetValue(out int atLeast)
            || check.Differences is not [{ Path: "matches", Observed: JsonValue found }]
            || !found.TryGetValue(out int matches)
        )
        {
            throw new ReplayException("", "a claim, or a rule that matched fewer objects than it must", "neither");
        }

        return matches < atLeast && matches >= 0
            ? Verifier.TooFew(invariant, Verifier.RuleNamedIn(check.Explanation ?? ""), atLeast, matches)
            : throw new ReplayException("/differences/0/observed", $"fewer than {atLeast}", $"{matches}");
    }

    private CheckResult NotObserved(CheckDocument check, Invariant invariant) =>
        bundle.Error is { } error
            ? new CheckResult
            {
                Invariant = invariant,
                Verdict = Verdict.Error,
                Explanation = $"Not observed: {error.Message}.",
                // What to do depends on how the connection failed, which is recorded here only.
                Next = check.Next,
                SqlState = error.Sqlstate,
            }
            : throw new ReplayException("/query_sha256", "a query: the bundle says that all was observed", "none");

    private CheckResult Waive(CheckResult result, CheckDocument check)
    {
        if (check.Waiver is not { } document)
        {
            return result;
        }

        var waiver = new Waiver(
            check.Id,
            document.Subject,
            document.Reason,
            document.ApprovedBy,
            document.Starts,
            document.Expires,
            document.Location.Path,
            document.Location.ToSource()
        );
        return new WaiverBook([waiver], waiverDate ?? document.Expires).Apply(result);
    }
}

/// <summary>A check cannot be judged again as it stands.</summary>
internal sealed class ReplayException(string pointer, string expected, string found)
    : Exception($"expected {expected}, found {found}")
{
    /// <summary>Below the check.</summary>
    public string Pointer { get; } = pointer;

    public string Expected { get; } = expected;

    public string Found { get; } = found;
}
