using System.Text.Json;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests.Binding;

/// <summary>Writes a tree as the JSON of a type, and says of every node that does not fit why.</summary>
/// <param name="trial">Tries what only a type's converter can judge; null leaves that to who reads the JSON.</param>
/// <param name="problems">Takes all that does not fit; null when the first one is enough.</param>
internal sealed class BindingPass(Utf8JsonWriter writer, ConverterTrial? trial, ProblemList? problems)
{
    /// <summary>What has been written is of no use.</summary>
    public bool Failed { get; private set; }

    public void Write(YamlNode node, TypeShape shape)
    {
        // A full list keeps nothing more, and a failing converter costs an exception each time.
        if (Failed && problems is null or { IsFull: true })
        {
            return;
        }

        switch (shape.Kind)
        {
            case ShapeKind.Text:
                WriteText(node, shape);
                break;
            case ShapeKind.Boolean:
                WriteBoolean(node, shape);
                break;
            case ShapeKind.Choice:
                WriteChoice(node, shape);
                break;
            case ShapeKind.List:
                WriteList(node, shape);
                break;
            case ShapeKind.Map:
                WriteMap(node, shape);
                break;
            case ShapeKind.Record:
                WriteRecord(node, shape);
                break;
            case ShapeKind.Converted:
                WriteConverted(node, shape);
                break;
            default:
                YamlJson.Write(writer, node);
                break;
        }
    }

    private void WriteText(YamlNode node, TypeShape shape)
    {
        if (node is YamlScalar { Kind: YamlScalarKind.Text } text)
        {
            writer.WriteStringValue(text.Text);
            return;
        }

        var quoted = node is YamlScalar { Text.Length: > 0 } scalar
            ? $"put it in quotes: \"{Shown.Shorten(scalar.Text)}\""
            : null;
        Report(node, shape.Expected, node.Describe(), quoted);
    }

    private void WriteBoolean(YamlNode node, TypeShape shape)
    {
        if (node is YamlScalar { Kind: YamlScalarKind.Boolean } boolean)
        {
            writer.WriteBooleanValue(boolean.Text[0] is 't' or 'T');
            return;
        }

        var hint = (node as YamlScalar)?.Text.ToUpperInvariant() switch
        {
            "YES" or "ON" or "Y" => "write true",
            "NO" or "OFF" or "N" => "write false",
            "TRUE" or "FALSE" => "write it without quotes",
            _ => null,
        };
        Report(node, shape.Expected, node.Describe(), hint);
    }

    private void WriteChoice(YamlNode node, TypeShape shape)
    {
        if (node is YamlScalar scalar && shape.Choices.Contains(scalar.Text))
        {
            writer.WriteStringValue(scalar.Text);
            return;
        }

        Report(node, shape.Expected, node.Describe(), Nearest.Hint((node as YamlScalar)?.Text ?? "", shape.Choices));
    }

    private void WriteList(YamlNode node, TypeShape shape)
    {
        if (node is not YamlSequence sequence)
        {
            var hint = node is YamlScalar { Kind: not YamlScalarKind.Null } scalar
                ? $"put it in brackets: [{Shown.Shorten(scalar.Text)}]"
                : null;
            Report(node, shape.Expected, node.Describe(), hint);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in sequence.Items)
        {
            WriteOrNull(item, shape.Element!, shape.ElementMayBeNull);
        }

        writer.WriteEndArray();
    }

    private void WriteMap(YamlNode node, TypeShape shape)
    {
        if (node is not YamlMapping mapping)
        {
            Report(node, shape.Expected, node.Describe());
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, value) in mapping.Entries)
        {
            writer.WritePropertyName(key.Text);
            WriteOrNull(value, shape.Element!, shape.ElementMayBeNull);
        }

        writer.WriteEndObject();
    }

    private void WriteRecord(YamlNode node, TypeShape shape)
    {
        if (node is YamlMapping mapping)
        {
            writer.WriteStartObject();
            WriteMembers(mapping, shape);
            writer.WriteEndObject();
        }
        else if (node is YamlScalar && shape.Shorthand is { } member)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(member.Key);
            WriteOrNull(node, member.Shape.Value, member.MayBeNull);
            writer.WriteEndObject();
        }
        else
        {
            Report(node, shape.Expected, node.Describe());
        }
    }

    private void WriteMembers(YamlMapping mapping, TypeShape shape)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (shape.Members.TryGetValue(key.Text, out var member))
            {
                writer.WritePropertyName(member.Key);
                WriteOrNull(value, member.Shape.Value, member.MayBeNull);
                continue;
            }

            // {type: numeric(10,2)} is, to YAML, the keys "type" and "2)".
            var cut = mapping.IsFlow && value is YamlScalar { Kind: YamlScalarKind.Null, Text: "" };
            var hint =
                Nearest.Hint(key.Text, shape.Members.Keys)
                ?? (cut ? "between { and } a comma ends a value: put text that holds one in quotes" : null);
            Report(key, "one of the keys " + Shown.QuoteAll(shape.Members.Keys), Shown.Quote(key.Text), hint);
        }

        foreach (var member in shape.Members.Values)
        {
            if (member.IsRequired && mapping[member.Name] is null)
            {
                Report(mapping, $"the key `{member.Name}`", mapping.Describe() + " without it");
            }
        }
    }

    private void WriteConverted(YamlNode node, TypeShape shape)
    {
        // Where null is a value, the member or the list has let it pass already.
        if (node is YamlScalar { Kind: YamlScalarKind.Null })
        {
            Report(node, shape.Expected, node.Describe());
            return;
        }

        if (trial?.Refusal(node, shape) is { } refusal)
        {
            Report(refusal.At, refusal.Expected, refusal.At.Describe());
            return;
        }

        YamlJson.Write(writer, node);
    }

    private void WriteOrNull(YamlNode node, TypeShape shape, bool mayBeNull)
    {
        if (mayBeNull && node is YamlScalar { Kind: YamlScalarKind.Null })
        {
            writer.WriteNullValue();
            return;
        }

        Write(node, shape);
    }

    private void Report(YamlNode at, string expected, string found, string? hint = null)
    {
        Failed = true;
        problems?.Add(at, expected, found, hint);
    }
}
