using FsCheck;
using FsCheck.Fluent;
using Symphony.Kinds;

namespace Symphony.Tests.Kinds;

public sealed class IndexColumnTests
{
    [Theory]
    [InlineData("received_at", "received_at", null, null, null, false, false)]
    [InlineData("received_at DESC", "received_at", null, null, null, true, true)]
    [InlineData("received_at desc nulls last", "received_at", null, null, null, true, false)]
    [InlineData("received_at ASC NULLS FIRST", "received_at", null, null, null, false, true)]
    [InlineData(
        "client_key COLLATE \"C\" text_pattern_ops DESC",
        "client_key",
        null,
        "C",
        "text_pattern_ops",
        true,
        true
    )]
    [InlineData("lower(email)", null, "lower(email)", null, null, false, false)]
    [InlineData("(a || ')')  NULLS FIRST", null, "a || ')'", null, null, false, true)]
    [InlineData(
        "app.norm(email) COLLATE app.natural app.ops",
        null,
        "app.norm(email)",
        "app.natural",
        "app.ops",
        false,
        false
    )]
    [InlineData("\"desc\"", "desc", null, null, null, false, false)]
    [InlineData("\"Mixed \"\"Case\"\"\"", "Mixed \"Case\"", null, null, null, false, false)]
    [InlineData("MixedCase", "MixedCase", null, null, null, false, false)]
    public void A_key_is_read_as_CREATE_INDEX_writes_it(
        string text,
        string? column,
        string? expression,
        string? collation,
        string? opclass,
        bool desc,
        bool nullsFirst
    )
    {
        Assert.Equal(
            new IndexColumn
            {
                Column = column,
                Expression = expression,
                Collation = collation,
                Opclass = opclass,
                Desc = desc,
                NullsFirst = nullsFirst,
            },
            IndexColumn.Parse(text)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a b c")]
    [InlineData("a, b")]
    [InlineData("a; DROP TABLE t")]
    [InlineData("a NULLS")]
    [InlineData("a DESC ASC")]
    [InlineData("a COLLATE")]
    [InlineData("lower(a")]
    [InlineData("(a) || b")]
    [InlineData("a.b")]
    [InlineData("()")]
    [InlineData("'a'")]
    [InlineData("1")]
    [InlineData("(a)) -- (")]
    [InlineData("\"a")]
    public void What_is_no_key_says_how_one_is_written(string text)
    {
        Assert.StartsWith(
            "a column or an expression, then COLLATE",
            Assert.Throws<FormatException>(() => IndexColumn.Parse(text)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Any_column_survives_being_written_and_read_in_both_spellings()
    {
        var names = ArbMap
            .Default.GeneratorFor<NonEmptyString>()
            .Select(name => name.Get.Replace("\0", "0", StringComparison.Ordinal));
        var flags = ArbMap.Default.GeneratorFor<bool>();
        var columns =
            from name in names
            from desc in flags
            from nullsFirst in flags
            from opclass in Gen.Elements(null, "text_pattern_ops", "app.ops")
            select new IndexColumn
            {
                Column = name,
                Desc = desc,
                NullsFirst = nullsFirst,
                Opclass = opclass,
            };

        Prop.ForAll(
                Arb.From(columns),
                column => IndexColumn.Parse(column.ToString()) == column && IndexColumn.Parse(column.ToSql()) == column
            )
            .QuickCheckThrowOnFailure();
    }
}
