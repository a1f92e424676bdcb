using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>waivers.yml, on 15 June 2025.</summary>
public sealed class WaiverTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new Workspace { Clock = new Noon(2025, 6, 15) }.Claim(
        "- {id: r, for_each: {tables: {}}, column: {name: a, nullable: false}}\n- {id: s, table: {table: t}}"
    );

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("expires: 2025-06-15")]
    [InlineData("expires: 2025-07-01")]
    [InlineData("starts: 2025-06-15, expires: 2025-06-15")]
    public async Task A_waiver_in_force_lets_a_failure_stand_and_says_whose_decision_it_was(string time)
    {
        var run = await RunAsync($"- {{invariant: r, reason: until the backfill, approved_by: ann, {time}}}");

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.Equal(["public.t.a WAIVED", "public.u.a WAIVED", "public.t PASS"], workspace.Checks().Verdicts());
        Assert.Equal("WAIVED", workspace.Bundle().Verdict());
        Assert.Equal("ann", workspace.Checks()[0].GetProperty("waiver").Text("approved_by"));
        Assert.Contains("by ann: until the backfill", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiver_of_one_subject_waives_that_one()
    {
        var run = await RunAsync(
            "- {invariant: r, subject: public.u.a, reason: known, approved_by: ann, expires: 2025-07-01}"
        );

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(["public.t.a FAIL", "public.u.a WAIVED", "public.t PASS"], workspace.Checks().Verdicts());
    }

    [Theory]
    [InlineData("expires: 2025-06-14", "expired on 2025-06-14; it has no effect, and its invariant fails.")]
    [InlineData(
        "starts: 2025-06-16, expires: 2025-07-01",
        "starts on 2025-06-16; it has no effect, and its invariant fails."
    )]
    public async Task A_waiver_outside_its_time_has_no_effect_and_that_is_said(string time, string said)
    {
        var run = await RunAsync($"- {{invariant: r, reason: known, approved_by: ann, {time}}}");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(["public.t.a FAIL", "public.u.a FAIL", "public.t PASS"], workspace.Checks().Verdicts());
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invariant: s")]
    [InlineData("invariant: unknown")]
    [InlineData("invariant: r, subject: public.absent.a")]
    public async Task A_waiver_that_matches_nothing_is_said(string about)
    {
        var run = await RunAsync($"- {{{about}, reason: known, approved_by: ann, expires: 2025-07-01}}");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("matches no failure; it has no effect", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_observed_cannot_be_waived()
    {
        workspace
            .Claim("- {id: r, table: {table: t}}")
            .Waive("- {invariant: r, reason: known, approved_by: ann, expires: 2025-07-01}");

        var run = await workspace.VerifyAsync("postgres://me@127.0.0.1:1/db");

        workspace.IsUnobserved(run, null);
    }

    private async Task<CliRun> RunAsync(string waivers)
    {
        await using var database = await servers.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int); CREATE TABLE u (a int)");
        return await workspace.Waive(waivers).VerifyAsync(database);
    }

    /// <summary>A clock that stands still.</summary>
    private sealed class Noon(int year, int month, int day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(year, month, day, 12, 0, 0, TimeSpan.Zero);
    }
}
