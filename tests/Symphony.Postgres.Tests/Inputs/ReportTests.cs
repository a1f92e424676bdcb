using System.Text.Json;
using System.Xml.Linq;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;
using Symphony.Sql;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>The reports of a run on a real server, where a name tries to be a command of whoever reads them.</summary>
public sealed class ReportTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<string> Names =>
        ["plain", "::set-output name=a::b", "x\n::error::y", "a\r\n##[set-env name=P]b", "]]><a/>&|`%0A,\u202e"];

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Names))]
    public async Task A_failure_is_in_every_report_and_its_name_is_text(string name)
    {
        await using var database = await servers.CreateDatabaseAsync(18);
        await database.ExecuteAsync($"CREATE TABLE {SqlText.QuoteName(name)} (id int)");
        workspace.Claim(
            $$"""
            - id: not-null
              column: {table: {{JsonSerializer.Serialize(SqlText.QuoteName(name))}}, name: id, nullable: false}
            """
        );

        var run = await workspace.VerifyAsync(
            database,
            [
                "--report",
                "github=-",
                "--report",
                "junit=j.xml",
                "--report",
                "sarif=r.sarif",
                "--report",
                "markdown=m.md",
            ]
        );

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.StartsWith(
            "::error file=invariants/claims.yml,line=5,endLine=6,title=FAIL not-null",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        // What people read stands in the same log.
        Assert.DoesNotContain(
            run.Error.Split('\n'),
            line =>
                line.TrimStart().StartsWith("::", StringComparison.Ordinal)
                || line.Contains("##[", StringComparison.Ordinal)
        );
        Assert.Single(XDocument.Parse(Read("j.xml")).Descendants("failure"));
        Assert.Equal(
            1,
            JsonElement.Parse(Read("r.sarif")).GetProperty("runs")[0].GetProperty("results").GetArrayLength()
        );
        Assert.Contains("### FAIL <code>not-null</code> P0", Read("m.md"), StringComparison.Ordinal);
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(workspace.Root, file));
}
