using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony prove</c>: every guarantee taken away on purpose; does the verifier notice?</summary>
internal static class ProveCommand
{
    public static Command Create(CliContext context)
    {
        var database = new DatabaseOptions();
        var fresh = new GateDatabase(context);
        var selection = new SelectionOptions();
        var output = new OutputOptions();
        var reports = new ReportOptions();
        var behaviour = new BehaviourOptions();
        var command = new Command(
            "prove",
            "Prove that the verifier can fail: on a fresh PostgreSQL with the migrations, take every guarantee away on purpose, one change at a "
                + "time, and require that it is noticed. A change that goes unnoticed is a FAIL. With --i-own-this-database the proof is made on "
                + "the database of --database-url or DATABASE_URL, in one transaction that is rolled back."
        );
        fresh.AddTo(command);
        database.AddTo(command);
        behaviour.AddTo(command);
        selection.AddTo(command);
        output.AddTo(command);
        reports.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                var stages = new GateStages(context);
                var started = context.Clock.GetUtcNow();
                var views = reports.Read(parsed, context, output.Json(parsed));
                var (set, selected) = stages.Run("manifests", () => selection.Read(parsed, context, probes: true));
                RequireConsent(behaviour, database, parsed);
                await using var server = behaviour.IsOwned(parsed)
                    ? null
                    : await stages.RunAsync("server", () => fresh.StartAsync(parsed, cancel));
                var target = server is null
                    ? database.Target(parsed, context)
                    : await GateDatabase.CreateAsync(server, cancel);
                await context.Error.WriteLineAsync(
                    $"symphony: proving on {(server is null ? TerminalText.Escape(target.ToString()) : $"a fresh PostgreSQL {server.Major} ({server.Origin})")}"
                );
                if (server is not null)
                {
                    await stages.RunAsync("migrate", () => fresh.MigrateAsync(parsed, target, cancel));
                }

                var limits = database.Limits(parsed);
                var request = new VerifyRequest(target, set, selected)
                {
                    EvidenceFolder = output.EvidenceFolder(parsed, context),
                    FailOn = output.FailOn(parsed),
                    Json = output.Json(parsed),
                    Arguments = [.. parsed.Tokens.Select(token => token.Value)],
                    Command = "prove",
                    Again =
                        Reproduction.Options(database.Url(parsed), selection.Folder(parsed))
                        + (server is null ? " --i-own-this-database" : ""),
                    Mode = server is null ? "prove" : "prove on a fresh server",
                    Started = started,
                    Reports = views,
                    DurationsMs = stages.DurationsMs,
                    Limits = limits,
                    Prove = true,
                    Probe = behaviour.Mode(parsed, Probes.ProbeMode.Direct, server is null ? target : null),
                };
                return (int)
                    await new VerifyFlow(ReportOptions.ForPeople(context, views)).RunAsync(
                        request,
                        CatalogSession.OpenAsync(target, limits, cancel),
                        cancel
                    );
            }
        );
        return command;
    }

    /// <summary>A database that was named and would be broken, even for a moment, is only broken with its owner's word.</summary>
    private static void RequireConsent(BehaviourOptions behaviour, DatabaseOptions database, ParseResult parsed)
    {
        if (database.Url(parsed) is not null && !behaviour.IsOwned(parsed))
        {
            throw new InputException(
                "proving breaks the database on purpose",
                "--i-own-this-database beside --database-url: everything is rolled back, and others wait meanwhile",
                "--database-url without it",
                "add it where the database is yours, or leave --database-url out for a fresh server"
            );
        }
    }
}
