using System.ComponentModel;

namespace Symphony.Evidence.Reports;

[Description(
    "The reports in a run's folder, bound by their digests: views of the run, which prove nothing by themselves"
)]
public sealed record ReportIndex
{
    public const string Identifier = "symphony/evidence-reports/v1";

    public const string FileName = "reports.json";

    /// <summary>What a key has signed of it, byte for byte: a DSSE envelope.</summary>
    public const string SignatureName = "reports.dsse.json";

    /// <summary>The media type of the payload in <see cref="SignatureName"/>.</summary>
    public const string MediaType = "application/vnd.symphony.reports+json";

    [Description("This document's contract and version")]
    public required string Schema { get; init; }

    [Description("The run that they show")]
    public required string RunId { get; init; }

    [Description("Lower-case hex SHA-256 of the run's run.json")]
    public required string RunSha256 { get; init; }

    [Description("The reports, in the order of their names")]
    public required IReadOnlyList<ReportReference> Reports { get; init; }

    /// <summary>Whether a file in a run's folder may be a report: one that is in no other folder, and no evidence itself.</summary>
    public static bool IsReportName(string name) =>
        name.Length > 0
        && name is not ("." or ".." or "run.json" or Signing.DsseEnvelope.FileName or FileName or SignatureName)
        && name.AsSpan().IndexOfAny('/', '\\', '\0') < 0;

    /// <summary>The canonical bytes.</summary>
    public byte[] ToBytes()
    {
        using var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("reports"u8).BeginArray();
        foreach (var report in Reports)
        {
            json.BeginObject();
            json.Name("format"u8).String(report.Format);
            json.Name("name"u8).String(report.Name);
            json.Name("sha256"u8).String(report.Sha256);
            json.EndObject();
        }

        json.EndArray();
        json.Name("run_id"u8).String(RunId);
        json.Name("run_sha256"u8).String(RunSha256);
        json.Name("schema"u8).String(Schema);
        json.EndObject();
        return json.Output.Written.ToArray();
    }
}

[Description("A report, bound by its digest")]
public sealed record ReportReference(
    [property: Description("What it is: html, sarif, junit and so on")] string Format,
    [property: Description("The file's name in the run's folder")] string Name,
    [property: Description("Lower-case hex SHA-256 of the file's bytes")] string Sha256
);
