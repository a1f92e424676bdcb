using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence;

[Description(
    "The verdict on one invariant and one subject, with everything that led to it: enough to judge it again without a database"
)]
public sealed record CheckDocument
{
    [Description("The invariant's id")]
    public required string Id { get; init; }

    [Description("The invariant's kind, such as index")]
    public required string Kind { get; init; }

    [Description("The name of the object that was looked at; null for a rule as a whole")]
    public required string? Subject { get; init; }

    [Description("How much a failure matters, P0 the most")]
    public required Severity Severity { get; init; }

    [Description("The invariant in the manifest's words")]
    public required string? Title { get; init; }

    [Description("Where the manifest declares the invariant")]
    public required LocationDocument Location { get; init; }

    [Description("What was claimed, with the manifest's keys and every name qualified; null for a rule as a whole")]
    public required JsonElement? Claim { get; init; }

    [Description("The query that was asked, to be found in the bundle's queries; null when none was")]
    public required string? QuerySha256 { get; init; }

    [Description("The subject's entry in each of the query's three arrays; null for a rule as a whole")]
    public required ParametersDocument? Parameters { get; init; }

    [Description("What the claim requires of the fact, by path")]
    public required JsonObject Expected { get; init; }

    [Description(
        "The fact that the query gave; null when there is no such object, or when it was not observed. "
            + "An integer beyond 2^53 stands as a string of its digits"
    )]
    public required JsonElement? Observed { get; init; }

    [Description("Where the fact is not what the claim requires")]
    public required IReadOnlyList<DifferenceDocument> Differences { get; init; }

    [Description("The expressions that the server compared, with what it made of them")]
    public required IReadOnlyList<NormalFormDocument> NormalForms { get; init; }

    [Description("Why it is not a PASS, in sentences; null for a PASS")]
    public required string? Explanation { get; init; }

    [Description("What to do where no SQL repairs it; null otherwise")]
    public required string? Next { get; init; }

    [Description("SQL statements that restore the guarantee, in order")]
    public required IReadOnlyList<string> Remedy { get; init; }

    [Description("What the server refused; null unless the verdict is ERROR")]
    public required CheckError? Error { get; init; }

    [Description("What is known of the claim")]
    public required Verdict Verdict { get; init; }

    [Description("The decision that lets a failure pass; null unless the verdict is WAIVED")]
    public required WaiverDocument? Waiver { get; init; }

    [Description("What changes that were rolled back have shown; null when none were made")]
    public required ProofDocument? Proof { get; init; }
}

[Description("A place in a file")]
public sealed record LocationDocument(
    [property: Description("The manifest, as the bundle lists it")] string Path,
    [property: Description("Counted from 1")] int Line,
    [property: Description("Counted from 1")] int Column,
    [property: Description("The line on which it ends")] int EndLine,
    [property: Description("Just after its last character")] int EndColumn
)
{
    internal SourceLocation ToSource() => new(Line, Column) { EndLine = EndLine, EndColumn = EndColumn };
}

[Description("A subject's names, as the query takes them")]
public sealed record ParametersDocument(
    [property: Description("Its entry in $1; null where the kind has no use for one")] string? Schema,
    [property: Description("Its entry in $2")] string? Relation,
    [property: Description("Its entry in $3")] string? Name
);

[Description("Where a fact is not what the claim requires")]
public sealed record DifferenceDocument(
    [property: Description("The fact's member")] string Path,
    [property: Description("What the claim requires")] JsonNode? Expected,
    [property: Description("What the catalog says")] JsonNode? Observed,
    [property: Description("What is lost by the difference, as a sentence")] string Why
);

[Description("An expression, and what the server makes of it")]
public sealed record NormalFormDocument(
    [property: Description("The relation whose columns the expression names")] string Relation,
    [property: Description("The expression as the manifest or the catalog has it")] string Expression,
    [property: Description("The server's normal form; null when it does not accept the expression")] string? Form,
    [property: Description("The server's words when it does not accept the expression")] string? Error,
    [property: Description("The server's code when it does not accept the expression")] string? Sqlstate
);

[Description("What could not be observed or decided")]
public sealed record CheckError(
    [property: Description("The server's code; null when no server refused")] string? Sqlstate,
    [property: Description("The object that it is about; null for a rule as a whole")] string? Object
);

[Description("A decision, for a time, that a failure does not block")]
public sealed record WaiverDocument(
    [property: Description("The one subject that it is about; null for every subject of the invariant")]
        string? Subject,
    [property: Description("Why the failure is accepted")] string Reason,
    [property: Description("Who decided it")] string ApprovedBy,
    [property: Description("The first UTC day on which it is in force; null when it always was")] DateOnly? Starts,
    [property: Description("The last UTC day on which it is in force")] DateOnly Expires,
    [property: Description("Where it is written down")] LocationDocument Location
);
