using System.Text.Json;
using Symphony.Evidence.Signing;

namespace Symphony.Evidence.Replay;

/// <summary>A run's signed statement: that it says what the run's documents say, and that the key has signed it.</summary>
internal sealed class StatementExamination(DocumentReader reader, Examination examination, PublicKey? key)
{
    /// <param name="name">The statement's file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isThere">Whether there is such a file.</param>
    /// <returns>The statement's digest; null when it could not be read, or is not there.</returns>
    public string? Examine(string name, ExaminedRun run, bool isThere)
    {
        if (!isThere)
        {
            if (key is not null)
            {
                examination.Find(
                    name,
                    "",
                    $"a statement that the key {key.Id} has signed",
                    "none: the run is not signed"
                );
            }

            return null;
        }

        if (reader.Read(name, DsseJson.Default.DsseEnvelope, _ => null, null) is not { } envelope)
        {
            return null;
        }

        examination.Require(name, "/payloadType", DsseEnvelope.InToto, envelope.Value.PayloadType);
        RequirePayload(name, envelope.Value, run);
        new EnvelopeExamination(examination, key).RequireSignature(name, envelope.Value);
        return envelope.Sha256;
    }

    private void RequirePayload(string name, DsseEnvelope envelope, ExaminedRun run)
    {
        if (envelope.DecodePayload() is not { } payload)
        {
            examination.Find(name, "/payload", "base64 in its one spelling", Shown.Of(envelope.Payload));
            return;
        }

        // Of a bundle that could not be read there is a finding already.
        if (run.Bundles.Count == 0 || run.Bundles.Count != run.Document.Value.Bundles.Count)
        {
            return;
        }

        var derived = Derive(run);
        if (payload.AsSpan().SequenceEqual(derived))
        {
            return;
        }

        try
        {
            var differences = JsonDifference
                .Between("", JsonElement.Parse(derived), JsonElement.Parse(CanonicalJson.Of(payload)))
                .DefaultIfEmpty(("", "canonical JSON", "other bytes of the same value"));
            foreach (var (pointer, expected, found) in differences)
            {
                examination.Find(name, "/payload", $"{pointer}: {expected}, as the run's documents say", found);
            }
        }
        catch (JsonException)
        {
            examination.Find(name, "/payload", "an in-toto statement", "no JSON");
        }
    }

    private static byte[] Derive(ExaminedRun run) =>
        Statement.Payload(
            run.Document.Value,
            run.Document.Sha256,
            run.Bundles[0].Value.Target,
            run.Bundles.SelectMany(bundle => bundle.Value.Manifests),
            run.Bundles.SelectMany(bundle =>
                bundle.Value.Checks.Select(check =>
                    (
                        Statement.TestName(bundle.Value.TaskId, bundle.Value.FailureSignature, check.Id, check.Subject),
                        check.Verdict
                    )
                )
            )
        );
}
