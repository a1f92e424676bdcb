using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Symphony.Evidence;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// By what two runs know the same failure: task, signature and subject. Lines may move and messages may change. Where
/// several invariants speak of one subject, a number tells them apart, in the order of the evidence.
/// </summary>
internal sealed class SarifFingerprints
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public void Write(Utf8JsonWriter json, Bundle bundle, CheckDocument check)
    {
        // A subject may hold any character but NUL.
        var key = string.Join('\0', bundle.TaskId, bundle.FailureSignature, check.Kind, check.Subject);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        _seen[digest] = _seen.GetValueOrDefault(digest) + 1;
        var print = string.Create(CultureInfo.InvariantCulture, $"{digest}:{_seen[digest]}");
        json.WriteStartObject("partialFingerprints");
        // The name that GitHub compares by.
        json.WriteString("primaryLocationLineHash", print);
        json.WriteString("taskSignatureSubject/v1", print);
        json.WriteEndObject();
    }
}
