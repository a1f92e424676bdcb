using System.ComponentModel;
using Symphony.Manifests.Changes;
using Symphony.Verification;

namespace Symphony.Evidence;

[Description("Who verified, when, where and how: everything that changes from run to run")]
public sealed record RunDocument
{
    public const string Identifier = "symphony/evidence-run/v1";

    [Description("This document's contract and version")]
    public required string Schema { get; init; }

    [Description("Unique, and in the order of time: the UTC start and eight random hex digits")]
    public required string RunId { get; init; }

    [Description("When the run began: UTC, ISO 8601, milliseconds")]
    public required string Started { get; init; }

    [Description("When its evidence had been written: UTC, ISO 8601, milliseconds")]
    public required string Ended { get; init; }

    [Description("Milliseconds by phase")]
    public required IReadOnlyDictionary<string, long> DurationsMs { get; init; }

    [Description("The stages of a gate in their order, those that were left out too; none for other commands")]
    public required IReadOnlyList<StageDocument> Stages { get; init; }

    [Description("The bundles of the run, in the order of tasks and signatures")]
    public required IReadOnlyList<BundleReference> Bundles { get; init; }

    [Description("The state of the repository that the run was started in; null when there is none")]
    public required GitState? Git { get; init; }

    [Description("Symphony's version")]
    public required string ToolVersion { get; init; }

    [Description("The role that the database was read as; null when it is not known")]
    public required string? Role { get; init; }

    [Description("The server's host name or socket folder; null when it is not known")]
    public required string? Host { get; init; }

    [Description("The server's port; null when it is not known")]
    public required int? Port { get; init; }

    [Description("Whether the server was a standby")]
    public required bool Standby { get; init; }

    [Description(
        "The last migration that the database's ledger lists, public.schema_migrations; null when there is none that the role may read"
    )]
    public required LedgerDocument? Ledger { get; init; }

    [Description(
        "What the bundles' schema fingerprint covers: touched, the relations that the invariants are about; full, all that user schemas hold"
    )]
    public required string Fingerprint { get; init; }

    [Description("The command's arguments, passwords replaced by ***")]
    public required IReadOnlyList<string> Argv { get; init; }

    [Description("A command that verifies the same again")]
    public required string? ReproCommand { get; init; }

    [Description("Which command ran, and how: verify, gate, …")]
    public required string Mode { get; init; }

    [Description("The UTC day at which waivers were judged")]
    public required DateOnly WaiverDate { get; init; }

    [Description("Waivers that had no effect, and why")]
    public required IReadOnlyList<string> WaiverNotes { get; init; }

    [Description("Where the manifests ask for less than at a revision, or for something else; null when nobody asked")]
    public required ChangesSince? Since { get; init; }

    [Description("The worst verdict of the run")]
    public required Verdict Verdict { get; init; }

    [Description("What the process said to its caller")]
    public required int ExitCode { get; init; }
}

[Description("A bundle, bound by its digest")]
public sealed record BundleReference(
    [property: Description("Below the evidence folder, with forward slashes")] string Path,
    [property: Description("Lower-case hex SHA-256 of the bundle's bytes")] string Sha256,
    [property: Description("The bundle's task")] string TaskId,
    [property: Description("The bundle's failure signature")] string FailureSignature,
    [property: Description("The bundle's verdict")] Verdict Verdict
);

[Description("How far a database was migrated")]
public sealed record LedgerDocument(
    [property: Description("The migration's version, as the ledger has it")] string Version,
    [property: Description("The digest of the applied file, as the ledger has it")] string Checksum
);

[Description("The state of a git working tree")]
public sealed record GitState(
    [property: Description("The commit that is checked out; null before the first, or when it cannot be read")]
        string? Commit,
    [property: Description("Whether files differ from the commit, evidence aside; null when git could not say")]
        bool? Dirty
);
