using FsCheck;
using FsCheck.Fluent;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Tests.Catalog;

public sealed class ObjectNameTests
{
    [Theory]
    [InlineData("tenants", null, "tenants")]
    [InlineData("public.tenants", "public", "tenants")]
    [InlineData("Public.Tenants", "Public", "Tenants")]
    [InlineData("\"a.b\".c", "a.b", "c")]
    [InlineData("a.\"b.c\"", "a", "b.c")]
    [InlineData("\"say \"\"no\"\"\"", null, "say \"no\"")]
    [InlineData("with blank.and-dash", "with blank", "and-dash")]
    [InlineData("café.naïve", "café", "naïve")]
    public void A_name_is_exact_with_SQL_quotes_where_a_part_needs_them(string text, string? schema, string name)
    {
        Assert.Equal(new ObjectName(schema, name), ObjectName.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a.b.c")]
    [InlineData("\"\"")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("a\"b")]
    [InlineData("a.\"b\".")]
    [InlineData("\"a\"\"")]
    public void What_is_not_a_name_says_how_one_is_written(string text)
    {
        Assert.StartsWith(
            "a name, or schema.name",
            Assert.Throws<FormatException>(() => ObjectName.Parse(text)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Any_name_survives_being_written_and_read()
    {
        var parts = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(part => part.Get);
        var names =
            from schema in parts
            from name in parts
            from isQualified in ArbMap.Default.GeneratorFor<bool>()
            select new ObjectName(isQualified ? schema : null, name);

        Prop.ForAll(Arb.From(names), name => ObjectName.Parse(name.ToString()) == name).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void As_SQL_every_part_is_quoted()
    {
        Assert.Equal("\"a\"\"; DROP TABLE b; --\".\"C\"", new ObjectName("a\"; DROP TABLE b; --", "C").ToSql());
    }

    [Fact]
    public void A_schema_is_filled_in_only_where_none_is_named()
    {
        Assert.Equal(
            ("app.t", "own.t"),
            (ObjectName.Parse("t").In("app").ToString(), ObjectName.Parse("own.t").In("app").ToString())
        );
    }

    /// <summary>A text without quotes is read by a way of its own, and means what its parts mean.</summary>
    [Fact]
    public void Every_text_is_read_by_its_parts() =>
        Prop.ForAll(
                Arb.From(Gen.Elements('a', 'B', '.', '"', ' ').ListOf().Select(string.Concat)),
                text =>
                {
                    var parts = QuotedText.Split(text, '.').ConvertAll(QuotedText.Unquote);
                    var name = parts.Contains(null) || parts.Count > 2 ? null : string.Join('|', parts);
                    return Read(text) == name;
                }
            )
            .QuickCheckThrowOnFailure();

    private static string? Read(string text)
    {
        try
        {
            var (schema, name) = ObjectName.Parse(text);
            return schema is null ? name : $"{schema}|{name}";
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
