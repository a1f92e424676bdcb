using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Symphony.Evidence;

namespace Symphony.Tests.Evidence;

/// <summary>The sections named are those of RFC 8785.</summary>
public sealed class CanonicalJsonTests
{
    [Fact]
    public void Section_3_2_2_primitives_are_written_as_ECMAScript_does() =>
        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            Canonical(
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
                  "literals": [null, true, false]
                }
                """
            )
        );

    [Fact]
    public void Section_3_2_3_names_are_in_the_order_of_UTF_16_code_units() =>
        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            Canonical(
                """
                {
                  "\u20ac": "Euro Sign",
                  "\r": "Carriage Return",
                  "\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One",
                  "\ud83d\ude00": "Emoji: Grinning Face",
                  "\u0080": "Control",
                  "\u00f6": "Latin Small Letter O With Diaeresis"
                }
                """
            )
        );

    [Fact]
    public void Section_3_2_4_the_bytes_are_those_of_the_example() =>
        Assert.Equal(
            "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e3333333333"
                + "33332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c"
                + "5c5c222f227d",
            Convert.ToHexStringLower(
                CanonicalJson.Of(
                    """
                {"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
                "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}
                """u8
                )
            )
        );

    [Theory]
    [InlineData(
        """{"b":{"z":[{"y":1,"x":2}],"a":{}},"a":[[],[{}]]}""",
        """{"a":[[],[{}]],"b":{"a":{},"z":[{"x":2,"y":1}]}}"""
    )]
    [InlineData("""{"aa":1,"a":2,"":3}""", """{"":3,"a":2,"aa":1}""")]
    [InlineData("""{"\u0061b":1,"a\u0061":2}""", """{"aa":2,"ab":1}""")]
    [InlineData(" \"\\u007f\\u2028\\/<&\" ", "\"\u007f\u2028/<&\"")]
    [InlineData("\"\\b\\t\\n\\f\\r\\u0000\\u001F\"", "\"\\b\\t\\n\\f\\r\\u0000\\u001f\"")]
    [InlineData("[ -0 , -0.0, 0, 00.5e1 ]", null)]
    [InlineData("[ -0 , -0.0, 0, 0.5e1, -1, -1.50 ]", "[0,0,0,5,-1,-1.5]")]
    [InlineData("9007199254740993", "9007199254740992")]
    public void The_form_is_the_same_however_it_was_written(string json, string? expected)
    {
        if (expected is null)
        {
            Assert.ThrowsAny<JsonException>(() => Canonical(json));
        }
        else
        {
            Assert.Equal(expected, Canonical(json));
        }
    }

    [Theory]
    [InlineData("""{"a":1,"b":2,"a":1}""")]
    [InlineData("""{"a":1,"\u0061":1}""")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00x\":1}")]
    [InlineData("1e400")]
    [InlineData("-1e309")]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("[1,]")]
    public void What_has_no_canonical_form_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => Canonical(json));

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() =>
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Of([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']));

    [Theory]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("9007199254740992", "\"9007199254740992\"")]
    [InlineData("-9223372036854775808", "\"-9223372036854775808\"")]
    [InlineData("18446744073709551615", "\"18446744073709551615\"")]
    [InlineData("1e30", "1e+30")]
    public void Evidence_keeps_the_digits_of_integers_that_a_double_would_round(string json, string expected)
    {
        var output = new ByteBuffer();
        new CanonicalJson { WideIntegersAsStrings = true }.Write(Encoding.UTF8.GetBytes(json), output);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.Written));
    }

    [Fact]
    public void The_form_of_the_form_is_itself() =>
        Prop.ForAll(JsonTexts.Any, json => Canonical(Canonical(json)) == Canonical(json)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_form_reads_back_as_the_same_value() =>
        Prop.ForAll(
                JsonTexts.Any,
                json => JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(Canonical(json)))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_members_does_not_matter() =>
        Prop.ForAll(JsonTexts.Any, json => Canonical(JsonTexts.Reversed(JsonElement.Parse(json))) == Canonical(json))
            .QuickCheckThrowOnFailure();

    private static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));
}
