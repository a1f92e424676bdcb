using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Verification;

namespace Symphony.Evidence.Replay;

/// <summary>A bundle, judged again: each verdict from its facts, and everything that follows from the verdicts.</summary>
internal sealed class BundleReplay(Examination examination, KindRegistry kinds)
{
    private readonly Dictionary<(InvariantKind Kind, int Major), string> _queries = [];
    private readonly HashSet<(string Name, string Kind)> _noted = [];

    /// <param name="document">The bundle as it was read.</param>
    /// <param name="run">The run that wrote it; null when it is not known.</param>
    public void Replay(ReadDocument<Bundle> document, RunDocument? run)
    {
        var bundle = document.Value;
        examination.Bundles++;
        if (RunExamination.KeyPath(bundle.TaskId, bundle.FailureSignature) is null)
        {
            examination.Find(
                document.Name,
                "/task_id",
                "a task, and a failure signature beside it",
                Shown.Of($"{bundle.TaskId} {bundle.FailureSignature}")
            );
        }

        ReplayQueries(document.Name, bundle);
        var results = ReplayChecks(document, run);
        if (results is not null)
        {
            var verdict = Report.Summarise(results, bundle.Error is { } e ? new(e.Message, e.Sqlstate) : null);
            examination.Require(document.Name, "/verdict", verdict.Word(), bundle.Verdict.Word());
            RequireSummary(document.Name, bundle.Summary, results);
        }

        RequireOrder(document.Name, bundle);
        RequireReferences(document.Name, bundle);
    }

    private List<CheckResult>? ReplayChecks(ReadDocument<Bundle> document, RunDocument? run)
    {
        var replay = new CheckReplay(document.Value, kinds, run?.WaiverDate);
        var results = new List<CheckResult>();
        var index = 0;
        foreach (var recorded in document.Json.GetProperty("checks").EnumerateArray())
        {
            var pointer = JsonPointer.Item("/checks", index);
            if (Replay(replay, document.Value.Checks[index], document.Name, pointer) is { } result)
            {
                results.Add(result);
                Compare(document.Name, pointer, result, recorded);
                RequireOwnQuery(document.Name, pointer, result, document.Value, run);
            }

            index++;
        }

        return results.Count == index ? results : null;
    }

    private CheckResult? Replay(CheckReplay replay, CheckDocument check, string name, string pointer)
    {
        try
        {
            examination.Verdicts++;
            return replay.Judge(check);
        }
        catch (ReplayException impossible)
        {
            examination.Find(name, pointer + impossible.Pointer, impossible.Expected, impossible.Found);
        }
        catch (JsonException claim)
        {
            examination.Find(
                name,
                pointer + "/claim" + JsonPointer.OfPath(claim.Path),
                $"a claim as the kind {check.Kind} writes it",
                "something else"
            );
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // Claims and facts that no run has written may break a kind anywhere: that is a finding, not our end.
            examination.Find(
                name,
                pointer,
                $"a claim and a fact that the kind {check.Kind} can judge",
                $"a failure to judge them ({broken.GetType().Name})"
            );
        }

        return null;
    }

    private void Compare(string name, string pointer, CheckResult result, JsonElement recorded)
    {
        using var json = new CanonicalWriter();
        CheckWriter.Write(json, result);
        var derived = JsonElement.Parse(json.Output.Written);
        foreach (var (at, expected, found) in JsonDifference.Between(pointer, derived, recorded))
        {
            examination.Find(name, at, $"{expected}, judged again from the facts", found);
        }
    }

    private void ReplayQueries(string name, Bundle bundle)
    {
        foreach (var (digest, sql) in bundle.Queries.OrderBy(query => query.Key, StringComparer.Ordinal))
        {
            var derived = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            examination.Require(name, JsonPointer.Member("/queries", digest), derived, digest);
        }

        var named = bundle.Checks.Select(check => check.QuerySha256).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var unused in bundle.Queries.Keys.Where(digest => !named.Contains(digest)))
        {
            examination.Find(name, JsonPointer.Member("/queries", unused), "a query that a check names", "none does");
        }
    }

    /// <summary>A query that this version would not ask may ask for facts that suit: said, and wrong in one's own evidence.</summary>
    private void RequireOwnQuery(string name, string pointer, CheckResult result, Bundle bundle, RunDocument? run)
    {
        var major = bundle.Target.ServerVersionNum / 10_000;
        if (result.Query is null || result.Claim is not { } claim || major == 0)
        {
            return;
        }

        var kind = result.Invariant.Kind;
        var own = kind.StatementFor(claim) is { } statement
            ? new FactQuery("", statement, []).Sha256
            : QueryOf(kind, major);
        if (own == result.Query.Sha256)
        {
            return;
        }

        if (run?.ToolVersion == RunInfo.Version)
        {
            examination.Find(name, pointer + "/query_sha256", $"the query of {kind.Key}: {own}", result.Query.Sha256);
        }
        else if (_noted.Add((name, kind.Key)))
        {
            examination.Note(
                $"{name} {pointer}: the query is not the one that Symphony {RunInfo.Version} asks for {kind.Key}; read it."
            );
        }
    }

    private string QueryOf(InvariantKind kind, int major)
    {
        if (!_queries.TryGetValue((kind, major), out var digest))
        {
            _queries[(kind, major)] = digest = new FactQuery(kind.Key, kind.FactsSql(major), []).Sha256;
        }

        return digest;
    }

    private void RequireSummary(string name, Summary recorded, List<CheckResult> results)
    {
        foreach (
            var (member, verdict, count) in new[]
            {
                ("pass", Verdict.Pass, recorded.Pass),
                ("fail", Verdict.Fail, recorded.Fail),
                ("error", Verdict.Error, recorded.Error),
                ("waived", Verdict.Waived, recorded.Waived),
            }
        )
        {
            var derived = results.Count(result => result.Verdict == verdict);
            examination.Require(name, $"/summary/{member}", Text(derived), Text(count));
        }
    }

    private void RequireOrder(string name, Bundle bundle)
    {
        for (var i = 1; i < bundle.Checks.Count; i++)
        {
            var (before, check) = (bundle.Checks[i - 1], bundle.Checks[i]);
            var order = string.CompareOrdinal(before.Id, check.Id);
            if (order > 0 || (order == 0 && string.CompareOrdinal(before.Subject, check.Subject) >= 0))
            {
                examination.Find(
                    name,
                    JsonPointer.Item("/checks", i),
                    "each id and subject once, in their order",
                    Shown.Of($"{check.Id} {check.Subject}")
                );
            }
        }
    }

    private void RequireReferences(string name, Bundle bundle)
    {
        var manifests = bundle.Manifests.Select(manifest => manifest.Path).ToList();
        for (var i = 0; i < manifests.Count; i++)
        {
            var pointer = JsonPointer.Item("/manifests", i);
            if (i > 0 && string.CompareOrdinal(manifests[i - 1], manifests[i]) >= 0)
            {
                examination.Find(name, pointer + "/path", "each path once, in their order", Shown.Of(manifests[i]));
            }

            RequireDigest(name, pointer + "/sha256", bundle.Manifests[i].Sha256);
        }

        for (var i = 0; i < bundle.Checks.Count; i++)
        {
            if (!manifests.Contains(bundle.Checks[i].Location.Path, StringComparer.Ordinal))
            {
                examination.Find(
                    name,
                    JsonPointer.Item("/checks", i) + "/location/path",
                    "a manifest that the bundle lists",
                    Shown.Of(bundle.Checks[i].Location.Path)
                );
            }

            if (bundle.LeftOut.Contains(bundle.Checks[i].Id, StringComparer.Ordinal))
            {
                examination.Find(name, "/left_out", "no invariant that has a check", Shown.Of(bundle.Checks[i].Id));
            }
        }

        if (bundle.Target.SchemaFingerprint is { } fingerprint)
        {
            RequireDigest(name, "/target/schema_fingerprint", fingerprint);
        }
    }

    private void RequireDigest(string name, string pointer, string digest)
    {
        if (digest.Length != 64 || !digest.All(char.IsAsciiHexDigitLower))
        {
            examination.Find(name, pointer, "a SHA-256 digest in lower-case hexadecimal", Shown.Of(digest));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
