using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>The repository's own migrations and manifests, by the commands as they are typed.</summary>
public sealed class PhaseZeroVerificationTests(PostgresServers servers) : IDisposable
{
    private static readonly string[] Bundles =
    [
        "TSK-P0-0011/P0.INGRESS.ATTESTATIONS.TENANT_ISOLATION_MISSING.json",
        "TSK-P0-149/P0.BIZ.HOOKS.DELTA_TIGHTENING.NEW_ROW_ENFORCEMENT_MISSING.json",
    ];

    private static readonly string[] Manifests = ["--invariants", Path.Combine(Workspace.Checkout, "invariants")];

    private static readonly string[] Migrations =
    [
        "--migrations",
        Path.Combine(Workspace.Checkout, "schema", "migrations"),
    ];

    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task What_migrate_makes_verify_finds_whole(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);

        var migrated = await workspace.RunAsync(database.ConnectionString, ["migrate", .. Migrations]);
        var verified = await workspace.VerifyAsync(database, Manifests);

        Assert.True(migrated.Exit == ExitCode.Ok, migrated.All);
        Assert.True(verified.Exit == ExitCode.Ok, verified.All);
        AllPass();
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task Before_the_migrations_every_claim_fails_and_none_passes(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);

        var verified = await workspace.VerifyAsync(database, Manifests);

        Assert.Equal(ExitCode.Failed, verified.Exit);
        Assert.All(ChecksOfAll(), check => Assert.Equal("FAIL", check.Verdict()));
    }

    [Fact]
    public async Task The_gate_needs_no_database()
    {
        var gate = await workspace.RunAsync(
            null,
            ["gate", "--postgres", $"{ServerOptions.DefaultMajor}", .. Migrations, .. Manifests]
        );

        Assert.True(gate.Exit == ExitCode.Ok, gate.All);
        Assert.Contains("gating a fresh PostgreSQL", gate.Error, StringComparison.Ordinal);
        Assert.Contains("PASS", gate.Output, StringComparison.Ordinal);
        AllPass();
    }

    [Fact]
    public async Task The_gate_fails_where_the_schema_lacks_what_is_claimed()
    {
        workspace.Claim("- {id: a, table: {table: absent}}");

        var gate = await workspace.RunAsync(null, ["gate", .. Migrations]);

        Assert.Equal(ExitCode.Failed, gate.Exit);
        Assert.Equal(["public.absent FAIL"], workspace.Checks().Verdicts());
    }

    private void AllPass()
    {
        Assert.All(ChecksOfAll(), check => Assert.Equal("PASS", check.Verdict()));
        Assert.Single(
            Directory.GetFiles(Path.Combine(workspace.Evidence, "runs"), "run.json", SearchOption.AllDirectories)
        );
    }

    private List<JsonElement> ChecksOfAll() =>
        [
            .. Bundles.SelectMany(path =>
                JsonElement
                    .Parse(File.ReadAllBytes(Path.Combine(workspace.Evidence, path)))
                    .GetProperty("checks")
                    .EnumerateArray()
            ),
        ];
}
