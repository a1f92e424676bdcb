using System.Text.Json;
using Symphony.Cli;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>The stages of a gate: each has its result, and what was left out passed nothing.</summary>
public sealed class GateTests : IDisposable
{
    private readonly Workspace workspace = new Workspace()
        .Claim("- {id: a, table: {table: t}}")
        .Write("schema/migrations/0001_t.sql", "CREATE TABLE t (id int PRIMARY KEY);");

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Every_stage_is_in_the_summary_and_in_the_run_document_in_its_order()
    {
        var gate = await workspace.RunAsync(null, ["gate"]);

        Assert.True(gate.Exit == ExitCode.Ok, gate.All);
        Assert.Equal(
            [
                "doctor PASS",
                "manifests PASS",
                "lint PASS",
                "server PASS",
                "migrate PASS",
                "verify PASS",
                "prove PASS",
                "tasks PASS",
            ],
            Stages()
        );
        Assert.All(
            Run().GetProperty("stages").EnumerateArray(),
            stage => Assert.InRange(stage.GetProperty("duration_ms").GetInt64(), 0, long.MaxValue)
        );
    }

    [Fact]
    public async Task Probes_have_a_line_of_their_own_between_the_catalogs_word_and_the_proof()
    {
        workspace.Claim("- {id: a, column: {table: t, name: id, nullable: false}}");

        var gate = await workspace.RunAsync(null, ["gate"]);

        Assert.True(gate.Exit == ExitCode.Ok, gate.All);
        Assert.Equal(
            ["verify PASS", "probe PASS", "prove PASS"],
            Stages().SkipWhile(stage => stage != "verify PASS").Take(3)
        );
        Assert.Matches("(?m)^probe +PASS +[0-9]+ ms  1 probes?, 1 confirmed, 0 contradicted", gate.All);
    }

    [Fact]
    public async Task A_finding_fails_the_gate_though_every_invariant_holds_and_is_shown_first()
    {
        workspace.Write("schema/migrations/0002_u.sql", "UPDATE t SET id = id;");

        var gate = await workspace.RunAsync(null, ["gate"]);

        Assert.Equal(ExitCode.Failed, gate.Exit);
        Assert.Matches("(?m)^first +lint: .*0002_u.sql:1: rows-changed$", gate.Output);
        Assert.Contains("lint FAIL", Stages());
        Assert.Contains("verify PASS", Stages());
        Assert.Equal("PASS", workspace.Check().GetProperty("verdict").GetString());
        Assert.Equal(1, Run().GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task A_stage_that_is_left_out_is_recorded_as_such_and_is_no_pass()
    {
        workspace.Write("schema/migrations/0002_u.sql", "UPDATE t SET id = id;");

        var gate = await workspace.RunAsync(null, ["gate", "--skip", "lint"]);

        Assert.Equal(ExitCode.Ok, gate.Exit);
        Assert.Contains("lint SKIPPED", Stages());
        Assert.Contains(
            "--skip lint",
            Run().GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("note").GetString())
        );
    }

    [Fact]
    public async Task Only_one_stage_and_what_it_stands_on_is_run_and_an_invariant_can_still_be_chosen()
    {
        workspace.Claim("- {id: a, table: {table: t}}\n- {id: b, table: {table: absent}}");

        var lint = await workspace.RunAsync(null, ["gate", "--only", "lint"]);
        var verify = await workspace.RunAsync(null, ["gate", "--only", "verify", "--only", "a"]);

        Assert.Equal(ExitCode.Ok, lint.Exit);
        Assert.Matches("(?m)^verify +SKIPPED", lint.Output);
        Assert.True(verify.Exit == ExitCode.Ok, verify.All);
        Assert.Equal(
            [
                "doctor SKIPPED",
                "manifests PASS",
                "lint SKIPPED",
                "server PASS",
                "migrate PASS",
                "verify PASS",
                "prove SKIPPED",
                "tasks SKIPPED",
            ],
            Stages()
        );
        // Half a verdict replaces no whole one: its bundle is in the run's folder only.
        Assert.Contains("\"id\":\"a\"", workspace.AllEvidence(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":\"b\"", workspace.AllEvidence(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_evidence_that_nothing_was_observed()
    {
        workspace.Write("schema/migrations/0002_u.sql", "SELECT 1 / 0;");

        var gate = await workspace.RunAsync(null, ["gate"]);

        Assert.Equal(ExitCode.BadInput, gate.Exit);
        Assert.Contains("migrate ERROR", Stages());
        Assert.Equal("ERROR", workspace.Check().GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_stage_that_does_not_exist_is_bad_input()
    {
        var gate = await workspace.RunAsync(null, ["gate", "--skip", "lints"]);

        Assert.Equal(ExitCode.BadInput, gate.Exit);
        Assert.Contains("lints", gate.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_what_is_there_and_what_is_not()
    {
        var well = await workspace.RunAsync(null, ["doctor"]);
        var ill = await workspace.RunAsync(
            "postgres://nobody@127.0.0.1:1/none",
            ["doctor", "--migrations", "no-such-folder"]
        );

        Assert.True(well.Exit == ExitCode.Ok, well.All);
        Assert.Matches("(?m)^ok  server +PostgreSQL 18", well.Output);
        Assert.Equal(ExitCode.BadInput, ill.Exit);
        Assert.Matches("(?m)^NO  migrations", ill.Output);
        Assert.Matches("(?m)^NO  database", ill.Output);
    }

    private JsonElement Run() =>
        JsonElement.Parse(
            File.ReadAllBytes(
                Directory
                    .GetFiles(Path.Combine(workspace.Evidence, "runs"), "run.json", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Last()
            )
        );

    private IReadOnlyList<string> Stages() =>
        [
            .. Run()
                .GetProperty("stages")
                .EnumerateArray()
                .Select(stage => $"{stage.GetProperty("name").GetString()} {stage.GetProperty("result").GetString()}"),
        ];
}
