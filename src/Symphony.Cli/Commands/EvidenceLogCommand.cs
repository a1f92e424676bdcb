using System.CommandLine;
using System.Globalization;
using Symphony.Cli.Output;
using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony evidence log</c>: proofs that a run is in the log, and that the log has only grown.</summary>
internal static class EvidenceLogCommand
{
    public static Command Create(CliContext context) =>
        new(
            "log",
            "Prove that a run is in the log, that the log has only grown, or that it is what its checkpoint says"
        )
        {
            CreateInclusion(context),
            CreateConsistency(context),
            CreateVerify(context),
        };

    private static Command CreateInclusion(CliContext context)
    {
        var folder = EvidenceCommand.Folder();
        var run = new Argument<string>("RUN_ID") { Description = "The run, as its folder is called" };
        var command = new Command(
            "prove-inclusion",
            "Print as JSON the hashes that lead from a run's line to the log's root (RFC 6962, 2.1.1)"
        )
        {
            run,
            folder,
        };
        command.SetAction(parsed =>
        {
            var log = Read(parsed.GetValue(folder)!, context);
            context.Output.WriteLine(LogProofs.Inclusion(log, parsed.GetRequiredValue(run)));
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateConsistency(CliContext context)
    {
        var folder = EvidenceCommand.Folder();
        var from = new Option<string>("--from")
        {
            Description = "The earlier state: a number of runs, or a checkpoint's file",
            HelpName = "SIZE|FILE",
            Required = true,
        };
        var command = new Command(
            "prove-consistency",
            "Print as JSON the hashes that show that the log begins with what it was before (RFC 6962, 2.1.2)"
        )
        {
            from,
            folder,
        };
        command.SetAction(parsed =>
        {
            var log = Read(parsed.GetValue(folder)!, context);
            context.Output.WriteLine(LogProofs.Consistency(log, SizeOf(parsed.GetRequiredValue(from), log, context)));
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateVerify(CliContext context)
    {
        var folder = EvidenceCommand.Folder();
        var key = EvidenceCommand.PublicKey();
        var given = new Option<string?>("--checkpoint")
        {
            Description = "The checkpoint to hold the log against (default: the evidence folder's own)",
            HelpName = "FILE",
        };
        var command = new Command("verify", "Hold the log against a checkpoint: that it was not cut, not rewritten")
        {
            folder,
            key,
            given,
        };
        command.SetAction(parsed =>
        {
            var evidence = parsed.GetValue(folder)!;
            var path = parsed.GetValue(given) ?? Path.Combine(evidence, Checkpoint.FileName);
            // The checkpoint first: a run that ends meanwhile has only added to the log.
            var checkpoint = parsed.GetValue(given) is { } named
                ? LogConsistency.ReadCheckpoint(context.FullPath(named))
                : LogConsistency.ReadCheckpointOf(context.FullPath(evidence));
            var log = Read(evidence, context);
            var publicKey = parsed.GetValue(key) is { } file ? KeyFiles.ReadPublicKey(context.FullPath(file)) : null;
            var problem =
                publicKey is not null && !checkpoint.IsSignedBy(publicKey)
                    ? $"no right signature of the key {publicKey.Id}"
                    : LogConsistency.Problem(log, checkpoint);
            context.Output.WriteLine(
                TerminalText.Escape(
                    problem is null
                        ? $"the log of {log.Lines.Count} runs begins with the {checkpoint.Size} runs of {path}"
                            + (publicKey is null ? "; whose signature that is was not asked (--public-key)" : "")
                        : $"WRONG  {path}: expected a log that begins with its {checkpoint.Size} runs, found {problem}"
                )
            );
            return (int)(problem is null ? ExitCode.Ok : ExitCode.Failed);
        });
        return command;
    }

    private static int SizeOf(string from, EvidenceLog log, CliContext context)
    {
        if (int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return size > 0 && size <= log.Lines.Count
                ? size
                : throw new InputException(
                    "there is no such state of the log",
                    $"--from 1 to {log.Lines.Count}",
                    from,
                    "give a number of runs that the log has had"
                );
        }

        var checkpoint = LogConsistency.ReadCheckpoint(context.FullPath(from));
        LogConsistency.Require(log, checkpoint, from);
        return checkpoint.Size > 0
            ? checkpoint.Size
            : throw new InputException(
                "nothing can be proven from an empty log",
                "a checkpoint of at least one run",
                from,
                "give a later checkpoint"
            );
    }

    private static EvidenceLog Read(string folder, CliContext context)
    {
        var root = context.FullPath(folder);
        try
        {
            var log = EvidenceLog.Read(root);
            return log.Lines.Count > 0
                ? log
                : throw new InputException(
                    "there is no log",
                    $"an evidence folder with {EvidenceLog.FileName}",
                    $"none in {folder}",
                    "name the folder with --evidence, or write evidence with `symphony verify`"
                );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                "the log cannot be read",
                $"a file that can be read: {Path.Combine(folder, EvidenceLog.FileName)}",
                failure.Message,
                "check the file and its permissions",
                failure
            );
        }
    }
}
