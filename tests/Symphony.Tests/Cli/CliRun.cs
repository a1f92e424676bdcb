using Symphony.Cli;

namespace Symphony.Tests.Cli;

/// <summary>What a command said and how it ended, run inside the test.</summary>
internal sealed record CliRun(int Exit, string Output, string Error)
{
    public static Task<CliRun> InRepository(params string[] args) => In(Repository.Root, args);

    public static async Task<CliRun> In(string folder, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        // No variable of the machine the tests run on: no DATABASE_URL, no PG*, no FRESH_DB.
        var context = new CliContext(output, error, folder, _ => null, TimeProvider.System);
        var exit = await CommandLine.RunAsync(args, context, TestContext.Current.CancellationToken);
        var run = new CliRun((int)exit, output.ToString(), error.ToString());
        Assert.DoesNotContain("   at Symphony.", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        return run;
    }
}
