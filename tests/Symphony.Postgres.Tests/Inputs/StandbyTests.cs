using Symphony.Catalog;
using Symphony.Cli;
using Symphony.Postgres.Tests.Migrations;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Inputs;

public sealed class StandbyTests : IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task A_standby_is_verified_like_its_primary_and_seen_to_move_on(int major)
    {
        await using var primary = await EphemeralServer.StartAsync(
            new ServerOptions(major),
            cancel: TestContext.Current.CancellationToken
        );
        await using var database = new TestDatabase(
            primary,
            "original",
            await primary.CreateDatabaseAsync("original", cancel: TestContext.Current.CancellationToken)
        );
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, database);
        await database.ExecuteAsync("CREATE TABLE t (a int, CONSTRAINT a_positive CHECK (a > 0))");
        workspace.Claim(
            "- {id: a, check: {table: t, name: a_positive, expression: a > 0 AND true}}\n- {id: b, check: {table: t, name: a_positive, expression: a > 1}}"
        );
        await using var standby = await StandbyServer.OfAsync(primary, database);

        var chain = await workspace.VerifyAsync(
            standby.ConnectionString,
            "--invariants",
            Path.Combine(Workspace.Checkout, "invariants")
        );
        Assert.True(chain.Exit == ExitCode.Ok, chain.All);

        var run = await workspace.VerifyAsync(standby.ConnectionString);
        var onStandby = workspace.BundleBytes();
        await workspace.VerifyAsync(database);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(["PASS", "FAIL"], workspace.Checks().Select(check => check.Verdict()));
        Assert.Equal(workspace.BundleBytes(), onStandby);

        await using var session = await CatalogSession.OpenAsync(
            ConnectionTarget.Parse(standby.ConnectionString, _ => null),
            SessionLimits.Default,
            TestContext.Current.CancellationToken
        );
        await AssertMovesOnAsync(false, "INSERT INTO t VALUES (1)");
        await AssertMovesOnAsync(true, "ALTER TABLE t DROP CONSTRAINT a_positive");
        await AssertMovesOnAsync(false, null);

        async Task AssertMovesOnAsync(bool expected, string? change)
        {
            await session.ReadRowsAsync("SELECT ''", [], TestContext.Current.CancellationToken);
            if (change is not null)
            {
                await database.ExecuteAsync(change);
                await standby.CatchUpAsync();
            }

            Assert.Equal(expected, await session.HasMovedOnAsync(TestContext.Current.CancellationToken));
        }
    }
}
