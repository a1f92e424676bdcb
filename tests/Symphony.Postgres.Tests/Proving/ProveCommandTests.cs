using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Probes;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Proving;

/// <summary>prove: a gate that cannot fail is a defect.</summary>
public sealed class ProveCommandTests(PostgresServers servers)
{
    private const string Orders =
        "CREATE TABLE orders (order_id int PRIMARY KEY, amount int NOT NULL CONSTRAINT positive CHECK (amount > 0));";

    private const string Positive = "- {id: a, check: {table: orders, name: positive, expression: amount > 0}}";

    public static TheoryData<int> Majors => PostgresServers.Majors;

    [Theory, MemberData(nameof(Majors))]
    public async Task No_loss_of_what_Phase_0_guarantees_goes_unnoticed(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        using var workspace = new Workspace();
        string[] manifests = ["--invariants", Path.Combine(Workspace.Checkout, "invariants")];
        await workspace.RunAsync(
            database.ConnectionString,
            ["migrate", "--migrations", Path.Combine(Workspace.Checkout, "schema", "migrations")]
        );

        var run = await workspace.RunAsync(database.ConnectionString, ["prove", "--i-own-this-database", .. manifests]);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        var proofs = Directory
            .GetFiles(Path.Combine(workspace.Evidence), "P0.*.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains("runs", StringComparison.Ordinal))
            .SelectMany(path => JsonElement.Parse(File.ReadAllBytes(path)).GetProperty("checks").EnumerateArray())
            .Select(check => check.GetProperty("proof").GetProperty("sabotages"))
            .ToList();
        Assert.NotEmpty(proofs);
        Assert.All(
            proofs,
            proof =>
            {
                Assert.Equal(0, proof.GetProperty("survived").GetInt32());
                Assert.True(proof.GetProperty("detected").GetInt32() > 0, proof.GetRawText());
            }
        );
    }

    [Fact]
    public async Task A_database_that_was_named_is_not_broken_without_its_owners_word()
    {
        using var workspace = new Workspace();
        workspace.Claim(Positive);

        var run = await workspace.RunAsync(null, ["prove", "--database-url", "postgres://nowhere/none"]);

        Assert.Equal(ExitCode.BadInput, run.Exit);
        run.IsTold("breaks the database on purpose", "--database-url without it", "add it where the database is yours");
    }

    [Fact]
    public async Task Where_every_change_is_refused_nothing_is_proven_and_that_is_an_error()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Orders);
        await using var role = await LoginRole.CreateAsync(probed.Database);
        probed.Workspace.Claim(Positive);

        var run = await probed.Workspace.RunAsync(
            role.ConnectionString,
            ["prove", "--i-own-this-database", "--probe", "off"]
        );

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Equal("ERROR", probed.Workspace.Check().Verdict());
        Assert.Contains("nothing proves that its loss would be noticed", run.Output, StringComparison.Ordinal);
        Assert.Contains("must be owner", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_hold_is_told_and_not_proven()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, "CREATE TABLE orders (amount int)");
        probed.Workspace.Claim(Positive);

        var run = await probed.Workspace.RunAsync(probed.Database.ConnectionString, ["prove", "--i-own-this-database"]);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal(JsonValueKind.Null, probed.Workspace.Check().GetProperty("proof").ValueKind);
    }

    [Fact]
    public async Task A_probe_of_ones_own_is_proven_too_and_so_is_every_match_of_a_rule()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders + "CREATE TABLE refunds (order_id int NOT NULL)"
        );
        probed.Workspace.Claim(
            """
            - {id: p, probe: {when: {insert: orders, values: {amount: -1}}, then: {rejected: {sqlstate: "23514", constraint: positive}}}}
            - {id: r, for_each: {columns: {name: order_id}, at_least: 2}, column: {nullable: false}}
            """
        );

        var run = await probed.Workspace.RunAsync(probed.Database.ConnectionString, ["prove", "--i-own-this-database"]);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        var detected = probed
            .Workspace.Checks()
            .Select(check => check.GetProperty("proof").GetProperty("sabotages").GetProperty("detected").GetInt32())
            .ToList();
        Assert.Equal(3, detected.Count);
        Assert.All(detected, count => Assert.True(count > 0));
        var names = probed
            .Workspace.Checks()[0]
            .GetProperty("proof")
            .GetProperty("sabotages")
            .GetProperty("trials")
            .EnumerateArray()
            .Where(trial => trial.Text("outcome") == "detected")
            .Select(trial => trial.Text("name"));
        Assert.Contains("the checks of public.orders are dropped", names);
    }

    [Fact]
    public async Task The_gate_proves_on_a_fresh_server_unless_told_not_to()
    {
        using var workspace = new Workspace();
        workspace.Claim(Positive).Write("schema/migrations/0001_orders.sql", Orders);

        var proving = await workspace.RunAsync(null, ["gate"]);
        var proven = workspace.Check().GetProperty("proof");
        var quick = await workspace.RunAsync(null, ["gate", "--skip", "prove", "--probe", "off"]);

        Assert.True(proving.Exit == ExitCode.Ok, proving.All);
        Assert.Contains(" 0 survived", proving.Output, StringComparison.Ordinal);
        Assert.Equal("direct", proven.GetProperty("behaviour").Text("mode"));
        Assert.True(quick.Exit == ExitCode.Ok, quick.All);
        Assert.Equal(JsonValueKind.Null, workspace.Check().GetProperty("proof").ValueKind);
    }
}
