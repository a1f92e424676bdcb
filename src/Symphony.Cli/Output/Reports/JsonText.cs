using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Symphony.Cli.Output.Reports;

/// <summary>JSON for other programs: laid out, with a line break at the end.</summary>
internal static class JsonText
{
    /// <param name="isRelaxed">Every character is written as it is, where JSON lets it be; otherwise it is ASCII only.</param>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write, bool isRelaxed = false)
    {
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = isRelaxed ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : null,
        };
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            write(json);
        }

        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        output.Write('\n');
    }
}
