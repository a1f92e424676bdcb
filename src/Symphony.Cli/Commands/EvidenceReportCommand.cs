using System.CommandLine;
using Symphony.Cli.Output;
using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Evidence.Replay;
using Symphony.Kinds;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony evidence report</c>: views of a run that has been, without a database.</summary>
internal static class EvidenceReportCommand
{
    public static Command Create(CliContext context)
    {
        var path = new Argument<string>("DIR|RUN")
        {
            Description =
                "A run's folder, a run's id in the folder for evidence, or an evidence folder: its newest run",
            DefaultValueFactory = _ => "evidence",
        };
        var folder = EvidenceCommand.Folder();
        var reports = new ReportOptions();
        var seal = new SealOptions();
        var command = new Command(
            "report",
            """
            Make views of a run's stored evidence, for code scanning, CI servers, auditors and readers. The evidence is
            checked first: of documents that were changed no view is made (exit code 1). The verdict itself does not
            change the exit code; `symphony evidence check` is the gate.
            """
        )
        {
            path,
            folder,
        };
        reports.AddTo(command, required: true);
        seal.AddKeyTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult((int)Run(parsed, cancel)));
        return command;

        ExitCode Run(ParseResult parsed, CancellationToken cancel)
        {
            var targets = reports.Read(parsed, context);
            var people = ReportOptions.ForPeople(context, targets);
            var run = Find(parsed.GetValue(path)!, parsed.GetValue(folder)!, context);
            var writer = new ReportWriter(context);
            // From the examination on: what another process is about to bind would be a finding.
            using var held = writer.Hold(targets, run, cancel);
            var examination = new FolderExamination(run, KindRegistry.Standard)
            {
                IsHeld = held is not null,
            }.Everything();
            // A report that a killed process has not bound is mended by making it anew; every other finding stands.
            var replaced = targets.Select(target => target.PathIn(run)).OfType<string>().ToHashSet();
            if (examination.Findings.Any(finding => !replaced.Contains(Path.Combine(run, finding.File))))
            {
                new ExaminationReport(people.Output, new Style(people.Colour)).Write(examination);
                return ExitCode.Failed;
            }

            using var key = seal.ReadKey(parsed, context);
            var (files, failure) = writer.Write(targets, run, key);
            foreach (var file in files)
            {
                people.Output.WriteLine(
                    TerminalText.Escape($"report    {Path.GetRelativePath(context.WorkingDirectory, file)}")
                );
            }

            return failure is null ? ExitCode.Ok : throw failure;
        }
    }

    /// <summary>The folder of the run that is meant, as a full path.</summary>
    private static string Find(string text, string evidence, CliContext context)
    {
        var path = Path.TrimEndingDirectorySeparator(context.FullPath(text));
        if (IsRun(path))
        {
            return path;
        }

        if (RunId.IsOne(text) && Path.Combine(context.FullPath(evidence), "runs", text) is var named && IsRun(named))
        {
            return named;
        }

        // A run without run.json has not ended; a folder with another name is nobody's run.
        var runs = Path.Combine(path, "runs");
        return (
                Directory.Exists(runs)
                    ? Directory
                        .EnumerateDirectories(runs)
                        .Where(run => RunId.IsOne(Path.GetFileName(run)) && IsRun(run))
                        .Max(StringComparer.Ordinal)
                    : null
            )
            ?? throw new InputException(
                "there is no run to make a report of",
                "a run's folder, a run's id, or an evidence folder that holds runs",
                text,
                "name it, or write evidence with `symphony verify`"
            );
    }

    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "run.json"));
}
