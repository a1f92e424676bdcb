using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Symphony.Catalog;

namespace Symphony.Manifests.Changes;

/// <summary>
/// What two readings of the manifests declare, held against each other: where the newer asks for less. Pure; what it
/// cannot weigh it calls changed, and what only asks for more it does not mention.
/// </summary>
public static class ManifestComparison
{
    /// <summary>An operator is not shown as an escape; who prints it escapes it for where it is printed.</summary>
    private static readonly JsonSerializerOptions AsWritten = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Subject AnyObject = new("{schema}", "{table}", "{name}");

    /// <summary>The changes, in the order of invariants' ids and of places.</summary>
    public static IReadOnlyList<ManifestChange> Compare(ManifestSet before, ManifestSet after)
    {
        var now = after.Invariants.ToDictionary(invariant => invariant.Id, StringComparer.Ordinal);
        return
        [
            .. before
                .Invariants.SelectMany(old =>
                    now.TryGetValue(old.Id, out var same)
                        ? Compare(old, same)
                        : [new ManifestChange(ChangeKind.Removed, old.Id, null, null, null)]
                )
                .Concat(WaiverComparison.Compare(before.Waivers, after.Waivers))
                .OrderBy(change => change.Invariant, StringComparer.Ordinal)
                .ThenBy(change => change.Path, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<ManifestChange> Compare(Invariant before, Invariant after)
    {
        if (before.Kind != after.Kind)
        {
            return [Changed(after, "kind", before.Kind.Key, after.Kind.Key)];
        }

        return Head(before, after)
            .Concat(RuleComparison.Compare(after.Id, before.Rule, after.Rule))
            .Concat(Members(after, ClaimOf(before), ClaimOf(after)));
    }

    private static IEnumerable<ManifestChange> Head(Invariant before, Invariant after)
    {
        if (after.Severity > before.Severity)
        {
            yield return new(
                ChangeKind.Loosened,
                after.Id,
                "severity",
                before.Severity.ToString(),
                after.Severity.ToString()
            );
        }

        if (before.Task != after.Task)
        {
            yield return Changed(after, "task", before.Task, after.Task);
        }

        if (before.FailureSignature != after.FailureSignature)
        {
            yield return Changed(after, "failure_signature", before.FailureSignature, after.FailureSignature);
        }
    }

    /// <summary>A key that is now left out, or says "any", asks for nothing where something was asked.</summary>
    private static IEnumerable<ManifestChange> Members(Invariant after, JsonObject was, JsonObject now)
    {
        foreach (var (key, value) in was)
        {
            if (now[key] is var other && !JsonNode.DeepEquals(value, other) && !AsksNothing(value))
            {
                var change = AsksNothing(other) ? ChangeKind.Loosened : ChangeKind.Changed;
                yield return new(change, after.Id, key, Text(value!), other is null ? "nothing" : Text(other));
            }
        }
    }

    private static bool AsksNothing(JsonNode? value) =>
        value is null || (value is JsonValue text && text.TryGetValue<string>(out var word) && word == "any");

    private static string Text(JsonNode value) => value.ToJsonString(AsWritten);

    private static JsonObject ClaimOf(Invariant invariant)
    {
        var claim = invariant.Claim ?? invariant.Rule!.ClaimFor(AnyObject);
        return JsonSerializer.SerializeToNode(claim, invariant.Kind.ClaimType)!.AsObject();
    }

    private static ManifestChange Changed(Invariant invariant, string path, string from, string to) =>
        new(ChangeKind.Changed, invariant.Id, path, from, to);
}
