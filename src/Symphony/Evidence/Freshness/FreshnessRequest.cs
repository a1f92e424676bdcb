using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;
using Symphony.Manifests;

namespace Symphony.Evidence.Freshness;

/// <summary>What evidence must be of, to count here and now.</summary>
public sealed record FreshnessRequest
{
    public required EvidenceKey Key { get; init; }

    /// <summary>The manifests as they are now.</summary>
    public required ManifestSet Manifests { get; init; }

    /// <summary>The commit that the run must have been of.</summary>
    public required string Commit { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>How old the run may be; null when its age does not matter.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>A run in a working tree with changes counts, too.</summary>
    public bool AllowDirty { get; init; }

    /// <summary>A failure under a waiver that is still in force counts, too.</summary>
    public bool AllowWaived { get; init; }

    /// <summary>Must have signed the run and the log; null when signatures are not to be verified.</summary>
    public PublicKey? PublicKey { get; init; }

    /// <summary>The log must be a continuation of what this saw of it; and where it comes from.</summary>
    public (Checkpoint Checkpoint, string Source)? Last { get; init; }
}
