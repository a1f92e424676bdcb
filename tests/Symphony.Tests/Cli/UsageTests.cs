namespace Symphony.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData(
        "verfy",
        "symphony: there is no command or option `verfy`",
        "did you mean `verify`? Otherwise: symphony --help"
    )]
    [InlineData(
        "server rum",
        "symphony: there is no command or option `rum`",
        "did you mean `run`? Otherwise: symphony server --help"
    )]
    [InlineData(
        "verify --fail-no P0",
        "symphony: Unrecognized command or argument '--fail-no'.",
        "did you mean `--fail-on`? Otherwise: symphony verify --help"
    )]
    [InlineData("verify --xyzzy", "symphony: Unrecognized command or argument '--xyzzy'.", "symphony verify --help")]
    [InlineData(
        "verify --fail-on P9",
        "symphony: --fail-on: Argument 'P9' not recognized. Must be one of: 'P0' 'P1' 'P2' 'P3'",
        "symphony verify --help"
    )]
    [InlineData("verify --fail-on p0", "symphony: --fail-on: Argument 'p0' not recognized.", "symphony verify --help")]
    [InlineData(
        "verify --fail-on",
        "symphony: Required argument missing for option: '--fail-on'.",
        "symphony verify --help"
    )]
    [InlineData(
        "verify --connect-timeout soon",
        "symphony: --connect-timeout takes a number of seconds above 0 and below 86400, not `soon`.",
        "symphony verify --help"
    )]
    [InlineData(
        "verify --lock-timeout -1",
        "symphony: --lock-timeout takes a number of seconds above 0 and below 86400, not `-1`.",
        "symphony verify --help"
    )]
    [InlineData(
        "verify --statement-timeout NaN",
        "symphony: --statement-timeout takes a number of seconds",
        "symphony verify --help"
    )]
    [InlineData(
        "compile --postgres 13",
        "symphony: --postgres: Argument '13' not recognized.",
        "symphony compile --help"
    )]
    [InlineData(
        "compile --postgres new",
        "symphony: --postgres: Argument 'new' not recognized.",
        "symphony compile --help"
    )]
    [InlineData(
        "explain --schema xml",
        "symphony: --schema: Argument 'xml' not recognized.",
        "symphony explain --help"
    )]
    [InlineData(
        "server run",
        "symphony: Required argument 'CMD' missing for command: 'run'.",
        "symphony server run --help"
    )]
    [InlineData("server", "symphony: Required command was not provided.", "symphony server --help")]
    [InlineData("", "symphony: Required command was not provided.", "symphony --help")]
    public async Task Wrong_arguments_are_told_with_what_to_do(string line, string message, string next)
    {
        var run = await CliRun.InRepository(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((3, ""), (run.Exit, run.Output));
        var lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.StartsWith(message, lines[0], StringComparison.Ordinal);
        Assert.Equal("  next      " + next, lines[^1]);
    }

    [Fact]
    public async Task A_terminals_commands_in_an_argument_are_not_obeyed()
    {
        var run = await CliRun.InRepository("ver\u001b[31mify");

        Assert.Equal(3, run.Exit);
        Assert.Contains("ver\\u001b[31mify", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Error);
    }

    [Fact]
    public async Task A_value_that_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        var run = await CliRun.InRepository("compile", "--only", "@nothing");

        Assert.Contains("found     `@nothing`", run.Error, StringComparison.Ordinal);
    }
}
