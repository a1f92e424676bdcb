using System.Globalization;
using System.Xml;
using Symphony.Linting;

namespace Symphony.Cli.Output;

/// <summary>A test case for each migration: what is found is a failure, what could not be judged an error.</summary>
internal static class LintJUnitReport
{
    public static void Write(LintReport report, TextWriter output)
    {
        using var xml = XmlWriter.Create(
            output,
            new XmlWriterSettings
            {
                Indent = true,
                OmitXmlDeclaration = true,
                CheckCharacters = true,
            }
        );
        var cases = report.Judged.Count + (report.Failure is null ? 0 : 1);
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "symphony lint");
        xml.WriteAttributeString("tests", Text(cases));
        xml.WriteAttributeString("failures", Text(report.Counting.Select(finding => finding.Path).Distinct().Count()));
        xml.WriteAttributeString("errors", Text(report.Failure is null ? 0 : 1));
        foreach (var file in report.Judged)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", "symphony.lint");
            xml.WriteAttributeString("name", TerminalText.Escape(file.Path));
            foreach (var finding in report.Counting.Where(finding => finding.File == file))
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("type", finding.Finding.Rule.Id);
                xml.WriteAttributeString(
                    "message",
                    TerminalText.Escape($"line {finding.Line}: {finding.Finding.Message}")
                );
                xml.WriteString(TerminalText.Escape(finding.Finding.Remedy));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        if (report.Failure is { } failure)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", "symphony.lint");
            xml.WriteAttributeString("name", "every migration is judged");
            xml.WriteStartElement("error");
            xml.WriteAttributeString("message", TerminalText.Escape(failure.Message));
            xml.WriteString(TerminalText.Escape(failure.Found));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.Flush();
        output.WriteLine();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
