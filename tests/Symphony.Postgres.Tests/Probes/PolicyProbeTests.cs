using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>Policies, seen by becoming the roles that they are for.</summary>
public sealed class PolicyProbeTests(PostgresServers servers)
{
    private const string Payments = "CREATE TABLE payments (payment_id int PRIMARY KEY, tenant_id text, amount int);";

    private const string Guarded =
        Payments
        + """
        ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own_rows ON payments USING (tenant_id = current_setting('app.tenant_id', true));
        """;

    private const string OwnRows =
        "- {id: a, policy: {table: payments, name: own_rows, using: \"tenant_id = current_setting('app.tenant_id', true)\"}}";

    [Theory]
    [MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task A_role_meets_its_own_rows_and_no_others(int major)
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Guarded, major);

        var run = await probed.ProbeAsync(OwnRows);
        var first = probed.Workspace.BundleBytes();
        await probed.ProbeAsync(OwnRows);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.Equal(
            [
                "confirmed: A row that satisfies its condition was seen; one that does not was not seen.",
                "confirmed: A row that satisfies its condition was accepted; one that does not was refused (42501).",
                "confirmed: A row that satisfies its condition was updated; one that does not was not updated. Changing it into one that does not was refused (42501).",
                "confirmed: A row that satisfies its condition was deleted; one that does not was not deleted.",
            ],
            probed.Workspace.Check().Heard()
        );
        Assert.Equal(first, probed.Workspace.BundleBytes());
        Assert.Equal(
            0L,
            await probed.Database.ScalarAsync<long>(
                "SELECT (SELECT count(*) FROM payments) + (SELECT count(*) FROM pg_roles WHERE rolname = 'symphony_anyone')"
            )
        );
    }

    [Theory]
    [InlineData("(tenant_id = ( SELECT current_setting('app.tenant_id'::text, true) AS current_setting))")]
    [InlineData("tenant_id = current_setting('app.tenant_id')")]
    [InlineData("payment_id::text = current_setting('app.payment_id', true)")]
    [InlineData("amount = current_setting('app.amount', true)::integer AND tenant_id IS NOT NULL")]
    [InlineData("tenant_id = current_setting('request.jwt.claims', true)::json ->> 'tenant'")]
    [InlineData("tenant_id = current_setting('request.jwt.claims', true)::jsonb -> 'app_metadata' ->> 'tenant_id'")]
    [InlineData("tenant_id = current_user")]
    [InlineData("tenant_id = session_user OR amount < 0")]
    [InlineData("current_setting('app.admin', true) = 'on'")]
    [InlineData("current_setting('app.role', true) IN ('clerk', 'manager') AND amount < 100")]
    [InlineData("tenant_id = current_setting('app.tenant', true) AND amount::text = current_setting('app.amount', true)")]
    [InlineData("tenant_id LIKE 'acme-%'")]
    [InlineData("amount BETWEEN 10 AND 20")]
    [InlineData("amount > 1000 AND tenant_id IS NULL")]
    public async Task Rows_and_settings_are_found_by_trial(string condition)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"{Payments} ALTER TABLE payments ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON payments USING ({condition})"
        );

        var run = await probed.ProbeAsync($"- {{id: a, policy: {{table: payments, name: p, using: \"{condition}\"}}}}");

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.All(
            probed.Workspace.Check().Heard(),
            heard => Assert.StartsWith("confirmed: A row that satisfies its condition", heard, StringComparison.Ordinal)
        );
        Assert.Equal(4, probed.Workspace.Check().Heard().Count);
    }
}
