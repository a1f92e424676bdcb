using System.Text;
using Symphony.Evidence.Replay;

namespace Symphony.Evidence;

/// <summary>A run as its evidence has it, read back from what was written: views are made of this and of nothing else.</summary>
/// <param name="Bundles">In the run's order.</param>
/// <param name="RunText">The run document as it stands in its file.</param>
/// <param name="BundleTexts">The bundles as they stand in their files.</param>
public sealed record StoredRun(
    RunDocument Run,
    IReadOnlyList<Bundle> Bundles,
    string RunText,
    IReadOnlyList<string> BundleTexts
)
{
    /// <param name="folder">The run's own folder, as a full path.</param>
    /// <exception cref="InputException">A document is not there, is no evidence, or is not the one that the run lists.</exception>
    public static StoredRun Read(string folder)
    {
        var examination = new Examination();
        var reader = new DocumentReader(folder, examination);
        var run = Require(
            reader.Read("run.json", EvidenceJson.Default.RunDocument, run => run.Schema, RunDocument.Identifier),
            folder,
            examination
        );
        var bundles = new List<ReadDocument<Bundle>>();
        foreach (var reference in run.Value.Bundles)
        {
            var path = RunExamination.KeyPath(reference.TaskId, reference.FailureSignature);
            if (path is null)
            {
                examination.Find(run.Name, "/bundles", "tasks and failure signatures", Shown.Of(reference.Path));
            }

            var bundle = Require(
                path is null
                    ? null
                    : reader.Read(path, EvidenceJson.Default.Bundle, bundle => bundle.Schema, Bundle.Identifier),
                folder,
                examination
            );
            if (bundle.Sha256 != reference.Sha256)
            {
                examination.Find(bundle.Name, "", $"bytes with the SHA-256 {reference.Sha256}", bundle.Sha256);
                throw Unusable(folder, examination);
            }

            bundles.Add(bundle);
        }

        return new StoredRun(
            run.Value,
            [.. bundles.Select(bundle => bundle.Value)],
            Encoding.UTF8.GetString(run.Bytes),
            [.. bundles.Select(bundle => Encoding.UTF8.GetString(bundle.Bytes))]
        );
    }

    private static ReadDocument<T> Require<T>(ReadDocument<T>? document, string folder, Examination examination)
        where T : class => document ?? throw Unusable(folder, examination);

    private static InputException Unusable(string folder, Examination examination) =>
        new(
            "the run's evidence cannot be shown",
            $"run.json and the bundles that it lists, as they were written, in {folder}",
            examination.Findings[0].ToString(),
            "see all that is wrong with `symphony evidence verify`"
        );
}
