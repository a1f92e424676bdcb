using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Symphony.Evidence;

namespace Symphony.Tests.Evidence;

public sealed class CanonicalWriterTests
{
    [Fact]
    public void Each_element_is_itself_whether_it_was_the_last_one_or_another_was()
    {
        using var json = new CanonicalWriter();

        json.BeginArray();
        foreach (var text in (string[])["""{"b": 1, "a": 2}""", """{"b": 1, "a": 2}""", """{"b": 1, "a": 3}""", "[ ]"])
        {
            json.Element(JsonElement.Parse(text));
        }

        json.Element(null);
        json.EndArray();

        Assert.Equal(
            """[{"a":2,"b":1},{"a":2,"b":1},{"a":3,"b":1},[],null]""",
            Encoding.UTF8.GetString(json.Output.Written)
        );
    }

    [Fact]
    public void An_element_that_is_refused_is_refused_again()
    {
        using var json = new CanonicalWriter();
        var twice = JsonElement.Parse("""{"a": 1, "a": 2}""");

        Assert.Throws<JsonException>(() => json.Element(twice));
        Assert.Throws<JsonException>(() => json.Element(twice));
    }

    /// <summary>Whether a text is copied as it stands or escaped, it is what the canonical form makes of its JSON.</summary>
    [Fact]
    public void Every_text_is_in_its_canonical_form() =>
        Prop.ForAll(
                Arb.From(
                    Gen.Elements("a", "Z", " ", "~", "\u007f", "\"", "\\", "/", "\n", "\u0001", "é", "\uffff", "😀")
                        .ListOf()
                        .Select(string.Concat)
                ),
                text =>
                {
                    using var json = new CanonicalWriter();
                    json.String(text);
                    return json.Output.Written.SequenceEqual(
                        CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(text))
                    );
                }
            )
            .QuickCheckThrowOnFailure();
}
