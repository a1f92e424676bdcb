namespace Symphony.Manifests;

/// <summary>Manifests that cannot be used: every problem of every file, in reading order. Exit code 3.</summary>
public sealed class ManifestException(ProblemList problems)
    : Exception($"{problems.Count + problems.Omitted} problems in the manifests")
{
    public ProblemList Problems { get; } = problems;
}
