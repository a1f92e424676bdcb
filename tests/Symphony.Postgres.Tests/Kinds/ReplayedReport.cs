using System.Text.Json;
using Symphony.Evidence;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>Every verdict that these tests look at must follow from its bundle alone, member by member.</summary>
internal static class ReplayedReport
{
    public static void Assert(Report report, Invariant invariant)
    {
        var manifest = new Manifest(
            invariant.ManifestPath,
            new string('0', 64),
            invariant.Task,
            invariant.FailureSignature,
            null,
            [],
            [invariant]
        );
        var bytes = Written(BundleDraft.Of(report, new ManifestSet([manifest], []), [invariant])[0]);
        var examination = new Examination();
        new BundleReplay(examination, KindRegistry.Standard).Replay(
            new ReadDocument<Bundle>(
                "bundle.json",
                bytes,
                JsonSerializer.Deserialize(bytes, EvidenceJson.Default.Bundle)!,
                JsonElement.Parse(bytes)
            ),
            null
        );

        Xunit.Assert.Equal([], examination.Findings);
        Xunit.Assert.Equal([], examination.Notes);
        Xunit.Assert.Equal(report.Checks.Count, examination.Verdicts);
    }

    private static byte[] Written(BundleDraft draft)
    {
        using var bytes = new MemoryStream();
        using var json = new CanonicalWriter();
        using var sink = new EvidenceSink([bytes]);
        BundleWriter.WriteChecks(json, draft, drafts: null, sink);
        BundleWriter.WriteHead(json, draft.Head, sink);
        return bytes.ToArray();
    }
}
