using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Migrations;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony migrate</c>: what is applied, line by line, and where the database stands then.</summary>
internal static class MigrateCommand
{
    private static readonly Option<string?> DatabaseUrl = new("--database-url")
    {
        Description =
            "The database to migrate: postgres://… or key=value (default: DATABASE_URL, then libpq's PG* variables)",
        HelpName = "URL",
    };

    private static readonly Option<string> Migrations = new("--migrations")
    {
        Description = "The folder of migrations, files NNNN_name.sql",
        HelpName = "DIR",
        DefaultValueFactory = _ => "schema/migrations",
    };

    private static readonly Option<bool> Plan = new("--plan")
    {
        Description = "Only say what would be applied; takes no lock and writes nothing",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "The last version to apply, or its number; a database that is further stays as it is",
        HelpName = "VERSION",
    };

    private static readonly Option<double> LockTimeout = new("--lock-timeout")
    {
        Description =
            "How long a migration in a transaction waits for a lock before it gives way, in seconds; 0 waits for ever. "
            + "What the file sets itself counts",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => LockLimits.Default.Timeout.TotalSeconds,
    };

    private static readonly Option<int> LockAttempts = new("--lock-attempts")
    {
        Description = "How often such a migration is tried, with a longer pause each time",
        HelpName = "N",
        DefaultValueFactory = _ => LockLimits.Default.Attempts,
    };

    public static Command Create(CliContext context)
    {
        var command = new Command(
            "migrate",
            """
            Applies the forward-only migrations that a database has not had yet.

            Each file and its entry in public.schema_migrations are one transaction. A file with the line
            "-- symphony:no_tx" is run statement by statement outside one, as CREATE INDEX CONCURRENTLY needs it.
            Runs against one database wait for each other. An applied file that changed or is missing, and a new one
            that stands before the last applied one, are refused before anything is run.
            """
        )
        {
            DatabaseUrl,
            Migrations,
            Plan,
            To,
            LockTimeout,
            LockAttempts,
        };
        LockTimeout.Validators.Add(result => RequireRange(result, 0, 86_400));
        LockAttempts.Validators.Add(result => RequireRange(result, 1, 1000));
        command.SetAction(
            async (parsed, cancel) =>
            {
                var runner = new MigrationRunner(
                    ConnectionTarget.Parse(parsed.GetValue(DatabaseUrl), context.Environment).ToConnectionString(),
                    context.Clock,
                    new ProgressLines(context, context.Output)
                )
                {
                    To = parsed.GetValue(To),
                    Locks = new LockLimits(
                        TimeSpan.FromSeconds(parsed.GetValue(LockTimeout)),
                        parsed.GetValue(LockAttempts)
                    ),
                };
                var directory = context.FullPath(parsed.GetRequiredValue(Migrations));
                await (
                    parsed.GetValue(Plan)
                        ? ShowPlanAsync(runner, directory, context, cancel)
                        : ApplyAsync(runner, directory, context, cancel)
                );
                return (int)ExitCode.Ok;
            }
        );
        return command;
    }

    private static void RequireRange(System.CommandLine.Parsing.OptionResult result, double least, double most)
    {
        if (
            result.Tokens is [var token]
            && double.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && (number < least || number > most)
        )
        {
            result.AddError($"It takes a number from {least} to {most}, not `{token.Value}`.");
        }
    }

    private static async Task ApplyAsync(
        MigrationRunner runner,
        string directory,
        CliContext context,
        CancellationToken cancel
    )
    {
        var applied = await runner.ApplyAsync(directory, cancel);
        await context.Output.WriteLineAsync(
            applied.Count == 0
                ? "nothing to apply: the database has every migration"
                : $"{applied.Count} applied: the database is at {applied[^1].Version}"
        );
    }

    private static async Task ShowPlanAsync(
        MigrationRunner runner,
        string directory,
        CliContext context,
        CancellationToken cancel
    )
    {
        var plan = await runner.PlanAsync(directory, cancel);
        foreach (var migration in plan.Pending)
        {
            var manner = migration.InTransaction ? "in one transaction" : "one by one, without a transaction";
            await context.Output.WriteLineAsync($"pending  {migration.Version}  {Statements(migration)} {manner}");
        }

        var at = plan.Applied.Count == 0 ? "has no migrations yet" : $"is at {plan.Applied[^1].Version}";
        await context.Output.WriteLineAsync($"{plan.Pending.Count} pending: the database {at}");
    }

    private static string Statements(MigrationScript migration) =>
        migration.Statements.Count == 1 ? "1 statement" : $"{migration.Statements.Count} statements";

    /// <summary>Writes at once and in order: what is shown when a later migration fails is what was applied.</summary>
    internal sealed class ProgressLines(CliContext context, TextWriter output) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            switch (value)
            {
                case MigrationProgress.Waiting waiting:
                    context.Error.WriteLine($"waiting for another migration run: {waiting.Holder}");
                    break;
                case MigrationProgress.Retrying retrying:
                    context.Error.WriteLine(
                        $"{retrying.Migration.Version}: attempt {retrying.Attempt} did not get its locks ({TerminalText.Escape(retrying.Found)}); again in {retrying.Pause.TotalSeconds:0} s"
                    );
                    break;
                case MigrationProgress.Applying applying when context.Progress:
                    context.Error.WriteLine($"applying {applying.Migration.Version}");
                    break;
                case MigrationProgress.Applied applied:
                    var elapsed = $"{applied.Elapsed.TotalMilliseconds:F0} ms";
                    output.WriteLine($"applied  {applied.Migration.Version}  {elapsed}");
                    break;
                default:
                    break;
            }
        }
    }
}
