using Symphony.Migrations;
using Symphony.Sql;

namespace Symphony.Tests.Migrations;

public sealed class StatementSplitterTests
{
    [Fact]
    public void Each_statement_comes_without_its_semicolon_and_with_the_line_it_begins_on()
    {
        var statements = StatementSplitter.Split("SELECT 1;\n\n-- why\nSELECT\n  2 ;SELECT 3");

        Assert.Equal(["SELECT 1", "SELECT\n  2", "SELECT 3"], statements.Select(statement => statement.Text));
        Assert.Equal([1, 4, 5], statements.Select(statement => statement.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("-- only ; a comment")]
    [InlineData("/* outer ; /* inner ; */ still ; */")]
    [InlineData(";;  ; -- nothing between them\n;")]
    public void Blanks_comments_and_stray_semicolons_are_no_statement(string script) =>
        Assert.Empty(StatementSplitter.Split(script));

    [Theory]
    [InlineData("SELECT 'a;b'")]
    [InlineData("SELECT 'it''s; one'")]
    [InlineData("SELECT E'quote \\'; still inside'")]
    [InlineData("SELECT 'backslash \\'")]
    [InlineData("SELECT \"a;b\" FROM \"c\"\"d;\"")]
    [InlineData("SELECT $$a;b$$")]
    [InlineData("SELECT $tag$ a; $$ b; $other$ c; $tag$")]
    [InlineData("SELECT $тег$;$тег$")]
    [InlineData("SELECT 1 -- a; b\n + 1")]
    [InlineData("SELECT 1 /* a; /* b; */ c; */ + 1")]
    [InlineData("SELECT 1 /* ' */ -- $$ '\n + 1")]
    [InlineData("SELECT U&'\\0041;'")]
    [InlineData("SELECT 'one;'\n  'two;'")]
    [InlineData("SELECT a$b FROM c$d$e")]
    [InlineData("CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)")]
    [InlineData("DO $$ BEGIN PERFORM 1; PERFORM 2; END $$")]
    public void One_statement_stays_one(string statement) =>
        Assert.Equal(statement, Assert.Single(StatementSplitter.Split(statement + "; ")).Text);

    [Theory]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END")]
    [InlineData("create or replace procedure p(a int default 1)\nbegin atomic\n  delete from t; delete from u;\nend")]
    [InlineData(
        "CREATE FUNCTION f(i int) RETURNS int BEGIN ATOMIC SELECT CASE i WHEN 1 THEN 2 ELSE 3 END; SELECT 4; END"
    )]
    [InlineData(
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS \"end\"; SELECT t.end FROM t; SELECT 2 AS end; SELECT 3; END"
    )]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END")]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN /* ; */ ATOMIC SELECT 1; END")]
    public void The_body_of_an_atomic_routine_is_part_of_its_statement(string routine)
    {
        var statements = StatementSplitter.Split(routine + ";\nSELECT 'after'");

        Assert.Equal([routine, "SELECT 'after'"], statements.Select(statement => statement.Text));
    }

    [Theory]
    [InlineData("BEGIN; SELECT 1; END", 3)]
    [InlineData("SELECT begin FROM atomic; SELECT 2", 2)]
    [InlineData("CREATE TABLE begin (atomic int); SELECT 2", 2)]
    public void Begin_elsewhere_opens_no_body(string script, int statements) =>
        Assert.Equal(statements, StatementSplitter.Split(script).Count);

    [Theory]
    [InlineData("SELECT 1;\n\\i other.sql\n", "\\i", 10)]
    [InlineData("SELECT 1 \\gset\n", "\\gset", 9)]
    [InlineData("\\", "\\", 0)]
    public void A_psql_meta_command_is_refused_by_name(string script, string command, int offset)
    {
        var failure = Assert.Throws<SqlSyntaxException>(() => StatementSplitter.Split(script));

        Assert.Contains($"psql meta command {command} ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(offset, failure.Offset);
    }

    [Theory]
    [InlineData("SELECT 1;\nSELECT 'never closed; SELECT 2;", 17)]
    [InlineData("SELECT \"never closed", 7)]
    [InlineData("SELECT $a$ never closed $b$", 7)]
    [InlineData("SELECT 1; /* /* */", 10)]
    [InlineData("SELECT f(1; SELECT (2)", 8)]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2;", 32)]
    public void What_is_never_closed_is_named_where_it_opens(string script, int offset) =>
        Assert.Equal(offset, Assert.Throws<SqlSyntaxException>(() => StatementSplitter.Split(script)).Offset);

    [Fact]
    public void A_closing_parenthesis_too_many_is_left_to_the_server() =>
        Assert.Equal(
            ["SELECT 1)", "SELECT 2"],
            StatementSplitter.Split("SELECT 1); SELECT 2").Select(statement => statement.Text)
        );

    [Fact]
    public void Lines_are_counted_alike_with_either_line_end() =>
        Assert.Equal([1, 3], StatementSplitter.Split("SELECT 1;\r\n\r\nSELECT 2;").Select(statement => statement.Line));

    [Fact]
    public void Deep_nesting_and_many_statements_do_no_harm()
    {
        var deep = "SELECT " + new string('(', 100_000) + "1" + new string(')', 100_000);
        var many = string.Concat(Enumerable.Repeat("SELECT 1;\n", 20_000));

        Assert.Single(StatementSplitter.Split(deep));
        Assert.Equal(20_000, StatementSplitter.Split(many).Count);
    }

    [Fact]
    public void A_long_statement_is_summarised_on_one_short_line()
    {
        var statement = Assert.Single(StatementSplitter.Split("SELECT\n  " + new string('a', 500)));

        Assert.StartsWith("SELECT aaa", statement.Summary, StringComparison.Ordinal);
        Assert.EndsWith("…", statement.Summary, StringComparison.Ordinal);
        Assert.Equal(100, statement.Summary.Length);
    }
}
