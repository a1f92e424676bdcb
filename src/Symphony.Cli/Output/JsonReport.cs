using System.Text;
using Symphony.Evidence;

namespace Symphony.Cli.Output;

/// <summary>
/// The result as JSON for standard output: the run document and its bundles, byte for byte as they were written, in
/// one object: <c>{"bundles":[…],"run":{…}}</c>.
/// </summary>
internal static class JsonReport
{
    public static void Write(RunDocument run, EvidenceStore store, TextWriter output)
    {
        output.Write("{\"bundles\":[");
        for (var i = 0; i < run.Bundles.Count; i++)
        {
            output.Write(i == 0 ? "" : ",");
            output.Write(File.ReadAllText(store.FullPath(run.Bundles[i].Path), Encoding.UTF8));
        }

        output.Write("],\"run\":");
        output.Write(File.ReadAllText(store.FullPath(EvidenceStore.RunPath(run.RunId)), Encoding.UTF8));
        output.WriteLine("}");
    }
}
