using System.Xml;
using Symphony.Cli.Output.Reports;
using Symphony.Linting;

namespace Symphony.Cli.Output;

/// <summary>A test case for each migration: what is found is a failure, what could not be judged an error.</summary>
internal static class LintJUnitReport
{
    public static void Write(LintReport report, TextWriter output) =>
        JUnitXml.Write(output, xml => WriteSuite(xml, report));

    private static void WriteSuite(XmlWriter xml, LintReport report)
    {
        var errors = report.Failure is null ? 0 : 1;
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "symphony lint");
        JUnitXml.WriteNumber(xml, "tests", report.Judged.Count + errors);
        JUnitXml.WriteNumber(xml, "failures", report.Counting.Select(finding => finding.Path).Distinct().Count());
        JUnitXml.WriteNumber(xml, "errors", errors);
        foreach (var file in report.Judged)
        {
            StartCase(xml, file.Path);
            foreach (var entry in report.Counting.Where(finding => finding.File == file))
            {
                JUnitXml.WriteProblem(
                    xml,
                    "failure",
                    entry.Finding.Rule.Id,
                    TerminalText.Escape($"line {entry.Line}: {entry.Finding.Message}"),
                    TerminalText.Escape(entry.Finding.Remedy)
                );
            }

            xml.WriteEndElement();
        }

        if (report.Failure is { } failure)
        {
            StartCase(xml, "every migration is judged");
            JUnitXml.WriteProblem(
                xml,
                "error",
                null,
                TerminalText.Escape(failure.Message),
                TerminalText.Escape($"{failure.Found}; {failure.Next}")
            );
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void StartCase(XmlWriter xml, string name)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "symphony.lint");
        xml.WriteAttributeString("name", JUnitXml.Text(TerminalText.Escape(name)));
    }
}
