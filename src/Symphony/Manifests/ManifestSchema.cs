using System.Text.Json.Nodes;
using Symphony.Kinds;
using Symphony.Manifests.Binding;

namespace Symphony.Manifests;

/// <summary>
/// The JSON Schema of manifests, for editors: made of the very records that manifests are bound to, so it cannot say
/// anything else than the reader does. Under <c>for_each</c> a claim may leave out what the rule gives it.
/// </summary>
public static class ManifestSchema
{
    /// <summary>What a rule may give: these are not required where there is a for_each.</summary>
    private static readonly string[] GivenByRules = ["table", "name", "column", "trigger", "on", "to"];

    public static JsonObject Build(KindRegistry kinds)
    {
        var manifest = JsonSchemas.Of(ManifestJson.Default.ManifestHeader).AsObject();
        var properties = manifest["properties"]!.AsObject();
        properties["symphony"]!.AsObject()["const"] = 1;
        Restrict(properties, "task", Identifiers.TaskPattern);
        Restrict(properties, "failure_signature", Identifiers.SignaturePattern);
        properties["invariants"] = new JsonObject
        {
            ["description"] = "The declared guarantees",
            ["type"] = "array",
            ["minItems"] = 1,
            ["items"] = Invariant(kinds),
        };
        manifest["required"]!.AsArray().Add((JsonNode)"invariants");
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Symphony manifest",
            ["type"] = "object",
            ["properties"] = manifest["properties"]!.DeepClone(),
            ["required"] = manifest["required"]!.DeepClone(),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Invariant(KindRegistry kinds)
    {
        var invariant = JsonSchemas.Of(ManifestJson.Default.InvariantHeader).AsObject();
        var properties = invariant["properties"]!.AsObject();
        Restrict(properties, "id", Identifiers.IdPattern);
        Restrict(properties, "failure_signature", Identifiers.SignaturePattern);
        properties["for_each"]!["properties"]!["at_least"]!.AsObject()["minimum"] = 1;
        foreach (var kind in kinds.Kinds)
        {
            var claim = JsonSchemas.Of(kind.ClaimType).AsObject();
            Relax(claim);
            claim["description"] = $"{kind.Summary} {kind.WhyItMatters}";
            properties[kind.Key] = claim;
        }

        invariant["oneOf"] = new JsonArray([
            .. kinds.Kinds.Select(kind =>
                (JsonNode)new JsonObject { ["required"] = new JsonArray((JsonNode)kind.Key) }
            ),
        ]);
        invariant["if"] = new JsonObject
        {
            ["not"] = new JsonObject { ["required"] = new JsonArray((JsonNode)"for_each") },
        };
        invariant["then"] = new JsonObject { ["properties"] = Required(kinds) };
        invariant["additionalProperties"] = false;
        return invariant;
    }

    private static void Restrict(JsonObject properties, string name, string pattern)
    {
        var property = properties[name]!.AsObject();
        property["pattern"] = pattern;
        property["maxLength"] = Identifiers.Longest;
    }

    /// <summary>Moves what a rule may give out of each claim's own list, to where there is no rule.</summary>
    private static JsonObject Required(KindRegistry kinds)
    {
        var required = new JsonObject();
        foreach (var kind in kinds.Kinds)
        {
            var names =
                JsonSchemas.Of(kind.ClaimType)["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [];
            required[kind.Key] = new JsonObject
            {
                ["required"] = new JsonArray([
                    .. names.Where(name => GivenByRules.Contains(name)).Select(name => (JsonNode)name),
                ]),
            };
        }

        return required;
    }

    /// <summary>The claim's schema as it holds under a rule too.</summary>
    private static void Relax(JsonObject claim)
    {
        if (claim["required"] is JsonArray required)
        {
            claim["required"] = new JsonArray([
                .. required
                    .Select(name => name!.GetValue<string>())
                    .Where(name => !GivenByRules.Contains(name))
                    .Select(name => (JsonNode)name),
            ]);
        }
    }
}
