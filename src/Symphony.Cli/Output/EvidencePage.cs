using System.Text.Json;
using System.Text.Json.Nodes;
using Symphony.Evidence;
using Symphony.Evidence.Comparing;
using Symphony.Evidence.Import;

namespace Symphony.Cli.Output;

/// <summary>Stored evidence for people: each bundle, its checks, and why they are not a PASS.</summary>
internal sealed class EvidencePage(TextWriter output, Style style)
{
    private static readonly JsonSerializerOptions Inline = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Write(ShownEvidence evidence)
    {
        foreach (var finding in evidence.Findings)
        {
            output.WriteLine($"WRONG   {TerminalText.Escape(finding.ToString())}");
        }

        foreach (var bundle in evidence.Bundles)
        {
            Write(bundle);
        }

        foreach (var record in evidence.Archive?.Records ?? [])
        {
            Write(record);
        }
    }

    private void Write(Bundle bundle)
    {
        output.WriteLine($"{style.Of(bundle.Verdict)}  {bundle.TaskId} {bundle.FailureSignature}");
        Line(
            "target",
            $"{bundle.Target.Database ?? "unknown"} of cluster {bundle.Target.SystemIdentifier ?? "unknown"}, server {bundle.Target.ServerVersionNum}"
        );
        Line("schema", bundle.Target.SchemaFingerprint ?? "unknown");
        foreach (var manifest in bundle.Manifests)
        {
            Line("claims", $"{manifest.Path}  {manifest.Sha256}");
        }

        if (bundle.Error is { } error)
        {
            Line("error", error.Message);
        }

        foreach (var check in bundle.Checks)
        {
            Write(check);
        }

        output.WriteLine();
    }

    private void Write(CheckDocument check)
    {
        output.WriteLine(
            $"  {style.Of(check.Verdict)}  {TerminalText.Escape($"{check.Id}  {check.Kind} {check.Subject ?? "(the rule)"}")}  [{check.Severity}]"
        );
        foreach (var difference in check.Differences)
        {
            Detail($"{difference.Path}: expected {Show(difference.Expected)}, found {Show(difference.Observed)}");
        }

        if (check.Explanation is { } explanation)
        {
            Detail(explanation);
        }

        foreach (var statement in check.Remedy)
        {
            Detail($"repair: {statement};");
        }

        if (check.Waiver is { } waiver)
        {
            Detail($"waived until {waiver.Expires:yyyy-MM-dd} by {waiver.ApprovedBy}: {waiver.Reason}");
        }
    }

    private void Write(ImportedRecord record)
    {
        output.WriteLine(
            $"{style.Of(record.Verdict)}  {TerminalText.Escape($"{record.Timestamp}  {record.CheckId}  {record.Status}  commit {record.GitSha}")}"
        );
        if (record.Details is { } details)
        {
            Detail(details.ValueKind == JsonValueKind.String ? details.GetString()! : details.GetRawText());
        }
    }

    private void Line(string label, string text) =>
        output.WriteLine($"  {style.Dim(label.PadRight(8))}{TerminalText.Escape(text)}");

    private void Detail(string text) => output.WriteLine($"          {TerminalText.Escape(text)}");

    private static string Show(JsonNode? value) => value?.ToJsonString(Inline) ?? "nothing";
}
