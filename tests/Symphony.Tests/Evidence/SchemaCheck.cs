using System.Text.Json;
using System.Text.Json.Nodes;

namespace Symphony.Tests.Evidence;

/// <summary>As much of JSON Schema as the generated schemas use; another keyword is a problem of its own.</summary>
internal static class SchemaCheck
{
    private static readonly HashSet<string> Known =
    [
        "$schema",
        "title",
        "description",
        "type",
        "enum",
        "const",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "format",
        "$ref",
    ];

    public static IReadOnlyList<string> Problems(string schema, JsonNode value)
    {
        var root = JsonNode.Parse(schema)!;
        return [.. Problems(root, root, value, "$")];
    }

    private static IEnumerable<string> Problems(JsonNode root, JsonNode schema, JsonNode? value, string path)
    {
        if (schema is not JsonObject rules)
        {
            return schema.GetValueKind() == JsonValueKind.True ? [] : [path + " is not allowed"];
        }

        if (rules["$ref"] is { } reference)
        {
            return Problems(root, Resolve(root, (string)reference!), value, path);
        }

        var own = rules
            .Where(rule => !Known.Contains(rule.Key))
            .Select(rule => $"{path}: unknown keyword {rule.Key}")
            .Concat(
                rules["type"] is { } type && !TypesOf(type).Contains(TypeOf(value))
                    ? [$"{path} is {TypeOf(value)}"]
                    : []
            )
            .Concat(rules["const"] is { } only && !JsonNode.DeepEquals(only, value) ? [$"{path} is not {only}"] : [])
            .Concat(
                rules["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value))
                    ? [$"{path} is not in {words}"]
                    : []
            );
        return value switch
        {
            JsonObject members => own.Concat(ProblemsOf(root, rules, members, path)),
            JsonArray items when rules["items"] is { } each => own.Concat(
                items.SelectMany((item, i) => Problems(root, each, item, $"{path}[{i}]"))
            ),
            _ => own,
        };
    }

    private static IEnumerable<string> ProblemsOf(JsonNode root, JsonObject rules, JsonObject members, string path)
    {
        var properties = rules["properties"] as JsonObject;
        var missing = (rules["required"] as JsonArray ?? [])
            .Select(name => (string)name!)
            .Where(name => !members.ContainsKey(name));
        return missing
            .Select(name => $"{path}.{name} is missing")
            .Concat(
                members.SelectMany(member =>
                    (properties?[member.Key] ?? rules["additionalProperties"]) is { } schema
                        ? Problems(root, schema, member.Value, $"{path}.{member.Key}")
                        : []
                )
            );
    }

    private static JsonNode Resolve(JsonNode root, string reference) =>
        reference
            .Split('/')
            .Skip(1)
            .Aggregate(root, (at, step) => at is JsonArray list ? list[int.Parse(step)]! : at[step]!);

    private static IEnumerable<string> TypesOf(JsonNode type) =>
        type is JsonArray several ? several.Select(one => (string)one!) : [(string)type!];

    private static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "integer",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            _ => "boolean",
        };
}
