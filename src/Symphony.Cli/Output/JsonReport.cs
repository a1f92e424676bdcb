using System.Text;
using Symphony.Evidence;

namespace Symphony.Cli.Output;

/// <summary>
/// The result as JSON: the run document and its bundles, byte for byte as they were written, in one object:
/// <c>{"bundles":[…],"run":{…}}</c>.
/// </summary>
internal static class JsonReport
{
    public static void Write(RunDocument run, EvidenceStore store, TextWriter output) =>
        Write(
            run.Bundles.Select(bundle => Read(store, bundle.Path)),
            Read(store, EvidenceStore.RunPath(run.RunId)),
            output
        );

    public static void Write(IEnumerable<string> bundles, string run, TextWriter output)
    {
        output.Write("{\"bundles\":[");
        var separator = "";
        foreach (var bundle in bundles)
        {
            output.Write(separator);
            output.Write(bundle);
            separator = ",";
        }

        output.Write("],\"run\":");
        output.Write(run);
        output.WriteLine("}");
    }

    private static string Read(EvidenceStore store, string path) =>
        File.ReadAllText(store.FullPath(path), Encoding.UTF8);
}
