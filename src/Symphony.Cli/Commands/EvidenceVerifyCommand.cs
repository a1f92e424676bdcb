using System.CommandLine;
using Symphony.Cli.Output;
using Symphony.Evidence.Log;
using Symphony.Evidence.Replay;
using Symphony.Evidence.Signing;
using Symphony.Kinds;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony evidence verify</c> and <c>replay</c>: whether a folder of evidence can be believed.</summary>
internal static class EvidenceVerifyCommand
{
    public static Command Create(CliContext context)
    {
        var path = PathArgument();
        var key = EvidenceCommand.PublicKey();
        var checkpoint = new Option<string?>("--checkpoint")
        {
            Description = "Require a log that is a continuation of this checkpoint",
            HelpName = "FILE",
        };
        var command = new Command(
            "verify",
            """
            Check an evidence folder, or one run's folder, without a database and without trusting who wrote it: every
            digest, every document against its schema, every verdict judged again from its facts, runs against their
            bundles, the log and its checkpoint, and with --public-key every signature. Says what is wrong and where.
            """
        )
        {
            path,
            key,
            checkpoint,
        };
        command.SetAction(parsed =>
        {
            var (root, file) = Find(parsed.GetValue(path)!, context);
            var examination = new FolderExamination(root, KindRegistry.Standard)
            {
                Now = context.Clock.GetUtcNow(),
                Key = parsed.GetValue(key) is { } publicKey
                    ? KeyFiles.ReadPublicKey(context.FullPath(publicKey))
                    : null,
                Last = parsed.GetValue(checkpoint) is { } last
                    ? (LogConsistency.ReadCheckpoint(context.FullPath(last)), last)
                    : null,
            };
            return file is null
                ? Tell(examination.Everything(), context)
                : throw new InputException(
                    "one file alone cannot be verified: what binds it stands beside it",
                    "an evidence folder, or a run's folder below its runs/",
                    $"the file {file}",
                    "give the folder, or use `symphony evidence replay` to judge this bundle again"
                );
        });
        return command;
    }

    public static Command CreateReplay(CliContext context)
    {
        var path = PathArgument();
        var command = new Command(
            "replay",
            "Judge every verdict of a bundle, a run's folder or an evidence folder again from the facts that it stores, without a database"
        )
        {
            path,
        };
        command.SetAction(parsed =>
        {
            var (root, file) = Find(parsed.GetValue(path)!, context);
            var examination = new FolderExamination(root, KindRegistry.Standard);
            return Tell(file is null ? examination.Replay() : examination.Bundle(file), context);
        });
        return command;
    }

    private static Argument<string> PathArgument() =>
        new("PATH")
        {
            Description = "The evidence folder, or a run's folder below its runs/ (default: evidence)",
            DefaultValueFactory = _ => "evidence",
        };

    /// <summary>A folder; or a file and the folder that it is in.</summary>
    private static (string Root, string? File) Find(string path, CliContext context)
    {
        var full = Path.TrimEndingDirectorySeparator(context.FullPath(path));
        if (Directory.Exists(full))
        {
            return (full, null);
        }

        return File.Exists(full)
            ? (Path.GetDirectoryName(full)!, Path.GetFileName(full))
            : throw new InputException(
                "there is no evidence to check",
                "an evidence folder, a run's folder below its runs/, or one bundle",
                $"no file or folder {path}",
                "name it, or write evidence with `symphony verify`"
            );
    }

    private static int Tell(Examination examination, CliContext context)
    {
        new ExaminationReport(context.Output, new Style(context.Colour)).Write(examination);
        return (int)(
            examination.Findings.Count > 0 ? ExitCode.Failed
            : examination.Verdicts == 0 ? ExitCode.Unobserved
            : ExitCode.Ok
        );
    }
}
