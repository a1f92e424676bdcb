using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>Privileges, seen by becoming the role.</summary>
public sealed class RoleProbeTests(PostgresServers servers)
{
    [Fact]
    public async Task What_a_role_may_do_is_done_and_what_it_may_not_is_refused()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            "CREATE TABLE orders (order_id int GENERATED ALWAYS AS IDENTITY, amount int, twice int GENERATED ALWAYS AS (amount * 2) STORED)"
        );
        await using var role = await LoginRole.CreateAsync(probed.Database);
        await probed.Database.ExecuteAsync($"GRANT SELECT, INSERT ON orders TO {role.Name}");

        var run = await probed.ProbeAsync(
            $$"""
            - {id: a, privileges: {on: orders, to: {{role.Name}}, exactly: [SELECT, INSERT]} }
            - {id: b, privileges: {on: orders, to: PUBLIC, none: true} }
            """
        );

        Assert.True(run.Exit == Cli.ExitCode.Ok, run.All);
        Assert.Equal(
            [
                "confirmed: It was allowed.",
                "confirmed: It was allowed.",
                "confirmed: It was refused with 42501.",
                "confirmed: It was refused with 42501.",
                "confirmed: It was refused with 42501.",
            ],
            probed.Workspace.Checks()[0].Heard()
        );
        Assert.Equal(
            5,
            probed.Workspace.Checks()[1].Heard().Count(heard => heard.EndsWith("42501.", StringComparison.Ordinal))
        );
        Assert.Equal(
            0L,
            await probed.Database.ScalarAsync<long>(
                "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'symphony\\_anyone%'"
            )
        );
    }

    [Fact]
    public async Task A_role_that_the_prober_cannot_become_leaves_the_catalogs_word()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, "CREATE TABLE orders (amount int)");
        await using var prober = await LoginRole.CreateAsync(probed.Database);
        await using var role = await LoginRole.CreateAsync(probed.Database);
        probed.Workspace.Claim($"- {{id: a, privileges: {{on: orders, to: {role.Name}, none: true}}}}");

        await probed.Workspace.RunAsync(prober.ConnectionString, ["verify", .. ProbedDatabase.Direct]);

        Assert.Equal("PASS", probed.Workspace.Check().Verdict());
        Assert.StartsWith(
            "inconclusive: The probing role cannot become it",
            Assert.Single(probed.Workspace.Check().Heard()),
            StringComparison.Ordinal
        );
    }
}
