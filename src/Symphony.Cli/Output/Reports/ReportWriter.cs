using Symphony.Evidence.Reports;
using Symphony.Evidence.Signing;

namespace Symphony.Cli.Output.Reports;

/// <summary>Writes the views that were asked for; beside GitHub's annotations, the job summary where there is one.</summary>
internal sealed class ReportWriter(CliContext context)
{
    /// <summary>The run's folder, held where a report is put into it; null where none is.</summary>
    /// <param name="folder">The run's own folder, as a full path.</param>
    /// <exception cref="UnobservedException">Another process held it for too long.</exception>
    public IDisposable? Hold(IReadOnlyList<ReportTarget> targets, string folder, CancellationToken cancel) =>
        targets.Any(target => IsIn(folder, target)) ? ReportBinding.Hold(folder, context.Clock, cancel) : null;

    /// <summary>Writes with the folder held meanwhile; that it could not be held is the failure of those that go there.</summary>
    public (IReadOnlyList<string> Files, SymphonyException? Failure) HoldAndWrite(
        IReadOnlyList<ReportTarget> targets,
        string folder,
        SigningKey? key,
        CancellationToken cancel
    )
    {
        try
        {
            using var held = Hold(targets, folder, cancel);
            return Write(targets, folder, key);
        }
        catch (UnobservedException taken)
        {
            return (Write([.. targets.Where(target => !IsIn(folder, target))], folder, key).Files, taken);
        }
    }

    /// <summary>One that cannot be written does not keep the others from being written.</summary>
    /// <param name="targets">The views, and where they go.</param>
    /// <param name="folder">The run's own folder, as a full path; held by the caller where a report goes into it.</param>
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
                    RequireName(folder, target, targets);
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

    /// <summary>Also before there is such a file: it would be taken for what has that name.</summary>
    private static void RequireName(string folder, ReportTarget target, IReadOnlyList<ReportTarget> targets)
    {
        if (targets.First(other => other.PathIn(folder) == target.PathIn(folder)) != target)
        {
            throw new InputException(
                "the report cannot be written",
                "a file of its own for each report",
                $"two for {target.File}",
                "correct --report FORMAT=FILE"
            );
        }

        if (IsIn(folder, target) && !ReportIndex.IsReportName(Path.GetFileName(target.File!)))
        {
            throw new InputException(
                "the report cannot be written",
                "a name that no evidence in the run's folder has",
                Path.GetFileName(target.File!),
                "correct --report FORMAT=FILE"
            );
        }
    }

    private static bool IsIn(string folder, ReportTarget target) =>
        target.PathIn(folder) is { } file && Path.GetDirectoryName(file) == Path.TrimEndingDirectorySeparator(folder);
}
