using System.ComponentModel;
using System.Text.Json.Serialization;
using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>
/// What a manifest says must be so. One record per kind: the manifest's keys are its properties. A property with a default
/// has a setter and not an initialiser, because System.Text.Json's source generator would lose the default.
/// </summary>
public abstract record Claim
{
    /// <summary>What is wrong with the claim by itself, such as a list without entries. Read when the manifest is.</summary>
    public virtual IEnumerable<ClaimProblem> Problems() => [];
}

/// <summary>A claim about a table or a part of one.</summary>
public abstract record TableClaim : Claim
{
    [Description("The table: a name in the manifest's schema, or schema.name")]
    [JsonPropertyOrder(-2)]
    public required ObjectName Table { get; init; }
}

/// <summary>A file that a claim speaks of.</summary>
/// <param name="Name">Without its folder.</param>
/// <param name="Sha256">The digest of its bytes, in lower-case hexadecimal.</param>
public sealed record FileDigest(
    [property: Description("The file's name, without its folder")] string Name,
    [property: Description("SHA-256 of its bytes, in lower-case hexadecimal")] string Sha256
);

/// <summary>A claim that a manifest makes and that cannot be meant.</summary>
/// <param name="Path">Where, inside the claim: <c>columns</c>, <c>references.columns</c>.</param>
/// <param name="Expected">What would be right.</param>
/// <param name="Found">What stands there.</param>
public sealed record ClaimProblem(string Path, string Expected, string Found);
