using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;
using Symphony.Sql;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>Names that try to be something else stay names: in SQL, on the terminal, in evidence, in a psql script.</summary>
public sealed class HostileNameTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<string> Names =>
        [
            "a.b",
            "a\"b",
            "it's",
            "100%s",
            "back\\slash",
            "[red]markup[/]",
            "<b>&amp;",
            "{schema}.{name}",
            "{table}",
            "$1::text",
            "a,b}",
            "a;DROP TABLE keep;--",
            "a/*b",
            "NULL",
            " space ",
            "line\nbreak",
            "\u001b[31mred",
            "Grüße-日本-🐘",
            "::error::x",
        ];

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Names))]
    public async Task A_name_stays_a_name(string name)
    {
        await using var database = await CreateAsync(name);
        workspace.Claim(
            $$$"""
            - {id: r-1, for_each: {tables: {having_column: marked}}, check: {name: "{table}_chk", expression: marked > 0}}
            - {id: r-2, for_each: {tables: {having_column: marked}}, trigger: {name: "trg_{table}", timing: before, events: [insert], level: row, function: "fn_{table}"}}
            - {id: r-3, for_each: {columns: {name: {{{Json(name)}}}, having_column: marked}}, column: {nullable: true}}
            - {id: r-4, for_each: {tables: {having_column: {{{Json(name)}}}}, at_least: 1}, table: {}}
            - {id: w-1, column: {table: {{{Json(SqlText.QuoteName(name))}}}, name: {{{Json(
                name
            )}}}, type: text, nullable: false}}
            """
        );

        var run = await workspace.VerifyAsync(database);

        Assert.Equal(["PASS", "PASS", "PASS", "PASS", "FAIL"], workspace.Checks().Select(check => check.Verdict()));
        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.All(workspace.Checks(), check => Assert.Equal(name, check.GetProperty("parameters").Text("relation")));
        Assert.Equal(name + "_chk", workspace.Checks()[0].GetProperty("parameters").Text("name"));
        Assert.DoesNotContain(run.All, character => char.IsControl(character) && character != '\n');
        await RemedyRepairsAsync(database);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Compile_asks_for_the_same_name(string name)
    {
        await using var database = await CreateAsync(name);
        workspace.Claim(
            $$$"""
            - {id: r-1, for_each: {tables: {having_column: {{{Json(
                name
            )}}}, except: ["keep"]}}, check: {name: "{table}_chk", expression: marked > 0}}
            - {id: w-1, table: {table: {{{Json(SqlText.QuoteName(name))}}}}}
            """
        );

        await workspace.VerifyAsync(database);
        var compiled = await workspace.RunAsync(null, ["compile", "--postgres", $"{database.Major}"]);

        Assert.Equal(
            CompiledScript.Observed(workspace.Checks()),
            await CompiledScript.RunAsync(compiled.Output, database)
        );
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);

    /// <summary>The repair that is shown for the column is SQL about that very column.</summary>
    private async Task RemedyRepairsAsync(TestDatabase database)
    {
        foreach (var statement in workspace.Checks()[^1].GetProperty("remedy").EnumerateArray())
        {
            await database.ExecuteAsync(statement.GetString()!);
        }

        await workspace.VerifyAsync(database);
        Assert.Equal("PASS", workspace.Checks()[^1].Verdict());
    }

    private async Task<TestDatabase> CreateAsync(string name)
    {
        var database = await servers.CreateDatabaseAsync();
        var table = SqlText.QuoteName(name);
        await database.ExecuteAsync(
            $"""
            CREATE TABLE keep (a int);
            CREATE TABLE {table} (marked int, {table} text, CONSTRAINT {SqlText.QuoteName(
                name + "_chk"
            )} CHECK (marked > 0));
            CREATE FUNCTION {SqlText.QuoteName(
                "fn_" + name
            )}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER {SqlText.QuoteName(
                "trg_" + name
            )} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {SqlText.QuoteName("fn_" + name)}();
            """
        );
        return database;
    }
}
