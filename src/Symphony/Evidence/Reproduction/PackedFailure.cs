using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Symphony.Catalog;
using Symphony.Evidence.Replay;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence.Reproduction;

/// <summary>What of a recorded failure goes into a pack: its facts, its claims, its tables.</summary>
public static class PackedFailure
{
    private static readonly string[] AbsentStates =
    [
        PostgresErrorCodes.UndefinedTable,
        PostgresErrorCodes.InvalidSchemaName,
    ];

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the failing checks rest on: the objects that they are about, read, or were matched in, and roles.</summary>
    /// <param name="invariants">One for each check, in their order.</param>
    public static Footing Footing(RecordedFailure failure, IReadOnlyList<Invariant> invariants) =>
        Catalog.Footing.Of(
            failure.Checks.Zip(invariants).SelectMany(pair => FootingsOf(failure, pair.First, pair.Second))
        );

    /// <summary>What the facts themselves make again, rows and all: statements for after the definitions.</summary>
    /// <param name="invariants">One for each check, in their order.</param>
    public static IReadOnlyList<string> Recreated(RecordedFailure failure, IReadOnlyList<Invariant> invariants) =>
        [.. failure.Checks.Zip(invariants).SelectMany(pair => Recreated(pair.First, pair.Second)).Distinct()];

    /// <summary>How many objects a rule matched, of a check that says that they were too few.</summary>
    public static int MatchesOf(CheckDocument rule) =>
        rule.Differences is [{ Observed: JsonValue found }] && found.TryGetValue(out int matches)
            ? matches
            : throw new ArgumentException("No rule that matched too little.", nameof(rule));

    /// <summary>The codes with which the server refuses a statement that fails, or cannot be answered, as recorded; none where it answers.</summary>
    public static IReadOnlyList<string> Refusals(CheckDocument check, InvariantKind kind) =>
        HasFact(check) ? []
        : check.Verdict == Verdict.Error ? [StatementRefusal.Of(check, kind)!.SqlState!]
        : [.. AbsentStates.Where(kind.SaysAbsent)];

    /// <summary>Whether something was observed of the check: a pack is made of the facts.</summary>
    public static bool IsObserved(CheckDocument check, Invariant invariant) =>
        check.Verdict != Verdict.Error || HasFact(check) || IsRefusal(check, invariant);

    /// <summary>Why no pack can show what was observed of the check; null where one may.</summary>
    public static string? Beyond(CheckDocument check, Invariant invariant) =>
        invariant.Claim is { } claim && HasFact(check) ? invariant.Kind.FootingOf(claim, check.Observed).Beyond : null;

    /// <summary>A query that has counted rows, where an empty table has others: nothing that a definition makes.</summary>
    public static bool LiesInRows(Reproduced check, Invariant invariant) =>
        invariant.Claim is { } claim
        && invariant.Kind.StatementFor(claim) is not null
        && HasFact(check.Then)
        && check.Now?.Observed is not null
        && Recreated(check.Then, invariant).Count == 0;

    private static bool HasFact(CheckDocument check) => check.Observed is { ValueKind: not JsonValueKind.Null };

    /// <summary>An ERROR that is the server's answer to the statement itself, and comes again with it.</summary>
    private static bool IsRefusal(CheckDocument check, Invariant invariant) =>
        invariant.Claim is { } claim
        && invariant.Kind.StatementFor(claim) is not null
        && StatementRefusal.Of(check, invariant.Kind)?.SqlState is { } code
        && !ConnectionFailures.IsOfTheMoment(code);

    private static IEnumerable<Footing> FootingsOf(RecordedFailure failure, CheckDocument check, Invariant invariant)
    {
        if (invariant.Claim is not { } claim)
        {
            // A rule: what it did match has checks of its own, which may hold.
            return failure
                .Bundle.Checks.Where(other => other.Id == check.Id && other.Subject is not null)
                .SelectMany(other => MatchedIn(other, invariant.Kind));
        }

        return invariant.Kind.StatementFor(claim) is null
                ? [invariant.Kind.FootingOf(claim, HasFact(check) ? check.Observed : null)]
            : Recreated(check, invariant).Count > 0 ? []
            : invariant.Kind.TablesRead(claim).Select(table => Catalog.Footing.Of(Subject.Of(table)));
    }

    private static IEnumerable<Footing> MatchedIn(CheckDocument check, InvariantKind kind) =>
        check.Claim is { ValueKind: not JsonValueKind.Null } claim
            ? [NamedIn(check), kind.FootingOf(ClaimReader.Read(claim, kind), HasFact(check) ? check.Observed : null)]
            : [NamedIn(check)];

    private static Footing NamedIn(CheckDocument check) =>
        check.Parameters is { } named
            ? Catalog.Footing.Of(new Subject(named.Schema, named.Relation, null))
            : Catalog.Footing.None;

    private static IReadOnlyList<string> Recreated(CheckDocument check, Invariant invariant) =>
        invariant.Claim is { } claim && HasFact(check) ? invariant.Kind.Recreate(claim, check.Observed!.Value) : [];

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

    /// <summary>The comment of a role that the pack makes: its own, so that no other pack's roles are taken for them.</summary>
    public static string RoleMark(RecordedFailure failure) =>
        $"made by a pack of {failure.Bundle.TaskId} {failure.Bundle.FailureSignature}, "
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ExpectedFacts(failure))))[..32];

    /// <summary>
    /// manifest.yml: the claims that failed, each by itself; JSON is YAML. Null where only rules did, which are about
    /// what they found and stand in the manifests alone.
    /// </summary>
    public static string? ManifestExcerpt(RecordedFailure failure, KindRegistry kinds)
    {
        if (failure.Checks.All(check => check.Subject is null))
        {
            return null;
        }

        var text = new StringBuilder();
        text.Append("symphony: 1\n")
            .Append($"task: {failure.Bundle.TaskId}\n")
            .Append($"failure_signature: {failure.Bundle.FailureSignature}\n")
            .Append("invariants:\n");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var check in failure.Checks.Where(check => check.Subject is not null))
        {
            // A rule's claims have one id together, and here each stands alone.
            var number = ids[check.Id] = ids.GetValueOrDefault(check.Id) + 1;
            text.Append($"  - id: {check.Id}{(number == 1 ? "" : $"-{number}")}\n")
                .Append($"    severity: {check.Severity}\n")
                .Append($"    {check.Kind}: {Written(check, kinds.Find(check.Kind)!).ToJsonString(Readable)}\n");
        }

        return text.ToString();
    }

    private static JsonObject Written(CheckDocument check, InvariantKind kind)
    {
        var claim = ClaimReader.Written(check.Claim!.Value, kind);
        foreach (var place in kind.PlacesInClaim)
        {
            claim.Remove(place);
        }

        return claim;
    }
}
