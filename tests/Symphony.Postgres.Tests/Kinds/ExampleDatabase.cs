using Npgsql;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Postgres.Tests.Servers;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>A database for one example: one connection that changes, judges, and rolls back.</summary>
internal sealed class ExampleDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly NpgsqlConnection connection;

    private ExampleDatabase(TestDatabase database, NpgsqlConnection connection) =>
        (this.database, this.connection) = (database, connection);

    public static async Task<ExampleDatabase> CreateAsync(PostgresServers servers, int major)
    {
        var created = await servers.CreateDatabaseAsync(major);
        return new ExampleDatabase(created, await created.OpenAsync());
    }

    public async Task ExecuteAsync(params IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
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

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await database.DisposeAsync();
    }
}
