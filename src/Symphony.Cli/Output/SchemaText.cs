using System.Text.Encodings.Web;
using System.Text.Json;
using Symphony.Evidence;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Cli.Output;

/// <summary>The published JSON Schemas, as they stand in <c>schema/json/</c>.</summary>
internal static class SchemaText
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="document"><c>manifest</c>, <c>bundle</c>, <c>run</c>, <c>reports</c> or <c>log-entry</c>.</param>
    public static string Of(string document) =>
        document switch
        {
            "bundle" => EvidenceSchemas.OfBundle(),
            "run" => EvidenceSchemas.OfRun(),
            "reports" => EvidenceSchemas.OfReports(),
            "log-entry" => EvidenceSchemas.OfLogEntry(),
            _ => OfManifest(),
        };

    private static string OfManifest()
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Layout))
        {
            ManifestSchema.Build(KindRegistry.Standard).WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }
}
