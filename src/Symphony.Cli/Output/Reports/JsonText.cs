using System.Text;
using System.Text.Json;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// JSON for other programs: laid out, ASCII only (what a database says commands no terminal it is printed on), with a
/// line break at the end.
/// </summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            write(json);
        }

        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        output.Write('\n');
    }
}
