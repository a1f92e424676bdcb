using Symphony.Evidence;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Verification;

namespace Symphony.Tasks;

/// <summary>Reads what the last run in an evidence folder's log says of a key.</summary>
public sealed class NewestEvidence(string root, KindRegistry kinds)
{
    /// <summary>Null when there is none, or when something stands against it.</summary>
    public (Verdict Verdict, string RunId)? Read(string task, string signature)
    {
        if (!Directory.Exists(root))
        {
            return null;
        }

        var examination = new Examination();
        return
            new NewestReader(root, kinds, examination).Read(new EvidenceKey(task, signature)) is var (run, bundle)
            && examination.Findings.Count == 0
            ? (bundle.Value.Verdict, run.Id)
            : null;
    }
}
