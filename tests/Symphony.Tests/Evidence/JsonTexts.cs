using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Symphony.Tests.Evidence;

/// <summary>JSON texts of every shape, with names and strings from all over Unicode.</summary>
internal static class JsonTexts
{
    private static readonly Gen<string> Text = Gen.Elements(
            "a",
            "b",
            "A",
            "\u0000",
            "\n",
            "\"",
            "\\",
            "/",
            "\u007f",
            "\u00e9",
            "\u2028",
            "\ud83d\ude00",
            "\ufb33",
            "\uffff",
            "<",
            "'"
        )
        .ListOf()
        .Select(parts => string.Concat(parts.Take(4)));

    private static readonly Gen<string> Number = Gen.OneOf(
        ArbMap.Default.GeneratorFor<int>().Select(value => JsonSerializer.Serialize(value)),
        ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(value => JsonSerializer.Serialize(value)),
        Gen.Elements("-0", "1e21", "1E-7", "5e-324", "1.7976931348623157e308")
    );

    public static Arbitrary<string> Any { get; } = Gen.Sized(size => Value(Math.Min(size, 24))).ToArbitrary();

    /// <summary>The same value with the members of every object the other way round.</summary>
    public static string Reversed(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Reversed)) + "]",
            JsonValueKind.Object => "{"
                + string.Join(
                    ", ",
                    value.EnumerateObject().Reverse().Select(m => Quoted(m.Name) + ": " + Reversed(m.Value))
                )
                + "}",
            _ => value.GetRawText(),
        };

    private static Gen<string> Value(int size)
    {
        var leaf = Gen.OneOf(Gen.Elements("null", "true", "false"), Number, Text.Select(Quoted));
        if (size == 0)
        {
            return leaf;
        }

        var inner = Value(size / 3).ListOf().Select(items => items.Take(5));
        var members = Text.ListOf().SelectMany(_ => inner, (names, values) => names.Distinct().Zip(values));
        return Gen.OneOf(
            leaf,
            inner.Select(items => "[" + string.Join(", ", items) + "]"),
            members.Select(pairs =>
                "{ " + string.Join(" , ", pairs.Select(pair => Quoted(pair.First) + " : " + pair.Second)) + " }"
            )
        );
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
