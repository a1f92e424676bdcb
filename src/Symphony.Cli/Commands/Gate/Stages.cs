using Symphony.Catalog;
using Symphony.Cli.Commands.Doctor;
using Symphony.Cli.Output;
using Symphony.Linting;
using Symphony.Migrations;
using Symphony.Servers;

namespace Symphony.Cli.Commands.Gate;

/// <summary>Whether the machine can do what the others will ask of it.</summary>
internal sealed class DoctorStage : GateStage
{
    public override string Name => "doctor";

    public override async Task<StageOutcome> RunAsync(GateRun run, CancellationToken cancel)
    {
        var examination = new Examination(run.Context);
        var checks = await examination.OfGateAsync(run.Request, cancel);
        var bad = checks.Where(check => check.Problem is not null).ToList();
        foreach (var check in bad)
        {
            CommandLine.Report(check.Problem!, run.Context);
        }

        return bad.Count == 0
            ? StageOutcome.Passed(string.Join(", ", checks.Select(check => check.Found)))
            : StageOutcome.Of(bad[0].Problem!);
    }
}

/// <summary>What is wrong with the manifests is known in milliseconds.</summary>
internal sealed class ManifestsStage : GateStage
{
    public override string Name => "manifests";

    public override Task<StageOutcome> RunAsync(GateRun run, CancellationToken cancel)
    {
        (run.Manifests, run.Selected) = run.Request.ReadManifests();
        return Task.FromResult(
            StageOutcome.Passed(
                $"{run.Selected.Count} invariant{(run.Selected.Count == 1 ? "" : "s")} of {run.Manifests.Manifests.Count} manifest{(run.Manifests.Manifests.Count == 1 ? "" : "s")}"
            )
        );
    }
}

/// <summary>The migrations, judged on a server of their own; of a given database, only those it does not have.</summary>
internal sealed class LintStage : GateStage
{
    public override string Name => "lint";

    public override async Task<StageOutcome> RunAsync(GateRun run, CancellationToken cancel)
    {
        var report = await new LintFlow(run.Context).RunAsync(
            new LintRequest(run.Request.Migrations, run.Request.Invariants)
            {
                Postgres = run.Request.Postgres,
                Applied = run.Request.Fresh ? null : run.Request.GivenDatabase(),
            },
            cancel
        );
        var exit = LintFlow.ExitFor(report);
        if (exit != ExitCode.Ok)
        {
            new LintTextReport(run.Context.Error, new Style(false)).WriteFindings(report);
        }

        if (report.Failure is { } failure)
        {
            CommandLine.Report(failure, run.Context);
        }

        return new StageOutcome(exit, Note(report));
    }

    private static string Note(LintReport report)
    {
        var findings = report.Counting.ToList();
        var waived = report.Findings.Count - findings.Count;
        var first =
            findings is [var finding, ..] ? $": {finding.Path}:{finding.Line}: {finding.Finding.Rule.Id}"
            : report.Failure is { } failure ? $": {failure.Message}"
            : "";
        return $"{report.Judged.Count} judged, {findings.Count} finding{(findings.Count == 1 ? "" : "s")}, {waived} waived{first}";
    }
}

/// <summary>A fresh server with an empty database, or the database that is given.</summary>
internal sealed class ServerStage : GateStage
{
    private const string DatabaseName = "symphony_gate";

    public override string Name => "server";

    public override async Task<StageOutcome> RunAsync(GateRun run, CancellationToken cancel)
    {
        var context = run.Context;
        if (!run.Request.Fresh)
        {
            run.Target = run.Request.GivenDatabase();
            context.Error.WriteLine($"symphony: gating {TerminalText.Escape(run.Target.ToString())}");
            return StageOutcome.Passed($"FRESH_DB=0: {run.Target}");
        }

        var server = run.Server = await EphemeralServer.StartAsync(
            ServerOptions.From(context.Environment, run.Request.Postgres),
            new LineProgress(context.Error),
            cancel
        );
        run.Target = ConnectionTarget.Parse(await server.CreateDatabaseAsync(DatabaseName, cancel: cancel), _ => null);
        context.Error.WriteLine($"symphony: gating a fresh PostgreSQL {server.Major} ({server.Origin})");
        return StageOutcome.Passed($"a fresh PostgreSQL {server.Major} ({server.Origin})");
    }
}

/// <summary>The pending migrations.</summary>
internal sealed class MigrateStage : GateStage
{
    public override string Name => "migrate";

    public override IReadOnlyList<string> Needs => ["server"];

    public override async Task<StageOutcome> RunAsync(GateRun run, CancellationToken cancel)
    {
        var applied = await new MigrationRunner(
            run.Target!.ToConnectionString(),
            run.Context.Clock,
            new MigrateCommand.ProgressLines(run.Context, run.Context.Error)
        ).ApplyAsync(run.Context.FullPath(run.Request.Migrations), cancel);
        return StageOutcome.Passed(applied.Count == 0 ? "nothing pending" : $"{applied.Count} applied");
    }
}
