using System.ComponentModel;
using System.Text.Json.Serialization;
using Symphony.Contracts;

namespace Symphony.Manifests.Changes;

/// <summary>What became of a declaration.</summary>
[JsonConverter(typeof(WordConverter<ChangeKind>))]
public sealed class ChangeKind : Word, IWordSet<ChangeKind>
{
    public static readonly ChangeKind Removed = new("removed");
    public static readonly ChangeKind Loosened = new("loosened");

    /// <summary>It says something else, and which of the two asks for more is for a person to decide.</summary>
    public static readonly ChangeKind Changed = new("changed");

    private ChangeKind(string text)
        : base(text) { }

    public static IReadOnlyList<ChangeKind> All { get; } = [Removed, Loosened, Changed];
}

[Description("A place where the manifests ask for less than before, or for something else")]
public sealed record ManifestChange(
    [property: Description("removed, loosened, or changed: then a person decides what it means")] ChangeKind Change,
    [property: Description("The invariant's id")] string Invariant,
    [property: Description("Where in it: severity, for_each.at_least, a key of its claim, waiver; null for all of it")]
        string? Path,
    [property: Description("What stood there, as JSON or in words")] string? From,
    [property: Description("What stands there now")] string? To
)
{
    public override string ToString() =>
        Path is null ? $"{Change.Text}: {Invariant}" : $"{Change.Text}: {Invariant}, {Path} from {From} to {To}";
}

[Description("What became of the manifests since a revision")]
public sealed record ChangesSince(
    [property: Description("The revision as it was named")] string Revision,
    [property: Description("Its commit")] string Commit,
    [property: Description("Where less is asked for than then, or something else")]
        IReadOnlyList<ManifestChange> Changes
);
