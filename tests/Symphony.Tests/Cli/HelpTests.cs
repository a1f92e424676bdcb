namespace Symphony.Tests.Cli;

public sealed class HelpTests
{
    public static TheoryData<string> Commands =>
        [
            "",
            "migrate",
            "lint",
            "schema",
            "schema dump",
            "schema diff",
            "doctor",
            "verify",
            "gate",
            "compile",
            "explain",
            "repro",
            "task",
            "task check",
            "task list",
            "evidence",
            "evidence verify",
            "evidence check",
            "evidence report",
            "evidence show",
            "evidence diff",
            "evidence import",
            "evidence replay",
            "evidence keygen",
            "evidence log",
            "evidence log prove-inclusion",
            "evidence log prove-consistency",
            "evidence log verify",
            "server",
            "server run",
            "server install",
        ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_explains_itself_and_each_of_its_options(string command)
    {
        var run = await CliRun.InRepository([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        var options = run.Output[run.Output.IndexOf("Options:", StringComparison.Ordinal)..]
            .Split('\n')
            .Skip(1)
            .TakeWhile(line => line.StartsWith(' '))
            .Where(line => line.StartsWith("  -", StringComparison.Ordinal));
        // The name, two blanks or more, then what it is for.
        Assert.All(options, option => Assert.Matches(@"^  -\S.*?\s{2,}\S", option));
    }

    [Fact]
    public async Task The_first_page_lists_every_command()
    {
        var page = (await CliRun.InRepository("--help")).Output;

        Assert.All(
            Commands
                .Select(row => row.Data)
                .Where(name => name.Length > 0 && !name.Contains(' ', StringComparison.Ordinal)),
            name => Assert.Matches($@"(?m)^  {name}\b.*\S", page)
        );
    }

    [Fact]
    public async Task The_version_is_said()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", (await CliRun.InRepository("--version")).Output);
    }
}
