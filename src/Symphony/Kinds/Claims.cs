using System.Text.Json;
using System.Text.Json.Serialization;
using Symphony.Manifests.Binding;
using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>What several claims have in common.</summary>
internal static class Claims
{
    public static IEnumerable<ClaimProblem> ExpressionProblems(string path, string? expression) =>
        expression is not null && ExpressionText.Problem(expression) is { } problem
            ? [new ClaimProblem(path, "one SQL expression", problem)]
            : [];

    public static IEnumerable<ClaimProblem> EmptyList(string path, IReadOnlyList<string> list, string expected) =>
        list.Count == 0 ? [new ClaimProblem(path, expected, "an empty list")] : [];
}

/// <summary>What a claim says of the rows that were there before the constraint.</summary>
[JsonConverter(typeof(ValidationConverter))]
[JsonSchema("""{"enum": [true, false, "any"]}""")]
public enum Validation
{
    Any,
    True,
    False,
}

internal sealed class ValidationConverter : JsonConverter<Validation>
{
    public override Validation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => Validation.True,
            JsonTokenType.False => Validation.False,
            JsonTokenType.String when reader.ValueTextEquals("any") => Validation.Any,
            _ => throw new JsonException("true, false or any"),
        };

    public override void Write(Utf8JsonWriter writer, Validation value, JsonSerializerOptions options)
    {
        if (value == Validation.Any)
        {
            writer.WriteStringValue("any");
        }
        else
        {
            writer.WriteBooleanValue(value == Validation.True);
        }
    }
}
