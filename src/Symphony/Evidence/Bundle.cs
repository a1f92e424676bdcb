using System.ComponentModel;
using Symphony.Verification;

namespace Symphony.Evidence;

[Description(
    "What one run found out about one task and failure signature. Its bytes are canonical JSON (RFC 8785): "
        + "the same database, manifests and waivers give the same bytes."
)]
public sealed record Bundle
{
    public const string Identifier = "symphony/evidence-bundle/v1";

    [Description("This document's contract and version")]
    public required string Schema { get; init; }

    [Description("The task that the invariants belong to")]
    public required string TaskId { get; init; }

    [Description("The name under which a failure of these invariants is known")]
    public required string FailureSignature { get; init; }

    [Description("Every manifest that declares one of the invariants, in the order of paths")]
    public required IReadOnlyList<ManifestReference> Manifests { get; init; }

    [Description("The database that was read")]
    public required TargetDocument Target { get; init; }

    [Description(
        "The worst verdict of the checks; ERROR at least when nothing was checked, or when not all was observed"
    )]
    public required Verdict Verdict { get; init; }

    [Description("How many checks have each verdict")]
    public required Summary Summary { get; init; }

    [Description("Why the database was not observed whole; null when it was")]
    public required BundleError? Error { get; init; }

    [Description(
        "The ids of invariants of this task and signature that the run was told to leave out, in order. Such a bundle "
            + "stands in the run's folder only"
    )]
    public required IReadOnlyList<string> LeftOut { get; init; }

    [Description("Every verdict, in the order of ids and subjects")]
    public required IReadOnlyList<CheckDocument> Checks { get; init; }

    [Description("The text of each query that a check names, by its SHA-256")]
    public required IReadOnlyDictionary<string, string> Queries { get; init; }
}

[Description("A file that was read")]
public sealed record ManifestReference(
    [property: Description("Below the folder that holds the invariants' folder, with forward slashes")] string Path,
    [property: Description("Lower-case hex SHA-256 of the file's bytes")] string Sha256
);

[Description("A database, by what does not change when its server is moved or restarted")]
public sealed record TargetDocument(
    [property: Description(
        "The cluster's identifier, in decimal; null when the role may not see it or nothing answered"
    )]
        string? SystemIdentifier,
    [property: Description("The database's name; null when it is not known")] string? Database,
    [property: Description("The server's version as a number, such as 180004; 0 when nothing answered")]
        int ServerVersionNum,
    [property: Description(
        "Lower-case hex SHA-256 over the definitions of every relation that the run touched; null when it could not be read"
    )]
        string? SchemaFingerprint
);

[Description("Counts of verdicts")]
public sealed record Summary(
    [property: Description("Observed, and the claim holds")] int Pass,
    [property: Description("Observed, and the claim does not hold")] int Fail,
    [property: Description("Could not be observed or decided")] int Error,
    [property: Description("A failure under a waiver in force")] int Waived
);

[Description("What ended the observation")]
public sealed record BundleError(
    [property: Description("The server's or the driver's words")] string Message,
    [property: Description("The server's code; null when no server refused")] string? Sqlstate
);
