using Symphony.Evidence.Reports;
using Symphony.Evidence.Signing;

namespace Symphony.Cli.Output.Reports;

/// <summary>Writes the views that were asked for; beside GitHub's annotations, the job summary where there is one.</summary>
internal sealed class ReportWriter(CliContext context)
{
    /// <summary>One that cannot be written does not keep the others from being written.</summary>
    /// <param name="folder">The run's own folder, as a full path.</param>
    /// <param name="key">Signs what is put into that folder; null when nobody asked for it.</param>
    /// <returns>The files that were written, and the first failure.</returns>
    public (IReadOnlyList<string> Files, SymphonyException? Failure) Write(
        IReadOnlyList<ReportTarget> targets,
        string folder,
        SigningKey? key = null
    )
    {
        var files = new List<string>();
        SymphonyException? failure = null;
        if (targets.Count == 0)
        {
            return (files, failure);
        }

        var binding = new ReportBinding(folder, key);
        var own = new List<(string Format, string Name)>();
        try
        {
            if (targets.Any(target => IsIn(folder, target)))
            {
                binding.RequireKey();
            }

            var run = EvidenceRun.Read(folder);
            foreach (var target in targets)
            {
                try
                {
                    Write(run, target);
                    files.AddRange(target.PathIn(folder) is { } file ? [file] : []);
                    own.AddRange(IsIn(folder, target) ? [(target.Format.Name, Path.GetFileName(target.File!))] : []);
                }
                catch (SymphonyException one)
                {
                    failure ??= one;
                }
            }

            if (own.Count > 0)
            {
                binding.Bind(own);
            }
        }
        catch (SymphonyException unusable)
        {
            failure ??= unusable;
        }

        return (files, failure);
    }

    private void Write(EvidenceRun run, ReportTarget target)
    {
        if (target.PathIn(run.Folder) is { } file)
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

    private static bool IsIn(string folder, ReportTarget target) =>
        target.PathIn(folder) is { } file && Path.GetDirectoryName(file) == Path.TrimEndingDirectorySeparator(folder);
}
