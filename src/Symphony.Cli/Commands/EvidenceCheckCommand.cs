using System.CommandLine;
using System.Globalization;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Evidence;
using Symphony.Evidence.Freshness;
using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony evidence check</c>: the gate for others, who ask for evidence and not for a database.</summary>
internal sealed class EvidenceCheckCommand
{
    private readonly Option<string?> _task = new("--task") { Description = "The task", HelpName = "TASK" };

    private readonly Option<string?> _signature = new("--signature")
    {
        Description = "The failure signature (default: every one of the task)",
        HelpName = "SIGNATURE",
    };

    // Text, and read by us: an option of another type would be compiled at every start of every command.
    private readonly Option<string?> _maxAge = new("--max-age")
    {
        Description = "How old the run may be: 90m, 24h, 7d (default: its age does not matter)",
        HelpName = "AGE",
    };

    private readonly Option<string?> _commit = new("--commit")
    {
        Description = "The commit that the run must be of, in full (default: the one that is checked out here)",
        HelpName = "SHA",
    };

    private readonly Option<string> _invariants = new("--invariants")
    {
        Description = "The folder of manifests, or one manifest, as they must have been",
        HelpName = "DIR",
        DefaultValueFactory = _ => "invariants",
    };

    private readonly Option<bool> _allowDirty = new("--allow-dirty")
    {
        Description = "Accept a run in a working tree with changes that are not in the commit",
    };

    private readonly Option<bool> _allowWaived = new("--allow-waived")
    {
        Description = "Accept failures under waivers that are in force today",
    };

    private readonly Option<string?> _url = new("--database-url")
    {
        Description = "Require evidence of this very database with its schema as it is now (default: any)",
        HelpName = "URL",
    };

    private readonly Option<string> _evidence = EvidenceCommand.Folder();

    private readonly Option<string?> _publicKey = EvidenceCommand.PublicKey();

    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description = "Require a log that is a continuation of this checkpoint",
        HelpName = "FILE",
    };

    public static Command Create(CliContext context)
    {
        var options = new EvidenceCheckCommand();
        options._maxAge.Validators.Add(result =>
        {
            var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (AgeOf(text) is null)
            {
                result.AddError(
                    $"--max-age takes a number of minutes, hours or days, such as 90m, 24h or 7d, not `{text}`."
                );
            }
        });
        var command = new Command(
            "check",
            """
            Require a PASS: of this commit, of the manifests as they are, of this database when one is given, recent
            enough, and from the last run in the log. Anything else ends with exit code 1; absent evidence is never a
            pass.
            """
        )
        {
            options._task,
            options._signature,
            options._maxAge,
            options._commit,
            options._invariants,
            options._allowDirty,
            options._allowWaived,
            options._url,
            options._evidence,
            options._publicKey,
            options._checkpoint,
        };
        command.SetAction(async (parsed, cancel) => (int)await options.RunAsync(parsed, context, cancel));
        return command;
    }

    internal static TimeSpan? AgeOf(string text) =>
        text.Length > 1
        && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and < 1_000_000
            ? text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            }
            : null;

    private async Task<ExitCode> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancel)
    {
        var folder = parsed.GetValue(_invariants)!;
        var manifests = ManifestFolder.Read(context.FullPath(folder), folder, KindRegistry.Standard);
        var keys = KeysOf(manifests, parsed.GetValue(_task), parsed.GetValue(_signature));
        var commit = CommitOf(parsed.GetValue(_commit), context);
        var publicKey = parsed.GetValue(_publicKey) is { } file ? KeyFiles.ReadPublicKey(context.FullPath(file)) : null;
        var last = parsed.GetValue(_checkpoint) is { } path
            ? (LogConsistency.ReadCheckpoint(context.FullPath(path)), path)
            : ((Checkpoint, string)?)null;
        var check = new FreshnessCheck(context.FullPath(parsed.GetValue(_evidence)!), KindRegistry.Standard);
        var passed = true;
        foreach (var key in keys)
        {
            var evidence = check.Check(
                new FreshnessRequest
                {
                    Key = key,
                    Manifests = manifests,
                    Commit = commit,
                    Now = context.Clock.GetUtcNow(),
                    MaxAge = parsed.GetValue(_maxAge) is { } age ? AgeOf(age) : null,
                    AllowDirty = parsed.GetValue(_allowDirty),
                    AllowWaived = parsed.GetValue(_allowWaived),
                    PublicKey = publicKey,
                    Last = last,
                }
            );
            if (parsed.GetValue(_url) is { } url && evidence.Bundle is not null)
            {
                FreshnessCheck.RequireTarget(evidence, await TargetAsync(url, evidence, context, cancel));
            }

            passed &= Tell(key, evidence, context);
        }

        return passed ? ExitCode.Ok : ExitCode.Failed;
    }

    private static List<EvidenceKey> KeysOf(ManifestSet manifests, string? task, string? signature)
    {
        var keys = manifests
            .Invariants.Where(invariant =>
                (task is null || invariant.Task == task)
                && (signature is null || invariant.FailureSignature == signature)
            )
            .Select(invariant => new EvidenceKey(invariant.Task, invariant.FailureSignature))
            .Distinct()
            .ToList();
        return keys.Count > 0
            ? keys
            : throw new InputException(
                "no evidence can be asked for",
                "--task and --signature that an invariant of the manifests has",
                $"{task ?? "any task"} with {signature ?? "any signature"}",
                "correct them; `symphony task list` shows those there are"
            );
    }

    private static string CommitOf(string? given, CliContext context)
    {
        if (given is null or "HEAD")
        {
            return GitRepository.CommitOf(context.WorkingDirectory)
                ?? throw new InputException(
                    "it is not said which commit the evidence must be of",
                    "--commit, or a git repository around this folder",
                    "neither",
                    "give --commit SHA"
                );
        }

        return given.Length is 40 or 64 && given.All(char.IsAsciiHexDigitLower)
            ? given
            : throw new InputException(
                "--commit is not a commit",
                "a commit's whole digest in lower-case hexadecimal, or HEAD",
                given,
                "print it with `git rev-parse REVISION`"
            );
    }

    private static async Task<Target> TargetAsync(
        string url,
        FreshEvidence evidence,
        CliContext context,
        CancellationToken cancel
    )
    {
        var target = ConnectionTarget.Parse(url, context.Environment);
        await using var session = await CatalogSession.OpenAsync(target, SessionLimits.Default, cancel, evidence.Scope);
        return (await session.ReadAsync(new Questions([], evidence.Relations), (_, _) => { }, cancel)).Target;
    }

    private static bool Tell(EvidenceKey key, FreshEvidence evidence, CliContext context)
    {
        var style = new Style(context.Colour);
        var findings = evidence.Examination.Findings;
        var about = $"{key.TaskId} {key.FailureSignature}";
        if (findings.Count == 0 && evidence is { Run: { } run, Bundle: { } bundle })
        {
            context.Output.WriteLine(
                $"{style.Of(bundle.Verdict)}  {about}: run {run.RunId} of {TerminalText.Escape(run.Git?.Commit ?? "")} against {TerminalText.Escape(bundle.Target.Database ?? "")} ({bundle.Target.SystemIdentifier})"
            );
            return true;
        }

        context.Output.WriteLine($"{style.Of(Verification.Verdict.Fail)}  {about}: no evidence that counts");
        foreach (var finding in findings)
        {
            context.Output.WriteLine($"  {TerminalText.Escape(finding.ToString())}");
        }

        context.Output.WriteLine($"  next    symphony verify --task {key.TaskId} --signature {key.FailureSignature}");
        return false;
    }
}
