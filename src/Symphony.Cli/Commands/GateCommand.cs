using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Probes;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony gate</c>: a fresh server, the migrations, the verification, the evidence, in one command.</summary>
internal static class GateCommand
{
    public static Command Create(CliContext context)
    {
        var selection = new SelectionOptions();
        var output = new OutputOptions();
        var seal = new SealOptions();
        var database = new DatabaseOptions();
        var made = new GateDatabase(context);
        var behaviour = new BehaviourOptions();
        var noProve = new Option<bool>("--no-prove")
        {
            Description = "Do not prove that the verifier can fail (on a fresh server it is proven by default)",
        };
        var command = new Command(
            "gate",
            "Start a fresh PostgreSQL, apply the migrations, verify the manifests by the catalog and by what the database does, prove that "
                + "the verifier can fail, and write evidence. FRESH_DB=0 gates the database of "
                + "--database-url or DATABASE_URL instead, and applies the pending migrations to it. KEEP_DB=1 keeps the fresh server."
        )
        {
            noProve,
        };
        made.AddTo(command);
        database.AddTo(command);
        behaviour.AddTo(command);
        selection.AddTo(command);
        output.AddTo(command);
        seal.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                var stages = new GateStages(context);
                var started = context.Clock.GetUtcNow();
                var isFresh = context.Environment("FRESH_DB") != "0";
                var given = isFresh ? null : database.Target(parsed, context);
                var isOurs = isFresh || behaviour.IsOwned(parsed);
                var probe = behaviour.Mode(parsed, isOurs ? ProbeMode.Direct : ProbeMode.Off, given);
                var sealing = seal.Read(parsed, context);
                // Before anything is started: what is wrong with the manifests is known in milliseconds.
                var (set, selected) = stages.Run(
                    "manifests",
                    () => selection.Read(parsed, context, probe != ProbeMode.Off)
                );
                await using var fresh = isFresh
                    ? await stages.RunAsync("server", () => made.StartAsync(parsed, cancel))
                    : null;
                var target = given ?? await GateDatabase.CreateAsync(fresh!, cancel);
                context.Error.WriteLine(
                    $"symphony: gating {(fresh is null ? TerminalText.Escape(target.ToString()) : $"a fresh PostgreSQL {fresh.Major} ({fresh.Origin})")}"
                );
                await stages.RunAsync("migrate", () => made.MigrateAsync(parsed, target, cancel));
                var request = new VerifyRequest(target, set, selected)
                {
                    EvidenceFolder = output.EvidenceFolder(parsed, context),
                    FailOn = output.FailOn(parsed),
                    Json = output.Json(parsed),
                    Arguments = [.. parsed.Tokens.Select(token => token.Value)],
                    Again =
                        Reproduction.Options(database.Url(parsed), selection.Folder(parsed))
                        + BehaviourOptions.Again(probe),
                    Mode = fresh is null ? "gate" : "gate on a fresh server",
                    Started = started,
                    Seal = sealing,
                    DurationsMs = stages.DurationsMs,
                    Limits = database.Limits(parsed),
                    Probe = probe,
                    Prove = isOurs && !parsed.GetValue(noProve),
                };
                return (int)
                    await new VerifyFlow(context).RunAsync(
                        request,
                        CatalogSession.OpenAsync(target, database.Limits(parsed), cancel),
                        cancel
                    );
            }
        );
        return command;
    }
}
