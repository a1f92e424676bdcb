using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>verify --probe, as it is typed.</summary>
public sealed class ProbeCommandTests(PostgresServers servers)
{
    private const string Orders =
        "CREATE TABLE orders (order_id int PRIMARY KEY, amount int NOT NULL CONSTRAINT positive CHECK (amount > 0));";

    private const string Refused =
        "- {id: a, probe: {when: {insert: orders, values: {amount: -1}}, then: {rejected: {sqlstate: '23514', constraint: positive}}}}";

    [Fact]
    public async Task A_probe_that_was_not_run_is_an_error_and_never_a_pass()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Orders);

        var run = await probed.ProbeAsync(Refused, "--probe", "off");

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Equal("ERROR", probed.Workspace.Check().Verdict());
        Assert.Contains("The probe was not run", run.Output, StringComparison.Ordinal);
        Assert.Contains("--probe shadow", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_tables_of_a_given_database_are_not_written_to_without_its_owners_word()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Orders);

        var run = await probed.ProbeAsync(Refused, "--probe", "direct");

        Assert.Equal(ExitCode.BadInput, run.Exit);
        run.IsTold("--probe direct writes to the real tables", "without it", "--probe shadow");
        Assert.False(Directory.Exists(probed.Workspace.Evidence));
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("shadow")]
    public async Task What_was_tried_and_what_happened_is_in_the_evidence(string mode)
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Orders);

        var run = await probed.ProbeAsync(Refused, "--probe", mode, "--i-own-this-database");
        var first = probed.Workspace.BundleBytes();
        await probed.ProbeAsync(Refused, "--probe", mode, "--i-own-this-database");

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.Equal("PASS", probed.Workspace.Check().Verdict());
        Assert.Equal(mode, probed.Workspace.Check().GetProperty("proof").GetProperty("behaviour").Text("mode"));
        Assert.Equal(
            ["confirmed: It was refused with 23514 by positive; the control was accepted."],
            probed.Workspace.Check().Heard()
        );
        Assert.Equal(first, probed.Workspace.BundleBytes());
    }

    [Fact]
    public async Task A_refusal_without_a_positive_control_is_not_a_proof()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            "CREATE TABLE orders (amount int NOT NULL CONSTRAINT none CHECK (amount > 0 AND amount < 0))"
        );

        await probed.ProbeAsync(
            "- {id: a, probe: {when: {insert: orders, values: {amount: -1}}, then: {rejected: '23514'}}}"
        );

        Assert.Equal("ERROR", probed.Workspace.Check().Verdict());
        Assert.Contains("no positive control", probed.Workspace.Check().Text("explanation"));
        Assert.Contains("`control`", probed.Workspace.Check().Text("next"));
    }

    [Theory]
    [InlineData("{rejected: P7001}", "something else than P7001")]
    [InlineData("{rejected: {sqlstate: '23514', constraint: other}}", "something else than 23514 by other")]
    [InlineData("{accepted: true}", "It was not accepted")]
    public async Task Another_outcome_than_the_claimed_one_is_a_failure(string then, string words)
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Orders);

        var run = await probed.ProbeAsync(
            $"- {{id: a, probe: {{when: {{insert: orders, values: {{amount: -1}}}}, then: {then}}}}}"
        );

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains(words, probed.Workspace.Check().Text("explanation"));
    }

    [Fact]
    public async Task Statements_about_rows_are_tried_on_rows_that_are_there()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            "CREATE TABLE orders (order_id int PRIMARY KEY, amount numeric(9,2), at timestamptz DEFAULT now()); CREATE TABLE lines (order_id int REFERENCES orders)"
        );

        var run = await probed.ProbeAsync(
            """
            - {id: a, probe: {given: [{insert: orders, as: o}], when: {update: orders, values: {amount: 1.5}, where: {order_id: $o.order_id}}, then: {row: {amount: "1.50", at: not_null, order_id: $o.order_id}}}}
            - {id: b, probe: {given: [{insert: orders, as: o}, {insert: lines, values: {order_id: $o.order_id}}], when: {delete: orders, where: {order_id: $o.order_id}}, then: {rejected: "23503"}}}
            - {id: c, probe: {given: [{insert: orders, as: o}], when: {delete: orders}, then: {accepted: true}}}
            - {id: d, probe: {when: {delete: orders}, then: {accepted: true}}}
            - {id: e, probe: {when: {sql: "INSERT INTO public.orders VALUES (NULL)"}, then: {rejected: "23502"}}}
            - {id: f, probe: {given: [{insert: orders}], when: {truncate: orders}, then: {accepted: true}}}
            """
        );

        Assert.Equal(ExitCode.Unobserved, run.Exit);
        Assert.Equal(
            ["PASS", "PASS", "PASS", "ERROR", "PASS", "PASS"],
            probed.Workspace.Checks().Select(check => check.Verdict())
        );
        Assert.Contains("about no row", probed.Workspace.Checks()[3].Text("explanation"));
    }

    [Fact]
    public async Task What_a_manifest_keeps_for_runs_that_probe_is_left_out_of_others_and_they_say_so()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Orders);
        probed.Workspace.Claim("- {id: t, table: {table: orders}}");
        probed.Workspace.Write(
            "invariants/acts.yml",
            $"symphony: 1\ntask: {Workspace.Task}\nfailure_signature: P0.ACTS\nonly_with_probes: true\ninvariants:\n  {Refused}\n"
        );

        var without = await probed.ProbeAsync(null, "--probe", "off");
        var with = await probed.ProbeAsync();
        var named = await probed.ProbeAsync(null, "--only", "a");

        Assert.Equal(ExitCode.Ok, without.Exit);
        Assert.Contains("1 invariant left out", without.Error, StringComparison.Ordinal);
        Assert.Contains("1 check: 1 PASS", without.Output, StringComparison.Ordinal);
        Assert.Contains("2 checks: 2 PASS", with.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unobserved, named.Exit);
    }

    [Fact]
    public async Task A_role_that_may_not_write_observes_nothing_and_is_told_so()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$"
        );

        await probed.ProbeAsync("- {id: a, check: {table: orders, name: positive, expression: amount > 0}}");

        Assert.Equal("ERROR", probed.Workspace.Check().Verdict());
        Assert.Equal("25006", probed.Workspace.Check().SqlState());
        Assert.Contains("may write", probed.Workspace.Check().Text("next"));
    }

    [Fact]
    public async Task What_both_witnesses_said_is_judged_again_without_the_database()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + """
                CREATE TABLE lost (amount int CONSTRAINT positive CHECK (amount > 0));
                CREATE RULE swallow AS ON INSERT TO lost DO INSTEAD NOTHING;
                CREATE TABLE none (amount int NOT NULL CHECK (amount > 0 AND amount < 0));
                """
        );
        probed.Workspace.Waive("- {invariant: waived, reason: known, approved_by: dba, expires: 2999-01-01}");

        await probed.ProbeAsync(
            Refused
                + """

                - {id: gone, check: {table: orders, name: gone, expression: amount > 0}}
                - {id: lost, check: {table: lost, name: positive, expression: amount > 0}}
                - {id: waived, check: {table: lost, name: positive, expression: amount > 0}}
                - {id: unknown, column: {table: none, name: amount, nullable: false}}
                - {id: other, probe: {when: {insert: orders, values: {amount: -1}}, then: {rejected: P7001}}}
                """
        );
        var verified = await probed.Workspace.RunAsync(null, ["evidence", "verify", "evidence"]);

        Assert.Equal(
            ["PASS", "FAIL", "FAIL", "FAIL", "ERROR", "WAIVED"],
            probed.Workspace.Checks().Select(check => check.Verdict())
        );
        Assert.True(verified.Exit == ExitCode.Ok, verified.All);
        Assert.Contains("6 verdicts judged again", verified.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("ROLLBACK")]
    [InlineData("PREPARE TRANSACTION 'x'")]
    [InlineData("SELECT 1; COMMIT")]
    public async Task A_statement_cannot_end_the_transaction(string sql)
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Orders);

        var run = await probed.ProbeAsync(
            $"- {{id: a, probe: {{when: {{sql: \"{sql}\"}}, then: {{accepted: true}}}}}}"
        );

        Assert.Equal(ExitCode.BadInput, run.Exit);
        Assert.Contains("claims.yml:5", run.Error, StringComparison.Ordinal);
    }
}
