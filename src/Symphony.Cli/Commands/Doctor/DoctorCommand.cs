using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Migrations;
using Symphony.Servers;

namespace Symphony.Cli.Commands.Doctor;

/// <summary><c>symphony doctor</c>: whether this machine can do what the other commands ask of it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CliContext context)
    {
        var postgres = new Option<string?>("--postgres")
        {
            Description = "The fresh server's major version: 14 to 18 (default: SYMPHONY_PG, or else 18)",
            HelpName = "MAJOR",
        };
        var migrations = new Option<string>("--migrations")
        {
            Description = "The folder of migrations",
            HelpName = "DIR",
            DefaultValueFactory = _ => "schema/migrations",
        };
        var invariants = new Option<string>("--invariants")
        {
            Description = "The folder of manifests, or one manifest",
            HelpName = "DIR",
            DefaultValueFactory = _ => "invariants",
        };
        var evidence = new Option<string>("--evidence")
        {
            Description = "The folder for evidence",
            HelpName = "DIR",
            DefaultValueFactory = _ => "evidence",
        };
        var command = new Command(
            "doctor",
            "Say whether this machine can run the gate: the tool chain, a server (one is started), room, permissions, the manifests, the "
                + "migrations, and the database of DATABASE_URL if there is one. 0: it can; 2 or 3: it cannot, with what to do."
        )
        {
            postgres,
            migrations,
            invariants,
            evidence,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                var look = new Examination(context);
                List<DoctorCheck> checks =
                [
                    Examination.Runtime(),
                    await look.ServerAsync(parsed.GetValue(postgres), cancel),
                    await StartAsync(parsed.GetValue(postgres), context, cancel),
                    Examination.Disk("room", Path.GetTempPath()),
                    Examination.Evidence(context.FullPath(parsed.GetRequiredValue(evidence))),
                    look.Migrations(parsed.GetRequiredValue(migrations)),
                    Manifests(parsed.GetRequiredValue(invariants), context),
                    await DatabaseAsync(context, cancel),
                ];
                return (int)Tell(checks, context);
            }
        );
        return command;
    }

    private static Task<DoctorCheck> StartAsync(string? postgres, CliContext context, CancellationToken cancel) =>
        Examination.LookAsync(
            "start",
            async () =>
            {
                var began = context.Clock.GetTimestamp();
                var options = ServerOptions.From(context.Environment, postgres) with { Keep = false };
                await using var server = await EphemeralServer.StartAsync(
                    options,
                    new LineProgress(context.Error),
                    cancel
                );
                return FormattableString.Invariant(
                    $"it takes connections after {context.Clock.GetElapsedTime(began).TotalSeconds:0.00} s"
                );
            }
        );

    private static DoctorCheck Manifests(string folder, CliContext context)
    {
        try
        {
            var set = ManifestFolder.Read(context.FullPath(folder), folder, KindRegistry.Standard);
            return new DoctorCheck(
                "manifests",
                $"{set.Invariants.Count()} invariants of {set.Manifests.Count} manifests"
            );
        }
        catch (InputException problem)
        {
            return new DoctorCheck("manifests", "none that can be used", problem);
        }
        catch (ManifestException problem)
        {
            return new DoctorCheck(
                "manifests",
                "not usable",
                new InputException(
                    "the manifests cannot be used",
                    "manifests without problems",
                    problem.Problems.First().ToString(),
                    "run symphony verify for all of them"
                )
            );
        }
    }

    private static Task<DoctorCheck> DatabaseAsync(CliContext context, CancellationToken cancel) =>
        string.IsNullOrEmpty(context.Environment("DATABASE_URL"))
            ? Task.FromResult(new DoctorCheck("database", "DATABASE_URL is not set; the gate makes its own"))
            : Examination.LookAsync(
                "database",
                async () =>
                {
                    var target = ConnectionTarget.Parse(null, context.Environment);
                    await using var session = await CatalogSession.OpenAsync(target, SessionLimits.Default, cancel);
                    var applied = await new MigrationRunner(target.ToConnectionString(), context.Clock).AppliedAsync(
                        cancel
                    );
                    return $"{target}: PostgreSQL {session.Major}, {applied.Count} migrations applied";
                }
            );

    private static ExitCode Tell(IReadOnlyList<DoctorCheck> checks, CliContext context)
    {
        foreach (var check in checks)
        {
            context.Output.WriteLine(
                $"{(check.Problem is null ? "ok" : "NO"), -4}{check.Name, -12}{TerminalText.Escape(check.Found)}"
            );
        }

        foreach (var check in checks.Where(check => check.Problem is not null))
        {
            CommandLine.Report(check.Problem!, context);
        }

        return checks.Any(check => check.Problem is InputException) ? ExitCode.BadInput
            : checks.Any(check => check.Problem is not null) ? ExitCode.Unobserved
            : ExitCode.Ok;
    }
}
