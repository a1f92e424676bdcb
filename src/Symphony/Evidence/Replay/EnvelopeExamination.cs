using Symphony.Evidence.Signing;

namespace Symphony.Evidence.Replay;

/// <summary>That the key, and nobody else, has signed an envelope; without a key, who says to have.</summary>
internal sealed class EnvelopeExamination(Examination examination, PublicKey? key)
{
    public void RequireSignature(string name, DsseEnvelope envelope)
    {
        if (key is null)
        {
            var keys = string.Join(", ", envelope.Signatures.Select(signature => signature.Keyid));
            examination.Note($"{name}: says that it is signed by {keys}; give --public-key to know.");
        }
        else if (envelope.Signatures.All(signature => signature.Keyid != key.Id))
        {
            var others = envelope.Signatures.Select(signature => Shown.Of(signature.Keyid)).DefaultIfEmpty("none");
            examination.Find(name, "/signatures", $"one by the key {key.Id}", string.Join(", ", others));
        }
        else if (envelope.Signatures.Count > 1 || !envelope.IsSignedBy(key))
        {
            examination.Find(
                name,
                "/signatures",
                $"one signature, right for the payload and the key {key.Id}",
                "another"
            );
        }
        else
        {
            examination.Signatures++;
        }
    }
}
