using System.ComponentModel;
using System.Text.Json.Serialization;
using Symphony.Kinds;

namespace Symphony.Manifests;

/// <summary>What stands at the head of a manifest.</summary>
internal sealed record ManifestHeader
{
    [Description("The manifest language's version: 1")]
    public required int Symphony { get; init; }

    [Description("The task that the invariants belong to: capital letters, digits, - and _")]
    public required string Task { get; init; }

    [Description("The failure signature of every invariant that does not name its own")]
    public required string FailureSignature { get; init; }

    [Description("What the invariants are for, in one line")]
    public string? Title { get; init; }

    [Description("How much a failure matters, unless the invariant says otherwise")]
    public Severity Severity { get; init; }

    [Description("Who answers for these invariants")]
    public IReadOnlyList<string> Owners { get; set; } = [];

    [Description("The schema of names that do not say theirs")]
    public string Schema { get; set; } = "public";

    [Description(
        "How rows are made, for every probe of the run, of tables for which one cannot make them up by itself"
    )]
    public IReadOnlyList<RowRecipe>? Rows { get; init; }

    [Description(
        "Only runs that probe verify these invariants; the others leave them out and say so (without it, a run that does not probe decides none of "
            + "the kind probe, and is in ERROR)"
    )]
    public bool OnlyWithProbes { get; init; }

    /// <summary>Whether invariants take the same from both.</summary>
    public bool GivesTheSameAs(ManifestHeader other) =>
        (Task, FailureSignature, Severity, Schema)
        == (other.Task, other.FailureSignature, other.Severity, other.Schema);
}

/// <summary>What stands beside an invariant's kind.</summary>
internal sealed record InvariantHeader
{
    [Description("Unique over all manifests of a run: lower-case letters, digits, - and _")]
    public required string Id { get; init; }

    [Description("The guarantee in one line")]
    public string? Title { get; init; }

    [Description("The failure signature, over the manifest's")]
    public string? FailureSignature { get; init; }

    [Description("How much a failure matters, over the manifest's")]
    public Severity? Severity { get; init; }

    [Description("Makes the invariant a rule: the claim is made of every object found")]
    public ForEach? ForEach { get; init; }
}

[Description("What a rule is over: one of tables, columns, triggers, indexes, functions, roles")]
internal sealed record ForEach
{
    [Description("Ordinary and partitioned tables; gives the claim its table")]
    public TableSelection? Tables { get; init; }

    [Description("Columns; gives the claim its table and name (set_if_null: its column)")]
    public PartSelection? Columns { get; init; }

    [Description("Triggers; gives the claim its table and name")]
    public PartSelection? Triggers { get; init; }

    [Description("Indexes; gives the claim its table and name")]
    public PartSelection? Indexes { get; init; }

    [Description(
        "Functions and procedures; gives the claim its name with argument types and its kind (privileges: its on)"
    )]
    public FunctionSelection? Functions { get; init; }

    [Description("Roles, the predefined ones left out; gives the claim its name (privileges: its to)")]
    public RoleSelection? Roles { get; init; }

    [Description("How many objects must be found at least")]
    public int AtLeast { get; set; } = 1;
}

internal record TableSelection
{
    [Description("The schema; the manifest's by default")]
    public string? Schema { get; init; }

    [Description("A pattern for the name: * and ? stand for any letters and any letter")]
    public string Name { get; set; } = "*";

    [Description("Only tables with this column")]
    public string? HavingColumn { get; init; }

    [Description("Names or patterns that are left out: of tables, or table.name")]
    public IReadOnlyList<string> Except { get; set; } = [];
}

internal sealed record FunctionSelection
{
    [Description("The schema; the manifest's by default")]
    public string? Schema { get; init; }

    [Description("A pattern for the name, its argument types left out: * and ? stand for any letters and any letter")]
    public string Name { get; set; } = "*";

    [Description("Only those that run with their caller's rights (invoker) or their owner's (definer)")]
    public FunctionSecurity? Security { get; init; }

    [Description("Names or patterns that are left out: of functions, or name(type, type)")]
    public IReadOnlyList<string> Except { get; set; } = [];
}

internal sealed record RoleSelection
{
    [Description("A pattern for the name: * and ? stand for any letters and any letter")]
    public string Name { get; set; } = "*";

    [Description("Only those that can connect (true) or cannot (false)")]
    public bool? Login { get; init; }

    [Description("Names or patterns that are left out")]
    public IReadOnlyList<string> Except { get; set; } = [];
}

internal sealed record PartSelection : TableSelection
{
    [Description("A pattern for the table")]
    public string Table { get; set; } = "*";
}

/// <summary>invariants/waivers.yml</summary>
internal sealed record WaiverFile
{
    [Description("Decisions, for a time, that a failure does not block")]
    public required IReadOnlyList<WaiverDocument> Waivers { get; init; }
}

internal sealed record WaiverDocument
{
    [Description("The invariant's id")]
    public required string Invariant { get; init; }

    [Description("The one subject it is about, as evidence names it; every subject without it")]
    public string? Subject { get; init; }

    [Description("Why the failure may stand")]
    public required string Reason { get; init; }

    [Description("Who decided")]
    public required string ApprovedBy { get; init; }

    [Description("The first UTC day on which it is in force: YYYY-MM-DD")]
    public string? Starts { get; init; }

    [Description("The last UTC day on which it is in force: YYYY-MM-DD")]
    public required string Expires { get; init; }
}

/// <summary>invariants/signatures.yml</summary>
internal sealed record SignatureFile
{
    [Description("Every failure signature that the manifests use")]
    public required IReadOnlyList<SignatureDocument> Signatures { get; init; }
}

internal sealed record SignatureDocument
{
    [Description("The failure signature")]
    public required string Signature { get; init; }

    [Description("What is wrong when it shows, in one line")]
    public required string Meaning { get; init; }

    [Description("Who answers for it")]
    public required string Owner { get; init; }

    [Description("The UTC day since which it is in use: YYYY-MM-DD")]
    public required string Since { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ManifestHeader))]
[JsonSerializable(typeof(InvariantHeader))]
[JsonSerializable(typeof(WaiverFile))]
[JsonSerializable(typeof(WaiverDocument))]
[JsonSerializable(typeof(SignatureFile))]
[JsonSerializable(typeof(SignatureDocument))]
internal sealed partial class ManifestJson : JsonSerializerContext;
