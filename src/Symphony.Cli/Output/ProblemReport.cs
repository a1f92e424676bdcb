using Symphony.Manifests;

namespace Symphony.Cli.Output;

/// <summary>The problems of manifests, one a line, in the form editors make links of.</summary>
internal static class ProblemReport
{
    public static void Write(ProblemList problems, TextWriter error)
    {
        foreach (var problem in problems)
        {
            error.WriteLine(TerminalText.Escape(problem.ToString()));
        }

        if (problems.Omitted > 0)
        {
            error.WriteLine($"… and {problems.Omitted} more");
        }

        error.WriteLine(
            $"symphony: {problems.Count + problems.Omitted} problem{(problems.Count + problems.Omitted == 1 ? "" : "s")} in the manifests; nothing was verified"
        );
    }
}
