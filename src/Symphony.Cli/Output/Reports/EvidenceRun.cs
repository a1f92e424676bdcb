using Symphony.Evidence;

namespace Symphony.Cli.Output.Reports;

/// <summary>What a view is made of: a run's stored documents.</summary>
/// <param name="Folder">The run's own folder, as a full path.</param>
internal sealed record EvidenceRun(StoredRun Stored, string Folder)
{
    public RunDocument Run => Stored.Run;

    public IReadOnlyList<Bundle> Bundles => Stored.Bundles;

    /// <summary>The evidence folder that holds this run among others, its history; null when the run stands alone.</summary>
    public string? EvidenceFolder =>
        Path.GetDirectoryName(Folder) is { } runs && Path.GetFileName(runs) == "runs"
            ? Path.GetDirectoryName(runs)
            : null;

    /// <summary>Every check with its bundle, in the order of the evidence.</summary>
    public IEnumerable<(Bundle Bundle, CheckDocument Check)> Checks =>
        Bundles.SelectMany(bundle => bundle.Checks.Select(check => (bundle, check)));

    /// <param name="folder">The run's own folder, as a full path.</param>
    /// <exception cref="InputException">It does not hold a run's evidence.</exception>
    public static EvidenceRun Read(string folder) => new(StoredRun.Read(folder), folder);
}
