using Symphony.Kinds;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>A place in a manifest, counted from 1.</summary>
public readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary>Where what stands there ends; the same place where only the beginning is known.</summary>
    public int EndLine { get; init; } = Line;

    /// <summary>Just after the last character.</summary>
    public int EndColumn { get; init; } = Column;

    internal static SourceLocation Of(YamlNode node) =>
        new(node.Line, node.Column) { EndLine = node.EndLine, EndColumn = node.EndColumn };
}

/// <summary>How much a failure matters; <c>--fail-on</c> chooses which severities block.</summary>
public enum Severity
{
    P0,
    P1,
    P2,
    P3,
}

/// <summary>A YAML file of invariants for one task and, by default, one failure signature.</summary>
/// <param name="Path">As it was found below the invariants' folder's parent, with forward slashes: evidence shows it.</param>
/// <param name="Sha256">Lower-case hex digest of the file's bytes.</param>
public sealed record Manifest(
    string Path,
    string Sha256,
    string Task,
    string FailureSignature,
    string? Title,
    IReadOnlyList<string> Owners,
    IReadOnlyList<Invariant> Invariants
)
{
    /// <summary>How rows are made that a probe cannot make up by itself.</summary>
    public IReadOnlyList<RowRecipe> Rows { get; init; } = [];

    /// <summary>Only runs that probe verify the invariants.</summary>
    public bool OnlyWithProbes { get; init; }
}

/// <summary>One declared guarantee, or a rule that declares it for many objects.</summary>
/// <param name="Claim">The qualified claim; null for a rule, whose claims come from <see cref="Rule"/>.</param>
public sealed record Invariant(
    string Id,
    string? Title,
    string Task,
    string FailureSignature,
    Severity Severity,
    string ManifestPath,
    SourceLocation Location,
    InvariantKind Kind,
    Claim? Claim,
    Rule? Rule
);

/// <summary>All manifests of a run, checked against each other.</summary>
public sealed record ManifestSet(IReadOnlyList<Manifest> Manifests, IReadOnlyList<Waiver> Waivers)
{
    public IEnumerable<Invariant> Invariants => Manifests.SelectMany(manifest => manifest.Invariants);

    /// <summary>Of all manifests: how a row of a table is made does not depend on who asks.</summary>
    public IReadOnlyList<RowRecipe> Rows => [.. Manifests.SelectMany(manifest => manifest.Rows)];

    /// <summary>The registry of failure signatures, by signature; null when there is none.</summary>
    public IReadOnlyDictionary<string, RegisteredSignature>? Signatures { get; init; }
}

/// <summary>A decision, for a time, that a failure does not block.</summary>
/// <param name="Subject">The one subject it is about; null for every subject of the invariant.</param>
/// <param name="Starts">The first UTC day on which it is in force; null when it always was.</param>
/// <param name="Expires">The last UTC day on which it is in force.</param>
public sealed record Waiver(
    string Invariant,
    string? Subject,
    string Reason,
    string ApprovedBy,
    DateOnly? Starts,
    DateOnly Expires,
    string Path,
    SourceLocation Location
);
