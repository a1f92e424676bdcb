using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Symphony.Cli.Output.Reports;
using Symphony.Kinds;

namespace Symphony.Cli.Output.Html;

/// <summary>
/// The report page: one file that needs nothing else. What says the verdict is markup; the checks are the bundles
/// themselves as data, shown by a script when they are looked at, so that ten thousand are as quick as ten.
/// </summary>
internal sealed class HtmlReport : ReportFormat
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override string Name => "html";

    public override string FileName => "report.html";

    public override void Write(EvidenceRun run, TextWriter output) =>
        PageTemplate.Write(
            output,
            new Dictionary<string, Action<TextWriter>>(StringComparer.Ordinal)
            {
                ["policy"] = page => page.Write(Markup.Escape(PageTemplate.Policy)),
                ["title"] = page => page.Write(Markup.Escape(Title(run))),
                ["style"] = page => page.Write(PageTemplate.Style),
                ["verdict"] = page => page.Write(VerdictSection.Write(run)),
                ["run"] = page => page.Write(RunSection.Write(run)),
                ["matrix"] = page => page.Write(MatrixSection.Write(run)),
                ["history"] = page => page.Write(HistorySection.Write(run)),
                ["fallback"] = page => page.Write(FallbackSection.Write(run)),
                ["evidence"] = page => page.Write(EvidenceSection.Write(run)),
                ["data"] = page => WriteData(run, page),
                ["script"] = page => page.Write(PageTemplate.Script),
            }
        );

    private static string Title(EvidenceRun run) =>
        $"{Verification.VerdictNames.Word(run.Run.Verdict)}: {VerdictSection.Sentence(run)} · Symphony";

    private static void WriteData(EvidenceRun run, TextWriter page)
    {
        ScriptData.Write(page, "run", run.Stored.RunText);
        ScriptData.Write(page, "kinds", KindsOf(run).ToJsonString(Readable));
        foreach (var bundle in run.Stored.BundleTexts)
        {
            ScriptData.Write(page, "bundle", bundle);
        }
    }

    /// <summary>What a check of each kind means, for whoever does not know the words of manifests.</summary>
    private static JsonObject KindsOf(EvidenceRun run)
    {
        var used = run.Checks.Select(pair => pair.Check.Kind).ToHashSet(StringComparer.Ordinal);
        return new JsonObject(
            KindRegistry
                .Standard.Kinds.Where(kind => used.Contains(kind.Key))
                .Select(kind =>
                    KeyValuePair.Create<string, JsonNode?>(
                        kind.Key,
                        new JsonObject
                        {
                            ["summary"] = kind.Summary,
                            ["only_when"] = new JsonArray([.. kind.HoldsOnlyWhen.Select(text => (JsonNode?)text)]),
                            ["why"] = kind.WhyItMatters,
                        }
                    )
                )
        );
    }
}
