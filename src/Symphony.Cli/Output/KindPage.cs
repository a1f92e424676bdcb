using System.Text.Json.Nodes;
using Symphony.Kinds;
using Symphony.Manifests.Binding;

namespace Symphony.Cli.Output;

/// <summary>A kind's documentation, made of what its code says: nothing about a kind is written a second time.</summary>
internal sealed class KindPage(TextWriter output)
{
    public void WriteList(IReadOnlyList<InvariantKind> kinds)
    {
        output.WriteLine("Kinds of invariants; `symphony explain KIND` says more.");
        output.WriteLine();
        foreach (var kind in kinds)
        {
            output.WriteLine($"  {kind.Key, -13} {kind.Summary}");
        }
    }

    public void Write(InvariantKind kind)
    {
        output.WriteLine($"{kind.Key}: {kind.Summary}");
        output.WriteLine();
        output.WriteLine($"Why       {kind.WhyItMatters}");
        output.WriteLine();
        output.WriteLine("Fields");
        foreach (var field in FieldsOf(kind))
        {
            output.WriteLine(
                $"  {field.Name, -15} {field.Type, -28} {(field.Required ? "required. " : "")}{field.Description}"
            );
        }

        output.WriteLine();
        output.WriteLine("Holds only when, beyond the fields,");
        foreach (var condition in kind.HoldsOnlyWhen)
        {
            output.WriteLine($"  - {condition}");
        }

        output.WriteLine();
        output.WriteLine("Example: a claim, and the smallest schema in which it holds");
        foreach (var line in kind.Example.TrimEnd().Split('\n'))
        {
            output.WriteLine($"  {line}".TrimEnd());
        }
    }

    public void WriteMarkdown(IReadOnlyList<InvariantKind> kinds)
    {
        output.WriteLine("# Kinds of invariants");
        output.WriteLine();
        output.WriteLine("Made by `symphony explain --markdown`; a test fails when this page and the code differ.");
        output.WriteLine();
        output.WriteLine(
            "What a database can be made to do without any of this changing: [what no catalog read can see](#what-no-catalog-read-can-see)."
        );
        output.WriteLine();
        output.WriteLine("| kind | what it proves |");
        output.WriteLine("|---|---|");
        foreach (var kind in kinds)
        {
            output.WriteLine($"| [`{kind.Key}`](#{kind.Key}) | {kind.Summary} |");
        }

        foreach (var kind in kinds)
        {
            WriteMarkdown(kind);
        }

        WriteBlindSpots();
    }

    private void WriteBlindSpots()
    {
        output.WriteLine();
        output.WriteLine("## What no catalog read can see");
        output.WriteLine();
        output.WriteLine(
            "These leave the catalog as it was claimed, so that PASS without `--probe` says nothing of them."
        );
        output.WriteLine();
        output.WriteLine("| what is done | claims that stand unharmed | what must see it |");
        output.WriteLine("|---|---|---|");
        foreach (var spot in BlindSpots.All)
        {
            var claims = string.Join(", ", spot.Claims.Select(kind => $"[`{kind}`](#{kind})"));
            output.WriteLine($"| {spot.What} | {claims} | {spot.Witness} |");
        }
    }

    private void WriteMarkdown(InvariantKind kind)
    {
        output.WriteLine();
        output.WriteLine($"## {kind.Key}");
        output.WriteLine();
        output.WriteLine($"{kind.Summary} {kind.WhyItMatters}");
        output.WriteLine();
        output.WriteLine("| field | type | |");
        output.WriteLine("|---|---|---|");
        foreach (var field in FieldsOf(kind))
        {
            output.WriteLine(
                $"| `{field.Name}` | {field.Type.Replace("|", "\\|", StringComparison.Ordinal)} | {(field.Required ? "Required. " : "")}{field.Description} |"
            );
        }

        output.WriteLine();
        output.WriteLine("Holds only when, beyond the fields:");
        output.WriteLine();
        foreach (var condition in kind.HoldsOnlyWhen)
        {
            output.WriteLine($"- {condition}");
        }

        output.WriteLine();
        output.WriteLine("```yaml");
        output.WriteLine(kind.Example.TrimEnd());
        output.WriteLine("```");
    }

    private static IEnumerable<Field> FieldsOf(InvariantKind kind)
    {
        var schema = JsonSchemas.Of(kind.ClaimType).AsObject();
        var required =
            schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet(StringComparer.Ordinal)
            ?? [];
        return schema["properties"]!
            .AsObject()
            .Select(property => new Field(
                property.Key,
                TypeOf(property.Value!),
                required.Contains(property.Key),
                property.Value!["description"]?.GetValue<string>() ?? ""
            ));
    }

    private static string TypeOf(JsonNode schema)
    {
        if (schema["enum"] is JsonArray values)
        {
            return string.Join(" | ", values.Where(value => value is not null).Select(value => value!.ToString()));
        }

        var types = (
            schema["type"] is JsonArray several
                ? several.Select(type => type!.GetValue<string>())
                : [schema["type"]?.GetValue<string>() ?? "any"]
        ).Where(type => type != "null");
        return string.Join(
            " or ",
            types.Select(type =>
                type switch
                {
                    "string" => "text",
                    "boolean" => "true | false",
                    "array" => $"list of {(schema["items"] is { } items ? TypeOf(items) : "text")}",
                    "object" => "mapping",
                    _ => type,
                }
            )
        );
    }

    private sealed record Field(string Name, string Type, bool Required, string Description);
}
