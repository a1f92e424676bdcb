using System.ComponentModel;
using Symphony.Verification;

namespace Symphony.Evidence;

[Description("What was proven by changes that were rolled back")]
public sealed record ProofDocument
{
    [Description("What the database did when it was made to act; null when it was not")]
    public required BehaviourDocument? Behaviour { get; init; }

    [Description("Whether the guarantee's loss would be noticed; null when that was not tried")]
    public required SabotagesDocument? Sabotages { get; init; }
}

[Description("The second witness beside the catalog: what the database did")]
public sealed record BehaviourDocument(
    [property: Description("Where it acted: direct, on the real tables, or shadow, on temporary ones")] string Mode,
    [property: Description("Each thing that was tried, in order")] IReadOnlyList<TestimonyDocument> Testimonies
);

[Description("One thing that was tried; no row's data")]
public sealed record TestimonyDocument(
    [property: Description("What was tried, in words")] string Probe,
    [property: Description(
        "confirmed: it did as claimed; contradicted: it did otherwise; inconclusive: something else came first; unobserved: it could not be made to act"
    )]
        string Outcome,
    [property: Description("What the database did, as a sentence")] string Statement,
    [property: Description("The server's code, where it refused; null otherwise")] string? Sqlstate,
    [property: Description("What to do where it could not be made to act; null otherwise")] string? Next
);

[Description("Every change that takes the guarantee away, made on purpose and undone")]
public sealed record SabotagesDocument(
    [property: Description("How many were noticed: the verdict was no longer PASS")] int Detected,
    [property: Description("How many went unnoticed; one is enough for a FAIL")] int Survived,
    [property: Description("How many might have concerned the claim, and did not")] int Unaffected,
    [property: Description("How many the server refused, so that there was nothing to notice")] int NotApplicable,
    [property: Description("Each change, in the order in which they were made")] IReadOnlyList<TrialDocument> Trials
);

[Description("One change")]
public sealed record TrialDocument(
    [property: Description("What was done, in words")] string Name,
    [property: Description("What became of it: detected, survived, unaffected or not_applicable")] string Outcome,
    [property: Description("The verdict while it was in place; null when the server refused it")] Verdict? Verdict,
    [property: Description(
        "The statements of one that was not noticed; none for the others, which follow from the claim"
    )]
        IReadOnlyList<string> Statements,
    [property: Description("The server's words when it refused the change; null otherwise")] string? Refusal,
    [property: Description("The server's code when it refused the change; null otherwise")] string? Sqlstate
);
