using Symphony.Cli.Commands.Gate;

namespace Symphony.Cli.Output;

/// <summary>A gate's stages, one a line, and what failed first.</summary>
internal sealed class GateSummary(TextWriter output)
{
    /// <param name="last">What became of the evidence.</param>
    public void Write(GateRun run, string last)
    {
        output.WriteLine();
        if (run.FirstFailure is { } first)
        {
            output.WriteLine($"first     {first.Name}: {TerminalText.Escape(first.Note)}");
        }

        foreach (var result in run.Results)
        {
            output.WriteLine(
                FormattableString.Invariant(
                    $"{result.Name, -10}{result.Word, -8}{result.Elapsed.TotalMilliseconds, 6:0} ms  {TerminalText.Escape(result.Note)}"
                )
            );
        }

        output.WriteLine(TerminalText.Escape(last));
    }
}
