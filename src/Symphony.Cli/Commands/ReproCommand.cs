using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Evidence.Reproduction;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony repro</c>: a recorded failure in front of its owner again.</summary>
internal sealed class ReproCommand
{
    private readonly Argument<string> _failure = new("SIGNATURE|BUNDLE")
    {
        Description = "The failure signature, whose last failure in the evidence folder is meant; or a bundle's file",
    };

    private readonly Option<string?> _task = new("--task")
    {
        Description = "The task, where several have evidence of the signature",
        HelpName = "TASK",
    };

    private readonly Option<string> _evidence = EvidenceCommand.Folder();

    private readonly Option<string> _invariants = new("--invariants")
    {
        Description = "The manifests, for a rule that matched too little (the rest is in the evidence)",
        HelpName = "DIR",
        DefaultValueFactory = _ => "invariants",
    };

    private readonly Option<bool> _fresh = new("--fresh")
    {
        Description =
            "On a fresh server of the recorded major version, migrated as far as the database was, instead of --database-url",
    };

    private readonly Option<string> _migrations = new("--migrations")
    {
        Description = "The folder of migrations for --fresh",
        HelpName = "DIR",
        DefaultValueFactory = _ => "schema/migrations",
    };

    private readonly Option<string?> _pack = new("--pack")
    {
        Description =
            "Write a new folder that shows with PostgreSQL and psql alone what was reproduced; a check that cannot be "
            + "packed is named with the reason, there and on standard error, and where none can be the exit code is 3",
        HelpName = "DIR",
    };

    private readonly DatabaseOptions _database = new();

    private readonly BehaviourOptions _behaviour = new();

    public static Command Create(CliContext context)
    {
        var options = new ReproCommand();
        var command = new Command(
            "repro",
            """
            Verify again what failed, from the claims in its evidence, and hold the facts of now against those of then.
            Exit code 0: it fails as recorded. 1: it no longer does, or fails otherwise; the differences are shown.
            """
        )
        {
            options._failure,
            options._task,
            options._evidence,
            options._invariants,
            options._fresh,
            options._migrations,
            options._pack,
        };
        options._database.AddTo(command);
        options._behaviour.AddOwnershipTo(command);
        command.SetAction(async (parsed, cancel) => (int)await options.RunAsync(parsed, context, cancel));
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancel)
    {
        var fresh = parsed.GetValue(_fresh);
        if (fresh && _database.Url(parsed) is not null)
        {
            throw new InputException(
                "it is not clear where the failure is to be shown",
                "--fresh or --database-url",
                "both",
                "leave one of them out"
            );
        }

        var failure = Find(parsed, context);
        var manifests = Manifests(parsed, context);
        var invariants = failure.Invariants(KindRegistry.Standard, manifests);
        var probing = new RecordedProbing(
            _behaviour.Mode(
                parsed,
                Enum.TryParse<ProbeMode>(failure.ProbeMode, ignoreCase: true, out var recorded)
                    ? recorded
                    : ProbeMode.Off,
                fresh ? null : _database.Target(parsed, context)
            ),
            manifests?.Rows ?? []
        );
        var pack = parsed.GetValue(_pack) is { } folder ? new ReproPack(failure, invariants, folder, context) : null;
        if (!fresh)
        {
            return await RunAsync(
                _database.Target(parsed, context),
                failure,
                invariants,
                probing,
                pack,
                parsed,
                context,
                cancel
            );
        }

        await using var database = await FreshDatabase.CreateAsync(
            failure,
            context.FullPath(parsed.GetRequiredValue(_migrations)),
            context,
            cancel
        );
        return await RunAsync(database.Target, failure, invariants, probing, pack, parsed, context, cancel);
    }

    private async Task<ExitCode> RunAsync(
        ConnectionTarget target,
        RecordedFailure failure,
        IReadOnlyList<Invariant> invariants,
        RecordedProbing probing,
        ReproPack? pack,
        ParseResult parsed,
        CliContext context,
        CancellationToken cancel
    )
    {
        var report = new ReproReport(context.Output, new Style(context.Colour));
        report.WriteCase(failure);
        var (now, unobserved) = await VerifyAsync(target, invariants, probing, parsed, cancel);
        if (unobserved is not null)
        {
            CommandLine.Report(unobserved, context);
            return ExitCode.Unobserved;
        }

        var outcomes = Comparison.Of(failure, now);
        report.Write(outcomes, now, check => Again(check, probing, parsed));
        if (pack is not null && outcomes.Any(check => check.Outcome == Outcome.AsRecorded))
        {
            await pack.WriteAsync(target, outcomes, _database.Limits(parsed), cancel);
        }

        return ExitFor(outcomes);
    }

    private RecordedFailure Find(ParseResult parsed, CliContext context)
    {
        var given = parsed.GetRequiredValue(_failure);
        var search = new FailureSearch(context.FullPath(parsed.GetValue(_evidence)!), KindRegistry.Standard);
        if (!Identifiers.IsSignature(given) && Directory.Exists(context.FullPath(given)))
        {
            throw new InputException(
                "there is no failure to show again",
                "a failure signature, or a bundle's file",
                $"the folder {given}",
                "name the bundle in it, TASK/SIGNATURE.json"
            );
        }

        return File.Exists(context.FullPath(given))
            ? search.OfBundle(context.FullPath(given))
            : search.OfSignature(given, parsed.GetValue(_task));
    }

    /// <summary>Null where there are none: the evidence speaks for itself.</summary>
    private ManifestSet? Manifests(ParseResult parsed, CliContext context)
    {
        var folder = parsed.GetValue(_invariants)!;
        var path = context.FullPath(folder);
        return Directory.Exists(path) || File.Exists(path)
            ? ManifestFolder.Read(path, folder, KindRegistry.Standard)
            : null;
    }

    private async Task<(Report Report, UnobservedException? Failure)> VerifyAsync(
        ConnectionTarget target,
        IReadOnlyList<Invariant> invariants,
        RecordedProbing probing,
        ParseResult parsed,
        CancellationToken cancel
    )
    {
        var limits = _database.Limits(parsed);
        // Without waivers: what was waived is a failure, too.
        var waivers = new WaiverBook([], DateOnly.MinValue);
        var (report, failure) = await VerificationRun.VerifyAsync(
            invariants,
            target,
            CatalogSession.OpenAsync(target, limits, cancel),
            waivers,
            cancel
        );
        return failure is null ? await probing.ProbeAsync(report, target, limits, waivers, cancel) : (report, failure);
    }

    /// <summary>Against the same database, and by the same witnesses; a fresh one is gone by then.</summary>
    private string Again(CheckResult check, RecordedProbing probing, ParseResult parsed) =>
        parsed.GetValue(_fresh)
            ? $"symphony repro {check.Invariant.FailureSignature} --task {check.Invariant.Task} --fresh"
            : Reproduction.Of(
                "verify",
                check,
                Reproduction.Options(_database.Url(parsed), parsed.GetValue(_invariants)!)
                    + BehaviourOptions.Again(probing.Mode)
            );

    private static ExitCode ExitFor(IReadOnlyList<Reproduced> outcomes) =>
        outcomes.Any(check => check.Outcome == Outcome.Unobserved) ? ExitCode.Unobserved
        : outcomes.All(check => check.Outcome == Outcome.AsRecorded) ? ExitCode.Ok
        : ExitCode.Failed;
}
