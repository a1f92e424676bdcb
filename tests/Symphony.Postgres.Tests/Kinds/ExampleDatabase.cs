using System.Text.RegularExpressions;
using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Postgres.Tests.Servers;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>The database that the examples are tried in: one connection that changes, judges, and rolls back.</summary>
internal sealed partial class ExampleDatabase : IAsyncDisposable
{
    private readonly SharedDatabase database;
    private readonly NpgsqlConnection connection;
    private bool knowsSettings;

    private ExampleDatabase(SharedDatabase database, NpgsqlConnection connection) =>
        (this.database, this.connection) = (database, connection);

    /// <param name="often">The example that is judged often, with its queries planned ahead; null plans none.</param>
    public static async Task<ExampleDatabase> BorrowAsync(PostgresServers servers, int major, KindExample? often = null)
    {
        var shared = servers.SharedDatabase(major);
        return new ExampleDatabase(shared, await shared.BorrowAsync([.. CatalogQueries(often, major)]));
    }

    public async Task ExecuteAsync(params IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            knowsSettings |= SettingOfAnApplication().IsMatch(statement);
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The verdict inside the open transaction, with what it has changed; of a kind that needs it, by behaviour.</summary>
    public async Task<CheckResult> JudgeAsync(InvariantKind kind, Claim claim)
    {
        var judged = await JudgeCatalogAsync(kind, claim);
        return kind.IsBehavioural ? await ProbeAsync(judged) : judged;
    }

    /// <summary>The verdict of both witnesses.</summary>
    public Task<CheckResult> ProbeAsync(CheckResult judged, ProbeMode mode = ProbeMode.Direct) =>
        new Prober(RolledBackSession.Within(connection, SessionLimits.Default), mode, []).ProbeAsync(
            judged,
            TestContext.Current.CancellationToken
        );

    /// <summary>
    /// What every judgement asks of the catalog: planning it takes the server longer than answering it, and the changes of
    /// all examples ask it more than ten thousand times.
    /// </summary>
    private static IEnumerable<NpgsqlBatchCommand> CatalogQueries(KindExample? example, int major)
    {
        if (example is null)
        {
            yield break;
        }

        yield return CatalogSession.Command(VersionedSql.ReadResource("Catalog/target.sql"), []);
        yield return CatalogSession.Command(VersionedSql.Read("Catalog/fingerprint.sql", major), ["{}", "{}"]);
        yield return CatalogSession.Command(VersionedSql.ReadResource("Catalog/ledger.sql"), []);
        yield return CatalogSession.Command(VersionedSql.ReadResource("Catalog/casts.sql"), ["{}", "{}"]);
        // A kind that asks a statement of the claim's own has no query of the catalog.
        if (example.Kind.StatementFor(example.Claim) is null)
        {
            yield return CatalogSession.Command(example.Kind.FactsSql(major), ["{}", "{}", "{}"]);
        }
    }

    private async Task<CheckResult> JudgeCatalogAsync(InvariantKind kind, Claim claim)
    {
        var invariant = new Invariant(
            "example",
            null,
            "TSK-1",
            "P0.EXAMPLE",
            Severity.P0,
            "example.yml",
            new SourceLocation(1, 1),
            kind,
            claim,
            null
        );
        await using var session = await CatalogSession.WithinAsync(
            connection,
            SessionLimits.Default,
            TestContext.Current.CancellationToken
        );
        var report = await VerificationRun.VerifyAsync(
            [invariant],
            session,
            new WaiverBook([], new DateOnly(2025, 1, 1)),
            TestContext.Current.CancellationToken
        );
        ReplayedReport.Assert(report, invariant);
        return Assert.Single(report.Checks);
    }

    /// <summary>What is said to be wrong in a transaction that is rolled back; a refused statement is wrong, too.</summary>
    public async Task<string?> TryAsync(Func<Task<string?>> attempt)
    {
        await ExecuteAsync("BEGIN");
        try
        {
            return await attempt();
        }
        catch (NpgsqlException refused)
        {
            return $"could not be tried: {refused.Message}";
        }
        finally
        {
            // The driver gives the session up after an internal error of the server; its end rolls back as well.
            if (connection.State != System.Data.ConnectionState.Open)
            {
                await connection.OpenAsync();
            }
            else
            {
                await ExecuteAsync("ROLLBACK");
            }
        }
    }

    public async ValueTask DisposeAsync() => await database.ReturnAsync(endSession: knowsSettings);

    /// <summary>
    /// What reads or makes a setting that is not the server's. A session keeps its name when all else is rolled back, and
    /// from then on tells an empty text where a new session tells NULL.
    /// </summary>
    [GeneratedRegex(
        @"current_setting|set_config|\bSET\s+(LOCAL\s|SESSION\s)?\s*\w+\.\w",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SettingOfAnApplication();
}
