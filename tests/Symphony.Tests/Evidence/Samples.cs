using System.Text.Json;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Evidence;
using Symphony.Kinds;
using Symphony.Kinds.Check;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Tests.Evidence;

/// <summary>Runs without a database: facts as a server would give them, judged by the real verifier.</summary>
internal static class Samples
{
    public const string Task = "TSK-P0-149";
    public const string Signature = "P0.BIZ.HOOKS.NEW_ROW_ENFORCEMENT_MISSING";
    public const string OtherSignature = "P0.BIZ.OTHER";

    public static readonly DateOnly Today = new(2026, 11, 21);

    public static Target Target { get; } =
        new("7374910274013275121", "payments", 180004, new string('f', 64), "auditor", IsStandby: false);

    /// <summary>Holds, is absent, differs, is waived, cannot be decided; and one under a signature of its own.</summary>
    public static ManifestSet Manifests { get; } =
        Set(
            Invariant("a-holds"),
            Invariant("b-absent"),
            Invariant("c-differs"),
            Invariant("d-waived"),
            Invariant("e-undecided"),
            Invariant("f-elsewhere") with
            {
                FailureSignature = OtherSignature,
                ManifestPath = "invariants/TSK-P0-149/more.yml",
            }
        );

    public static Report Report { get; } =
        Judge(
            Manifests.Invariants.ToList(),
            id =>
                id switch
                {
                    "b-absent" => null,
                    "c-differs" or "d-waived" => Fact(expression: "(amount > 0)", enforced: false),
                    "e-undecided" => Fact(expression: "(amount IS DISTINCT FROM <&> '\u20ac')"),
                    _ => Fact(),
                }
        );

    /// <summary>What holds has been tried, too: by deeds, and by changes that were undone.</summary>
    private static Report Proven(Report report) =>
        report with
        {
            Checks =
            [
                .. report.Checks.Select(check =>
                    check.Verdict == Verdict.Pass ? Trials.Conclude(Witness.Conclude(check)) : check
                ),
            ],
        };

    private static BehaviourWitness Witness =>
        new(
            "direct",
            [
                new Testimony("insert a row", TestimonyOutcome.Confirmed, "It was refused with 23514.", "23514"),
                new Testimony("insert another", TestimonyOutcome.Inconclusive, "Something else refused it first."),
            ]
        );

    private static SabotageProof Trials =>
        new([
            new(new("the constraint is dropped", "DROP"), TrialOutcome.Detected, Verdict.Fail, "It is gone.", null),
            new(new("the table is renamed", "RENAME"), TrialOutcome.NotApplicable, null, "must be owner", "42501"),
            new(new("a guess", "ALTER", "DROP"), TrialOutcome.Unaffected, Verdict.Pass, null, null),
        ]);

    public static Invariant Invariant(string id) =>
        new(
            id,
            $"The {id} title",
            Task,
            Signature,
            Severity.P0,
            "invariants/TSK-P0-149/hooks.yml",
            new SourceLocation(7, 5) { EndLine = 9, EndColumn = 40 },
            KindRegistry.Standard.Find("check")!,
            Claim(id),
            null
        );

    public static CheckClaim Claim(string id) =>
        new()
        {
            Table = new ObjectName("public", id.Replace('-', '_')),
            Name = id + "_chk",
            Expression = "tenant_id IS NOT NULL",
            Validated = Validation.False,
        };

    public static ManifestSet Set(params IReadOnlyList<Invariant> invariants) =>
        new(
            [
                .. invariants
                    .GroupBy(invariant => invariant.ManifestPath)
                    .Select(file => new Manifest(
                        file.Key,
                        new string('a', 64),
                        Task,
                        Signature,
                        "Title",
                        [],
                        [.. file]
                    )),
            ],
            [
                new Waiver(
                    "d-waived",
                    null,
                    "being repaired",
                    "dba@example.org",
                    null,
                    Today,
                    "invariants/waivers.yml",
                    new SourceLocation(3, 3)
                ),
            ]
        );

    /// <param name="factOf">The fact of an invariant's subject, by the invariant's id; null when there is no such object.</param>
    public static Report Judge(IReadOnlyList<Invariant> invariants, Func<string, string?> factOf)
    {
        var plan = Plan.Compile(invariants, new Dictionary<Selector, IReadOnlyList<Subject>>(), 18);
        var query = plan.Queries.Single();
        var facts = plan.Checks.Select(check =>
            factOf(check.Invariant.Id) is { } fact ? JsonElement.Parse(fact) : (JsonElement?)null
        );
        var snapshot = new Snapshot(
            Target,
            new Dictionary<string, FactSet> { ["check"] = new(query, [.. facts], null) },
            new ExpressionForms(),
            null
        );
        var results = Verifier.Judge(plan, snapshot);
        foreach (var wanted in snapshot.Forms.Wanted.ToList())
        {
            snapshot.Forms.Add(
                wanted,
                wanted.Text.Contains('<')
                    ? new NormalForm(null, "operator does not exist", "42883")
                    : new NormalForm($"({wanted.Text})", null, null)
            );
        }

        Verifier.JudgeWaiting(plan, snapshot, results);
        return Proven(Verifier.Report(plan, snapshot, results, new WaiverBook(Set([.. invariants]).Waivers, Today)));
    }

    public static string Fact(string expression = "tenant_id IS NOT NULL", bool enforced = true) =>
        $$"""
            {"relation_kind": "r", "checks_on": true, "enforced": {{(
                enforced ? "true" : "false"
            )}}, "validated": false, "no_inherit": false,
             "expression": {{JsonSerializer.Serialize(expression)}}, "functions": [], "children_without": []}
            """;

    public static RunInfo Run(DateTimeOffset started) =>
        new()
        {
            RunId = RunId.Create(started),
            Started = started,
            Mode = "verify",
            WaiverDate = Today,
            ExitCode = 1,
        };
}
