using Symphony.Migrations;
using static Symphony.Tests.Migrations.Files;

namespace Symphony.Tests.Migrations;

public sealed class MigrationScriptTests
{
    [Fact]
    public void A_migration_is_one_transaction_unless_it_is_marked()
    {
        Assert.True(Read("SELECT 1;").InTransaction);
        Assert.False(Read("-- symphony:no_tx\nSELECT 1;").InTransaction);
        Assert.False(Read("SELECT 1;\r\n  -- symphony:no_tx  \r\nSELECT 2;").InTransaction);
    }

    [Theory]
    [InlineData("SELECT '\n-- symphony:no_tx\n';")]
    [InlineData("DO $$\n-- symphony:no_tx\nBEGIN END $$;")]
    [InlineData("/*\n-- symphony:no_tx\n*/ SELECT 1;")]
    [InlineData("SELECT 1; -- symphony:no_tx")]
    [InlineData("-- says -- symphony:no_tx\nSELECT 1;")]
    public void The_marker_counts_only_as_a_comment_on_a_line_of_its_own(string script) =>
        Assert.True(Read(script).InTransaction);

    [Theory]
    [InlineData("-- symphony:notx")]
    [InlineData("--symphony:no_tx")]
    [InlineData("-- Symphony:no_tx")]
    [InlineData("-- symphony:no_tx, because of CONCURRENTLY")]
    public void A_misspelt_marker_is_refused_with_its_line(string marker)
    {
        var failure = Refused($"SELECT 1;\n{marker}\nSELECT 2;");

        Assert.Contains("migrations/0001_a.sql:2:", failure.Message, StringComparison.Ordinal);
        Assert.Equal("-- symphony:no_tx", failure.Expected);
        Assert.Equal(marker, failure.Found);
    }

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("begin work")]
    [InlineData("Start Transaction")]
    [InlineData("COMMIT")]
    [InlineData("END")]
    [InlineData("/* hidden */ ROLLBACK")]
    [InlineData("ROLLBACK TO a")]
    [InlineData("ABORT")]
    [InlineData("SAVEPOINT a")]
    [InlineData("RELEASE a")]
    [InlineData("PREPARE TRANSACTION 'a'")]
    [InlineData("DISCARD ALL")]
    [InlineData("COPY t FROM stdin")]
    public void A_statement_that_breaks_the_runners_promises_is_refused_with_its_line(string statement) =>
        Assert.Contains(
            "migrations/0001_a.sql:2:",
            Refused($"SELECT 1;\n{statement};").Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("PREPARE begin AS SELECT 1")]
    [InlineData("COPY t FROM '/stdin'")]
    [InlineData("DO $$ BEGIN NULL; END $$")]
    [InlineData("SELECT 1 AS commit")]
    public void A_statement_that_only_looks_like_one_is_not_refused(string statement) =>
        Assert.Equal(statement, Assert.Single(Read(statement).Statements).Text);

    [Fact]
    public void A_syntax_error_is_named_with_line_and_column() =>
        Assert.Contains(
            "migrations/0001_a.sql:2:8:",
            Refused("SELECT 1;\nSELECT 'open").Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("")]
    [InlineData("-- nothing yet\n")]
    public void A_file_without_a_statement_is_refused(string script) =>
        Assert.Contains("no statement", Refused(script).Message, StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_first_statement() =>
        Assert.Equal(
            "SELECT 1",
            MigrationScript.Read(File("0001_a.sql", [0xEF, 0xBB, 0xBF, .. "SELECT 1;"u8])).Statements[0].Text
        );

    [Fact]
    public void Bytes_that_are_not_text_are_refused_with_their_offset()
    {
        var latin1 = Assert.Throws<InputException>(() =>
            MigrationScript.Read(File("0001_a.sql", [.. "SELECT '"u8, 0xE9, .. "';"u8]))
        );
        var zero = Assert.Throws<InputException>(() => MigrationScript.Read(File("0001_a.sql", "SELECT '\0';")));

        Assert.EndsWith("offset 8", latin1.Found, StringComparison.Ordinal);
        Assert.EndsWith("offset 8", zero.Found, StringComparison.Ordinal);
    }

    private static MigrationScript Read(string content) => MigrationScript.Read(File("0001_a.sql", content));

    private static InputException Refused(string content) => Assert.Throws<InputException>(() => Read(content));
}
