using System.CommandLine;
using Symphony.Cli.Output;
using Symphony.Evidence;
using Symphony.Evidence.Comparing;
using Symphony.Evidence.Import;
using Symphony.Kinds;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony evidence show</c>, <c>diff</c> and <c>import</c>: evidence for reading.</summary>
internal static class EvidenceShowCommand
{
    private const string Comparable = "A bundle, a run's folder, or the evidence folder";

    private const string What = "A bundle, a run's folder, the evidence folder, or an archive of the older flat format";

    public static Command Create(CliContext context)
    {
        var path = new Argument<string>("PATH") { Description = What, DefaultValueFactory = _ => "evidence" };
        var command = new Command("show", "Show evidence for reading: what was claimed, found and decided") { path };
        command.SetAction(parsed =>
        {
            var evidence = Read(parsed.GetValue(path)!, context);
            new EvidencePage(context.Output, new Style(context.Colour)).Write(evidence);
            return (int)(evidence.Findings.Count == 0 ? ExitCode.Ok : ExitCode.Failed);
        });
        return command;
    }

    public static Command CreateDiff(CliContext context)
    {
        var (a, b) = (
            new Argument<string>("A") { Description = Comparable },
            new Argument<string>("B") { Description = Comparable }
        );
        var command = new Command(
            "diff",
            """
            Show what two bundles, runs or evidence folders say differently; exit code 1 when they do, or when one of
            them is not as it was written
            """
        )
        {
            a,
            b,
        };
        command.SetAction(parsed =>
        {
            var (before, after) = (
                ReadBundles(parsed.GetValue(a)!, context),
                ReadBundles(parsed.GetValue(b)!, context)
            );
            WriteFindings("A", before, context);
            WriteFindings("B", after, context);
            var differences = EvidenceDifference.Between(before, after).ToList();
            differences.ForEach(line => context.Output.WriteLine(TerminalText.Escape(line)));
            var isSame = differences.Count == 0 && before.Findings.Count == 0 && after.Findings.Count == 0;
            return (int)(isSame ? ExitCode.Ok : ExitCode.Failed);
        });
        return command;
    }

    /// <summary>What was changed by hand is no evidence, whatever it is held against.</summary>
    private static void WriteFindings(string name, ShownEvidence evidence, CliContext context)
    {
        foreach (var finding in evidence.Findings)
        {
            context.Error.WriteLine(TerminalText.Escape($"WRONG   {name}: {finding}"));
        }
    }

    public static Command CreateImport(CliContext context)
    {
        var paths = new Argument<string[]>("FILE")
        {
            Description = "Archives: JSON records, lists of them, or one a line",
            Arity = ArgumentArity.OneOrMore,
        };
        var folder = EvidenceCommand.Folder();
        var command = new Command(
            "import",
            """
            Keep archives of the older flat format (check_id, timestamp_utc, git_sha, status, details) readable, in
            imported/ of the evidence folder. They hold no facts: nothing is judged again, and none counts as a pass.
            """
        )
        {
            paths,
            folder,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                // All of them are read before one is written.
                var archives = parsed
                    .GetValue(paths)!
                    .Select(path => (Path: path, Archive: ReadArchive(path, context)))
                    .ToList();
                var store = EvidenceStore.Open(context.FullPath(parsed.GetValue(folder)!));
                foreach (var (path, archive) in archives)
                {
                    var name = await ArchiveStore.WriteAsync(store, archive, context.Clock, cancel);
                    await context.Output.WriteLineAsync(
                        TerminalText.Escape($"imported  {path}: {archive.Records.Count} records as {name}")
                    );
                }

                return (int)ExitCode.Ok;
            }
        );
        return command;
    }

    private static ShownEvidence Read(string path, CliContext context) =>
        ShownEvidence.Read(Path.TrimEndingDirectorySeparator(context.FullPath(path)), KindRegistry.Standard);

    /// <summary>An archive has no bundles: two of them would look the same, whatever they say.</summary>
    private static ShownEvidence ReadBundles(string path, CliContext context) =>
        Read(path, context) is { Archive: null } evidence
            ? evidence
            : throw new InputException(
                "there is nothing to compare",
                "bundles: evidence of Symphony",
                $"an archive of the older flat format, which holds no facts: {path}",
                "read it with `symphony evidence show`"
            );

    private static ImportedArchive ReadArchive(string path, CliContext context) =>
        Read(path, context).Archive
        ?? throw new InputException(
            "there is nothing to import",
            "an archive of the older flat format",
            $"evidence of Symphony: {path}",
            "show it with `symphony evidence show`"
        );
}
