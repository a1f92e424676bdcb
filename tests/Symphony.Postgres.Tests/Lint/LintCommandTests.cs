using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Lint;

/// <summary><c>symphony lint</c> as people and scripts call it.</summary>
public sealed class LintCommandTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task The_migrations_of_this_repository_have_no_finding_that_is_not_waived(int major)
    {
        var lint = await workspace.RunAsync(
            null,
            [
                "lint",
                "--json",
                "--postgres",
                $"{major}",
                "--migrations",
                MigrationFolder.PhaseZero,
                "--invariants",
                Path.Combine(Workspace.Checkout, "invariants"),
            ]
        );

        Assert.True(lint.Exit == ExitCode.Ok, lint.All);
        var report = JsonElement.Parse(lint.Output);
        Assert.Equal(0, report.GetProperty("findings").GetArrayLength());
        Assert.Equal(
            Directory.GetFiles(MigrationFolder.PhaseZero, "*.sql").Length,
            report.GetProperty("judged").GetArrayLength()
        );
    }

    [Fact]
    public async Task A_finding_names_its_rule_its_line_its_statement_and_what_to_do()
    {
        workspace
            .Write("schema/migrations/0001_t.sql", "CREATE TABLE t (id int PRIMARY KEY, a text);")
            .Write(
                "schema/migrations/0002_u.sql",
                "SET LOCAL lock_timeout = '1s';\nCREATE TABLE u (id int);\n-- the old one\nselect 1; alter table t drop a;\n"
            );

        var lint = await workspace.RunAsync(null, ["lint", "--json"]);

        Assert.Equal(ExitCode.Failed, lint.Exit);
        var finding = Assert.Single(JsonElement.Parse(lint.Output).GetProperty("findings").EnumerateArray());
        Assert.Equal(
            ("drop-column", "error", "schema/migrations/0002_u.sql", 4, "alter table t drop a"),
            (
                finding.GetProperty("rule").GetString(),
                finding.GetProperty("severity").GetString(),
                finding.GetProperty("file").GetString(),
                finding.GetProperty("line").GetInt32(),
                finding.GetProperty("statement").GetString()
            )
        );
        Assert.Contains("public.t.a", finding.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(finding.GetProperty("remedy").GetString()!);
    }

    [Fact]
    public async Task A_file_is_judged_on_top_of_the_folder_and_only_that_file()
    {
        workspace
            .Write("schema/migrations/0001_t.sql", "CREATE TABLE t (id int PRIMARY KEY, a text);")
            .Write("schema/migrations/0002_bad.sql", "DROP TABLE IF EXISTS nothing; UPDATE t SET a = 'x';")
            .Write("new.sql", "SET LOCAL lock_timeout = '1s'; DROP TABLE t;");

        var whole = await workspace.RunAsync(null, ["lint", "--json"]);
        var file = await workspace.RunAsync(null, ["lint", "--json", "new.sql"]);
        var first = await workspace.RunAsync(null, ["lint", "--json", "schema/migrations/0001_t.sql"]);

        Assert.Equal(["rows-changed"], RulesOf(whole));
        Assert.Equal(["drop-table"], RulesOf(file));
        Assert.Equal(ExitCode.Ok, first.Exit);
        Assert.Empty(RulesOf(first));
    }

    [Fact]
    public async Task What_does_not_run_is_not_judged_and_what_is_no_sql_is_bad_input()
    {
        workspace.Write("schema/migrations/0001_t.sql", "CREATE TABLE t (id no_such_type);");
        var unjudged = await workspace.RunAsync(null, ["lint"]);
        workspace.Write("schema/migrations/0001_t.sql", "SELECT 'never closed;");
        var unread = await workspace.RunAsync(null, ["lint"]);

        Assert.Equal(ExitCode.Unobserved, unjudged.Exit);
        Assert.Contains("0001_t.sql:1", unjudged.Error, StringComparison.Ordinal);
        Assert.Contains("42704", unjudged.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, unread.Exit);
    }

    [Fact]
    public async Task A_waiver_holds_until_its_day_and_one_without_effect_is_said()
    {
        const string waived = """
            SET LOCAL lock_timeout = '1s';
            -- symphony:waive drop-table reason="nobody reads it" until={0}
            DROP TABLE t;
            -- symphony:waive truncate-table reason="left over" until=2999-01-01
            SELECT 1;
            """;
        workspace.Write("schema/migrations/0001_t.sql", "CREATE TABLE t (id int PRIMARY KEY);");

        workspace.Write("schema/migrations/0002_t.sql", waived.Replace("{0}", "2999-01-01", StringComparison.Ordinal));
        var inForce = await workspace.RunAsync(null, ["lint"]);
        workspace.Write("schema/migrations/0002_t.sql", waived.Replace("{0}", "2001-01-01", StringComparison.Ordinal));
        var expired = await workspace.RunAsync(null, ["lint"]);

        Assert.Equal(ExitCode.Ok, inForce.Exit);
        Assert.Contains("nobody reads it", inForce.Output, StringComparison.Ordinal);
        Assert.Contains(
            "0002_t.sql:4: the waiver of truncate-table matches no finding",
            inForce.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCode.Failed, expired.Exit);
        Assert.Contains(
            "0002_t.sql:2: the waiver of drop-table expired on 2001-01-01",
            expired.Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("-- symphony:waive drop-tabel reason=\"x\" until=2999-01-01\nSELECT 1;", "did you mean `drop-table`?")]
    [InlineData("-- symphony:waive drop-table until=2999-01-01\nSELECT 1;", "reason=")]
    [InlineData("-- symphony:waive drop-table reason=\" \" until=2999-01-01\nSELECT 1;", "reason=")]
    [InlineData("-- symphony:waive drop-table reason=\"x\" until=soon\nSELECT 1;", "until=YYYY-MM-DD")]
    [InlineData("SELECT 1;\n-- symphony:waive drop-table reason=\"x\" until=2999-01-01\n", "above")]
    public async Task A_waiver_that_cannot_be_used_is_bad_input(string migration, string told)
    {
        workspace.Write("schema/migrations/0001_t.sql", migration);

        var lint = await workspace.RunAsync(null, ["lint"]);

        Assert.Equal(ExitCode.BadInput, lint.Exit);
        Assert.Contains(told, lint.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_views_agree_and_what_a_name_holds_begins_no_command_in_them()
    {
        workspace
            .Write("schema/migrations/0001_t.sql", "CREATE TABLE \"a\n::error::x<&\" (id int PRIMARY KEY);")
            .Write("schema/migrations/0002_t.sql", "SET LOCAL lock_timeout = '1s';\nDROP TABLE \"a\n::error::x<&\";");

        var lint = await workspace.RunAsync(
            null,
            ["lint", "--report", "sarif=r.sarif", "--report", "junit=r.xml", "--report", "github=r.txt"]
        );

        Assert.Equal(ExitCode.Failed, lint.Exit);
        var result = JsonElement.Parse(Read("r.sarif")).GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal("drop-table", result.GetProperty("ruleId").GetString());
        Assert.Equal(
            2,
            result
                .GetProperty("locations")[0]
                .GetProperty("physicalLocation")
                .GetProperty("region")
                .GetProperty("startLine")
                .GetInt32()
        );
        var suite = System.Xml.Linq.XDocument.Parse(Read("r.xml")).Root!;
        Assert.Equal(
            ("2", "1", "0"),
            (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value)
        );
        var command = Assert.Single(Read("r.txt").TrimEnd('\n').Split('\n'));
        Assert.StartsWith(
            "::error file=schema/migrations/0002_t.sql,line=2,title=drop-table::",
            command,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("\n::error", lint.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_views_keep_to_what_their_readers_take()
    {
        const string Odd = "a\uFFFE\u202E](https://example.org)";
        var tables = Enumerable.Range(1, 11).Select(i => $"\"{Odd}{i}\"").ToList();
        workspace
            .Write(
                "schema/migrations/0001_t.sql",
                string.Concat(tables.Select(table => $"CREATE TABLE {table} (id int PRIMARY KEY);\n"))
            )
            .Write(
                "schema/migrations/0002_t.sql",
                "SET LOCAL lock_timeout = '1s';\n" + string.Concat(tables.Select(table => $"DROP TABLE {table};\n"))
            );

        await workspace.RunAsync(
            null,
            ["lint", "--report", "sarif=r.sarif", "--report", "junit=r.xml", "--report", "github=r.txt"]
        );
        var json = await workspace.RunAsync(null, ["lint", "--json"]);

        // U+202E turns text round where it is printed.
        Assert.All(
            [Read("r.sarif"), Read("r.xml"), Read("r.txt"), json.Output],
            view => Assert.DoesNotContain('\u202E', view)
        );
        var results = JsonElement.Parse(Read("r.sarif")).GetProperty("runs")[0].GetProperty("results");
        var failures = System.Xml.Linq.XDocument.Parse(Read("r.xml")).Descendants("failure").ToList();
        var commands = Read("r.txt").TrimEnd('\n').Split('\n');
        // SARIF makes a link of [text](target); XML has no U+FFFE; GitHub keeps ten errors of a step.
        Assert.True(results.GetArrayLength() >= 11);
        Assert.Equal(results.GetArrayLength(), failures.Count);
        Assert.All(
            results.EnumerateArray(),
            result =>
                Assert.DoesNotContain(
                    "](",
                    result.GetProperty("message").GetProperty("text").GetString(),
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(failures, failure => failure.Attribute("message")!.Value.Contains("\\ufffe"));
        Assert.Equal(10, commands.Count(command => command.StartsWith("::error ", StringComparison.Ordinal)));
        Assert.Contains("more errors are not annotated", commands[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_migration_could_not_be_judged_comes_before_the_findings_that_fill_a_view()
    {
        var tables = Enumerable.Range(1, 11).ToList();
        workspace
            .Write("schema/migrations/0001_t.sql", string.Concat(tables.Select(i => $"CREATE TABLE t{i} (id int);\n")))
            .Write(
                "schema/migrations/0002_t.sql",
                "SET LOCAL lock_timeout = '1s';\n" + string.Concat(tables.Select(i => $"DROP TABLE t{i};\n"))
            )
            .Write("schema/migrations/0003_t.sql", "SELECT 1 / 0;");

        var lint = await workspace.RunAsync(
            null,
            ["lint", "--report", "sarif=r.sarif", "--report", "junit=r.xml", "--report", "github=r.txt"]
        );

        Assert.Equal(ExitCode.Failed, lint.Exit);
        var first = Read("r.txt").Split('\n')[0];
        Assert.StartsWith("::error title=not judged::", first, StringComparison.Ordinal);
        var invocation = JsonElement.Parse(Read("r.sarif")).GetProperty("runs")[0].GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        var error = Assert.Single(System.Xml.Linq.XDocument.Parse(Read("r.xml")).Descendants("error"));
        // What was found, and what to do, in each of them.
        Assert.All(
            [first, invocation.GetProperty("toolExecutionNotifications")[0].GetRawText(), error.Value],
            view =>
            {
                Assert.Contains("division by zero", view, StringComparison.Ordinal);
                Assert.Contains("correct the file", view, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData("pdf=x")]
    [InlineData("sarif")]
    [InlineData("sarif=")]
    public async Task A_view_that_does_not_exist_is_bad_input(string report)
    {
        workspace.Write("schema/migrations/0001_t.sql", "SELECT 1;");

        Assert.Equal(ExitCode.BadInput, (await workspace.RunAsync(null, ["lint", "--report", report])).Exit);
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(workspace.Root, file));

    private static IReadOnlyList<string> RulesOf(CliRun run) =>
        [
            .. JsonElement
                .Parse(run.Output)
                .GetProperty("findings")
                .EnumerateArray()
                .Select(finding => finding.GetProperty("rule").GetString()!),
        ];
}
