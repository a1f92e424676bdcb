using System.Globalization;
using System.Text;
using System.Xml;

namespace Symphony.Cli.Output.Reports;

/// <summary>What every JUnit file of ours has in common: its layout, and text that XML can say.</summary>
internal static class JUnitXml
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        // A line break in an attribute or a text comes back as it was.
        NewLineHandling = NewLineHandling.Entitize,
        OmitXmlDeclaration = true,
        CloseOutput = false,
    };

    /// <summary>One document, with a line break at the end.</summary>
    public static void Write(TextWriter output, Action<XmlWriter> write)
    {
        using (var xml = XmlWriter.Create(output, Settings))
        {
            write(xml);
        }

        output.Write('\n');
    }

    public static void WriteNumber(XmlWriter xml, string name, int number) =>
        xml.WriteAttributeString(name, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is wrong with the test case that is being written.</summary>
    /// <param name="element"><c>failure</c> or <c>error</c>.</param>
    public static void WriteProblem(XmlWriter xml, string element, string? type, string message, string text)
    {
        xml.WriteStartElement(element);
        if (type is not null)
        {
            xml.WriteAttributeString("type", type);
        }

        xml.WriteAttributeString("message", Text(message));
        xml.WriteString(Text(text));
        xml.WriteEndElement();
    }

    /// <summary>Without what XML 1.0 cannot say (section 2.2); what could turn or command text is shown as an escape.</summary>
    public static string Text(string text)
    {
        var clean = new StringBuilder(text.Length);
        var safe = TerminalText.EscapeLines(text);
        for (var i = 0; i < safe.Length; i++)
        {
            if (i + 1 < safe.Length && char.IsSurrogatePair(safe[i], safe[i + 1]))
            {
                clean.Append(safe[i]).Append(safe[++i]);
            }
            else if (XmlConvert.IsXmlChar(safe[i]))
            {
                clean.Append(safe[i]);
            }
            else
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)safe[i]:x4}");
            }
        }

        return clean.ToString();
    }
}
