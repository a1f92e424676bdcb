using System.Net;
using Symphony.Cli.Output.Reports;
using Symphony.Verification;

namespace Symphony.Cli.Output.Html;

/// <summary>The report page: one file that needs nothing else.</summary>
internal sealed class HtmlReport : ReportFormat
{
    public override string Name => "html";

    public override void Write(EvidenceRun run, TextWriter output)
    {
        output.Write("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Symphony</title>");
        output.Write($"<h1>{run.Run.Verdict.Word()}</h1><ul>");
        foreach (var (_, check) in run.Checks)
        {
            output.Write($"<li>{check.Verdict.Word()} {WebUtility.HtmlEncode($"{check.Id} {check.Subject}")}</li>");
        }

        output.WriteLine("</ul></html>");
    }
}
