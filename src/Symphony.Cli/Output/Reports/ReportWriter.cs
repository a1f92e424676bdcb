namespace Symphony.Cli.Output.Reports;

/// <summary>Writes the views that were asked for; beside GitHub's annotations, the job summary where there is one.</summary>
internal sealed class ReportWriter(CliContext context)
{
    /// <summary>One that cannot be written does not keep the others from being written.</summary>
    /// <param name="folder">The run's own folder, as a full path.</param>
    /// <returns>The files that were written, and the first failure.</returns>
    public (IReadOnlyList<string> Files, SymphonyException? Failure) Write(
        IReadOnlyList<ReportTarget> targets,
        string folder
    )
    {
        var files = new List<string>();
        SymphonyException? failure = null;
        if (targets.Count == 0)
        {
            return (files, failure);
        }

        try
        {
            var run = EvidenceRun.Read(folder);
            foreach (var target in targets)
            {
                try
                {
                    Write(run, target);
                    files.AddRange(target.File is { } file ? [file] : []);
                }
                catch (SymphonyException one)
                {
                    failure ??= one;
                }
            }
        }
        catch (SymphonyException unreadable)
        {
            failure = unreadable;
        }

        return (files, failure);
    }

    private void Write(EvidenceRun run, ReportTarget target)
    {
        if (target.File is { } file)
        {
            ReportFile.Write(file, writer => target.Format.Write(run, writer));
        }
        else
        {
            target.Format.Write(run, context.Data);
        }

        if (target.Format is GitHubReport && context.Environment(GitHubSummary.Variable) is { Length: > 0 } summary)
        {
            GitHubSummary.Append(run, context.FullPath(summary));
        }
    }
}
