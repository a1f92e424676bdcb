using System.CommandLine;
using Symphony.Catalog;
using Symphony.Probes;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony verify</c>: manifests against a database, verdicts, evidence.</summary>
internal static class VerifyCommand
{
    public static Command Create(CliContext context)
    {
        var database = new DatabaseOptions();
        var selection = new SelectionOptions();
        var output = new OutputOptions();
        var reports = new ReportOptions();
        var seal = new SealOptions();
        var fingerprint = new FingerprintOption();
        var behaviour = new BehaviourOptions();
        var command = new Command(
            "verify",
            "Verify that a database enforces what the manifests declare, and write evidence of it"
        );
        database.AddTo(command);
        behaviour.AddTo(command);
        selection.AddTo(command);
        selection.AddSinceTo(command);
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
                var target = database.Target(parsed, context);
                var probe = behaviour.Mode(parsed, ProbeMode.Off, target);
                // Connecting takes about as long as reading the manifests: both at once, on a thread each.
                var limits = database.Limits(parsed);
                using var opening = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                var open = Task.Run(
                    () => CatalogSession.OpenAsync(target, limits, opening.Token, fingerprint.Read(parsed)),
                    CancellationToken.None
                );
                try
                {
                    var (set, selected) = selection.Read(parsed, context, probe != ProbeMode.Off);
                    var request = new VerifyRequest(target, set, selected)
                    {
                        EvidenceFolder = output.EvidenceFolder(parsed, context),
                        FailOn = output.FailOn(parsed),
                        Json = output.Json(parsed),
                        Arguments = [.. parsed.Tokens.Select(token => token.Value)],
                        Again =
                            Reproduction.Options(database.Url(parsed), selection.Folder(parsed))
                            + BehaviourOptions.Again(probe),
                        Limits = limits,
                        Probe = probe,
                        Fingerprint = fingerprint.Read(parsed),
                        Mode = "verify",
                        Started = started,
                        Seal = sealing,
                        Reports = views,
                        Since = await selection.CompareAsync(parsed, context, set, cancel),
                        DurationsMs = new Dictionary<string, long>
                        {
                            ["manifests"] = (long)(context.Clock.GetUtcNow() - started).TotalMilliseconds,
                        },
                    };
                    return (int)
                        await new VerifyFlow(ReportOptions.ForPeople(context, views)).RunAsync(request, open, cancel);
                }
                catch
                {
                    await opening.CancelAsync();
                    await AbandonAsync(open);
                    throw;
                }
            }
        );
        return command;
    }

    /// <summary>The session is not needed: the failure that is reported is the manifests'.</summary>
    private static async Task AbandonAsync(Task<CatalogSession> open)
    {
        try
        {
            await (await open).DisposeAsync();
        }
        catch (Exception second) when (second is UnobservedException or OperationCanceledException)
        {
            // Told once: what is wrong with the manifests comes first, the server's turn is the next run.
            System.Diagnostics.Debug.WriteLine(second.Message);
        }
    }
}
