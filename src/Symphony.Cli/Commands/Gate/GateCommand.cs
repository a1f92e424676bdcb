using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Cli.Output.Reports;
using Symphony.Probes;

namespace Symphony.Cli.Commands.Gate;

/// <summary>
/// <c>symphony gate</c>: doctor, manifests, lint, a fresh server, the migrations, the verification, the proof that it
/// can fail, the tasks, the evidence, in one command. A stage is one class; this one puts them in their order.
/// </summary>
internal static class GateCommand
{
    /// <summary>What happens before the verification, in its order.</summary>
    private static readonly IReadOnlyList<GateStage> Preparation =
    [
        new DoctorStage(),
        new ManifestsStage(),
        new LintStage(),
        new ServerStage(),
        new MigrateStage(),
    ];

    public static Command Create(CliContext context)
    {
        var selection = new SelectionOptions { OtherWords = StageSelection.Names };
        var output = new OutputOptions();
        var reports = new ReportOptions();
        var seal = new SealOptions();
        var database = new DatabaseOptions();
        var behaviour = new BehaviourOptions();
        var fingerprint = new FingerprintOption();
        var postgres = new Option<string?>("--postgres")
        {
            Description = "The fresh server's major version: 14 to 18 (default: SYMPHONY_PG, or else 18)",
            HelpName = "MAJOR",
        };
        var migrations = new Option<string>("--migrations")
        {
            Description = "The folder of migrations, files NNNN_name.sql",
            HelpName = "DIR",
            DefaultValueFactory = _ => "schema/migrations",
        };
        var skip = new Option<string[]>("--skip")
        {
            Description =
                "Leave a stage out (repeatable); --only takes a stage as well as an invariant. The evidence says so: "
                + "what was not run did not pass",
            HelpName = string.Join('|', StageSelection.Names),
        };
        skip.AcceptOnlyFromAmong([.. StageSelection.Names]);
        var command = new Command(
            "gate",
            "Judge the migrations, start a fresh PostgreSQL, apply them, verify the manifests and write evidence. FRESH_DB=0 gates the database of "
                + "--database-url or DATABASE_URL instead, and applies the pending migrations to it. KEEP_DB=1 keeps the fresh server. "
                + $"Stages: {string.Join(", ", StageSelection.Names)}."
        )
        {
            postgres,
            migrations,
            skip,
        };
        database.AddTo(command);
        behaviour.AddTo(command);
        selection.AddTo(command);
        output.AddTo(command);
        fingerprint.AddTo(command);
        reports.AddTo(command);
        seal.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                var started = context.Clock.GetUtcNow();
                var sealing = seal.Read(parsed, context);
                var views = reports.Read(parsed, context, output.Json(parsed));
                var people = ReportOptions.ForPeople(context, views);
                var stages = new StageSelection(selection.Others(parsed), parsed.GetValue(skip) ?? []);
                var isFresh = context.Environment("FRESH_DB") != "0";
                var isOurs = isFresh || behaviour.IsOwned(parsed);
                var probe = behaviour.Mode(
                    parsed,
                    isOurs ? ProbeMode.Direct : ProbeMode.Off,
                    isFresh ? null : database.Target(parsed, context)
                );
                var request = new GateRequest
                {
                    Fresh = isFresh,
                    Postgres = parsed.GetValue(postgres),
                    Migrations = parsed.GetRequiredValue(migrations),
                    Invariants = selection.Folder(parsed),
                    EvidenceFolder = output.EvidenceFolder(parsed, context),
                    ReadManifests = () => selection.Read(parsed, context, probe != ProbeMode.Off),
                    GivenDatabase = () => database.Target(parsed, context),
                };
                await using var run = new GateRun(people, request);
                foreach (var stage in Preparation)
                {
                    await run.RunAsync(stage, stages, cancel);
                }

                var summary = new GateSummary(output.Json(parsed) ? context.Error : people.Output);
                if (!stages.Includes("verify") || run.Manifests is null)
                {
                    run.Skip("verify", stages, "the manifests were not read");
                    run.Skip("prove", stages, "nothing was verified");
                    run.Skip("tasks", stages, "nothing was verified");
                    summary.Write(run, "no evidence: nothing was verified");
                    return (int)WithoutReports(run.Exit, views, people);
                }

                var verification = new VerifyRequest(
                    run.Target ?? ConnectionTarget.Unknown,
                    run.Manifests,
                    run.Selected
                )
                {
                    EvidenceFolder = request.EvidenceFolder,
                    FailOn = output.FailOn(parsed),
                    Json = output.Json(parsed),
                    Arguments = [.. parsed.Tokens.Select(token => token.Value)],
                    Again =
                        Reproduction.Options(database.Url(parsed), selection.Folder(parsed))
                        + BehaviourOptions.Again(probe),
                    Limits = database.Limits(parsed),
                    Probe = probe,
                    Fingerprint = fingerprint.Read(parsed),
                    Prove = isOurs && stages.Includes("prove"),
                    Mode = request.Fresh ? "gate on a fresh server" : "gate",
                    Started = started,
                    Seal = sealing,
                    Reports = views,
                    Conclude = (report, exit, elapsed, trials) => run.Conclude(stages, report, exit, elapsed, trials),
                };
                var exit = await new VerifyFlow(people).RunAsync(
                    verification,
                    OpenAsync(run, database.Limits(parsed), fingerprint.Read(parsed), cancel),
                    cancel
                );
                summary.Write(run, $"evidence in {request.EvidenceFolder}");
                return (int)exit;
            }
        );
        return command;
    }

    /// <summary>A report that was asked for and is not there is never a success.</summary>
    private static ExitCode WithoutReports(ExitCode exit, IReadOnlyList<ReportTarget> reports, CliContext context)
    {
        if (reports.Count == 0)
        {
            return exit;
        }

        CommandLine.Report(
            new UnobservedException(
                "no report was written",
                "evidence to make it of",
                "none: nothing was verified",
                "see to what came first, and do not leave the stages manifests and verify out"
            ),
            context
        );
        return exit == ExitCode.Ok ? ExitCode.Unobserved : exit;
    }

    /// <summary>A database that could not be made or migrated is not observed: there is evidence of that, too.</summary>
    private static Task<CatalogSession> OpenAsync(
        GateRun run,
        SessionLimits limits,
        FingerprintScope fingerprint,
        CancellationToken cancel
    ) =>
        run.Target is { } target && run.Result("migrate") is not { Outcome.Exit: not ExitCode.Ok }
            ? CatalogSession.OpenAsync(target, limits, cancel, fingerprint)
            : Task.FromException<CatalogSession>(
                new UnobservedException(
                    "there is no database to verify",
                    "the stages server and migrate end well",
                    run.Results.FirstOrDefault(stage => stage.Name is "server" or "migrate" && stage.Word != "PASS")
                        is { } first
                        ? $"{first.Name}: {first.Note}"
                        : "they were left out",
                    "see to that first"
                )
            );
}
