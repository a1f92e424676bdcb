using System.Text.Json;
using Symphony.Evidence;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// OSCAL 1.0.6 assessment results (NIST) for governance tools: an observation for each check, a finding for each
/// invariant, a risk for each that does not hold. The manifests are the plan that the results refer to.
/// </summary>
internal sealed class OscalReport : ReportFormat
{
    private const string Version = "1.0.6";

    public override string Name => "oscal";

    public override string FileName => "oscal.json";

    public override void Write(EvidenceRun run, TextWriter output) =>
        JsonText.Write(
            output,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("assessment-results");
                json.WriteString("uuid", NameUuid.Of("results", run.Run.RunId));
                WriteMetadata(json, run.Run);
                json.WriteStartObject("import-ap");
                json.WriteString("href", $"#{PlanOf(run.Run)}");
                json.WriteEndObject();
                json.WriteStartArray("results");
                new OscalResult(json, run).Write();
                json.WriteEndArray();
                WriteResources(json, run);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );

    /// <summary>The resource of a bundle, to which observations refer.</summary>
    public static Guid EvidenceOf(RunDocument run, Bundle bundle) =>
        NameUuid.Of("bundle", run.RunId, bundle.TaskId, bundle.FailureSignature);

    private static Guid PlanOf(RunDocument run) => NameUuid.Of("plan", run.RunId);

    private static void WriteMetadata(Utf8JsonWriter json, RunDocument run)
    {
        json.WriteStartObject("metadata");
        json.WriteString("title", $"Symphony run {run.RunId}");
        json.WriteString("last-modified", run.Ended);
        json.WriteString("version", run.RunId);
        json.WriteString("oscal-version", Version);
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, EvidenceRun run)
    {
        json.WriteStartObject("back-matter");
        json.WriteStartArray("resources");
        json.WriteStartObject();
        json.WriteString("uuid", PlanOf(run.Run));
        json.WriteString("title", "The manifests that declare the invariants");
        var manifests = run
            .Bundles.SelectMany(bundle => bundle.Manifests)
            .DistinctBy(manifest => manifest.Path)
            .OrderBy(manifest => manifest.Path, StringComparer.Ordinal)
            .Select(manifest => (manifest.Path, manifest.Sha256, "application/yaml"))
            .ToList();
        WriteLinks(json, manifests);
        json.WriteEndObject();
        foreach (var (bundle, reference) in run.Bundles.Zip(run.Run.Bundles))
        {
            json.WriteStartObject();
            json.WriteString("uuid", EvidenceOf(run.Run, bundle));
            json.WriteString("title", $"The evidence of {bundle.TaskId} {bundle.FailureSignature}");
            WriteLinks(json, [(reference.Path, reference.Sha256, "application/json")]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, IReadOnlyList<(string Path, string Sha256, string Type)> files)
    {
        // No list of the format may be empty.
        if (files.Count == 0)
        {
            return;
        }

        json.WriteStartArray("rlinks");
        foreach (var (path, sha256, type) in files)
        {
            json.WriteStartObject();
            json.WriteString("href", ReportText.Uri(path));
            json.WriteString("media-type", type);
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("algorithm", "SHA-256");
            json.WriteString("value", sha256);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
