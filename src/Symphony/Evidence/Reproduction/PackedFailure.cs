using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Symphony.Catalog;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence.Reproduction;

/// <summary>What of a recorded failure goes into a pack: its facts, its claims, its tables.</summary>
public static class PackedFailure
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The tables that the failing checks are about, for their definitions.</summary>
    public static IReadOnlyList<Subject> Relations(RecordedFailure failure) =>
        [
            .. failure
                .Checks.Select(check => check.Parameters)
                .Where(parameters => parameters?.Relation is not null)
                .Select(parameters => new Subject(parameters!.Schema, parameters.Relation, null))
                .Distinct()
                .OrderBy(subject => subject.Schema, StringComparer.Ordinal)
                .ThenBy(subject => subject.Relation, StringComparer.Ordinal),
        ];

    /// <exception cref="InputException">Something in it is not made by definitions.</exception>
    public static void RequirePackable(RecordedFailure failure, IReadOnlyList<Invariant> invariants)
    {
        var problem =
            failure.Checks.FirstOrDefault(check => check.Verdict == Verdict.Error) is { } undecided
                ? $"{undecided.Id}, which was not decided"
            : invariants.FirstOrDefault(invariant => invariant.Claim is null) is { } rule
                ? $"{rule.Id}, a rule that matched too little"
            : invariants.FirstOrDefault(invariant => invariant.Kind.StatementFor(invariant.Claim!) is not null)
                is { } rows
                ? $"{rows.Id}, of the kind {rows.Kind.Key}: it reads rows, and a pack holds none"
            : null;
        if (problem is not null)
        {
            throw new InputException(
                "the failure cannot be packed",
                "failures that the definitions of tables make",
                problem,
                "show it on a database with `symphony repro`, without --pack"
            );
        }
    }

    /// <summary>expected.json: what the queries found, check by check.</summary>
    public static string ExpectedFacts(RecordedFailure failure)
    {
        using var json = new CanonicalWriter();
        json.BeginArray();
        foreach (var check in failure.Checks)
        {
            json.BeginObject();
            json.Name("explanation"u8).String(check.Explanation);
            json.Name("id"u8).String(check.Id);
            json.Name("observed"u8).Element(check.Observed);
            json.Name("subject"u8).String(check.Subject);
            json.Name("verdict"u8).String(check.Verdict.Word());
            json.EndObject();
        }

        json.EndArray();
        return Encoding.UTF8.GetString(json.Output.Written) + "\n";
    }

    /// <summary>manifest.yml: the claims that failed, each by itself; JSON is YAML.</summary>
    public static string ManifestExcerpt(RecordedFailure failure, KindRegistry kinds)
    {
        var text = new StringBuilder();
        text.Append("symphony: 1\n")
            .Append($"task: {failure.Bundle.TaskId}\n")
            .Append($"failure_signature: {failure.Bundle.FailureSignature}\n")
            .Append("invariants:\n");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var check in failure.Checks)
        {
            // A rule's claims have one id together, and here each stands alone.
            var number = ids[check.Id] = ids.GetValueOrDefault(check.Id) + 1;
            text.Append($"  - id: {check.Id}{(number == 1 ? "" : $"-{number}")}\n")
                .Append($"    severity: {check.Severity}\n")
                .Append(
                    $"    {check.Kind}: {ClaimReader.Written(check.Claim!.Value, kinds.Find(check.Kind)!).ToJsonString(Readable)}\n"
                );
        }

        return text.ToString();
    }
}
