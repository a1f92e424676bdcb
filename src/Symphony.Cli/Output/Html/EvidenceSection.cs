using System.Security.Cryptography;
using System.Text;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;

namespace Symphony.Cli.Output.Html;

/// <summary>The files that this page is a view of, with their digests: a page proves nothing, its evidence does.</summary>
internal static class EvidenceSection
{
    public static Markup Write(EvidenceRun run) =>
        Markup.Of(
            $"""
            <section id="evidence" aria-labelledby="evidence-title" tabindex="-1">
            <h2 id="evidence-title">Evidence</h2>
            <p>This page is a view and proves nothing by itself. What it shows is in these files; <code>symphony evidence verify</code> takes their digests again, judges every verdict again from the recorded facts, and checks signatures and the log, without a database.</p>
            <div class="scroll" role="group" aria-labelledby="evidence-title" tabindex="0"><table class="files">
            <thead><tr><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead>
            <tbody>{File(EvidenceStore.RunPath(run.Run.RunId), Sha256(run.Stored.RunText))}{run.Run.Bundles.Select(
                bundle => File(bundle.Path, bundle.Sha256)
            )}</tbody>
            <tbody>{Manifests(run).Select(manifest => File(manifest.Path, manifest.Sha256))}</tbody>
            </table></div>
            </section>
            """
        );

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<ManifestReference> Manifests(EvidenceRun run) =>
        run.Bundles.SelectMany(bundle => bundle.Manifests).Distinct().OrderBy(m => m.Path, StringComparer.Ordinal);

    private static Markup File(string path, string sha256) =>
        Markup.Of(
            $"<tr><th scope=\"row\" class=\"name\"><bdi>{Markup.Breakable(path)}</bdi></th><td class=\"digest\">{sha256}</td></tr>\n"
        );
}
