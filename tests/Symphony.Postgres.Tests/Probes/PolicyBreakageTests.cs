using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>Policies that read as claimed, and do not do it.</summary>
public sealed class PolicyBreakageTests(PostgresServers servers)
{
    private const string Guarded = """
        CREATE TABLE payments (payment_id int PRIMARY KEY, tenant_id text, amount int);
        ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own_rows ON payments USING (tenant_id = current_setting('app.tenant_id', true));
        """;

    private const string OwnRows =
        "- {id: a, policy: {table: payments, name: own_rows, using: \"tenant_id = current_setting('app.tenant_id', true)\"}}";

    private static readonly string[] AlwaysTrue =
    [
        "tenant_id IS NULL OR tenant_id IS NOT NULL",
        "current_user <> 'nobody'",
        "public.may_see(tenant_id)",
    ];

    public static TheoryData<string, int> OpenPolicies =>
        new(from condition in AlwaysTrue from row in PostgresServers.Majors select (condition, row.Data));

    [Theory]
    [MemberData(nameof(OpenPolicies))]
    public async Task Another_policy_that_lets_every_row_through(string condition, int major)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"""
            CREATE FUNCTION may_see(text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true';
            {Guarded}
            CREATE POLICY support ON payments USING ({condition});
            """,
            major
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            var (catalog, both) = await probed.CompareAsync(OwnRows, mode);

            Assert.Equal("PASS", catalog.Verdict());
            both.IsDisagreement(
                "a row that does not satisfy own_rows was seen. Another permissive policy lets it through: support."
            );
            Assert.All(both.Heard(), heard => Assert.StartsWith("contradicted", heard, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("FOR SELECT USING (payment_id < 0)")]
    [InlineData("USING (current_setting('app.support', true) = 'on')")]
    [InlineData("FOR SELECT USING (tenant_id = 'published')")]
    [InlineData("FOR DELETE USING (amount IS NULL)")]
    [InlineData("FOR ALL USING (tenant_id = current_setting('app.tenant_id', true) AND amount > 0)")]
    public async Task Another_policy_that_lets_other_rows_through_is_no_alarm(string policy)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"{Guarded} CREATE POLICY other ON payments {policy}"
        );

        var run = await probed.ProbeAsync(OwnRows);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.All(
            probed.Workspace.Check().Heard(),
            heard => Assert.StartsWith("confirmed", heard, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Which_other_policies_let_some_rows_through_stands_in_the_evidence()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"{Guarded} CREATE POLICY published ON payments FOR SELECT USING (amount > 100); CREATE POLICY same ON payments FOR SELECT USING (tenant_id = current_setting('app.tenant_id', true) AND amount > 0)"
        );

        await probed.ProbeAsync(OwnRows);

        Assert.Equal(
            "confirmed: A row that satisfies its condition was seen; one that does not was not seen. Beside it published lets some of those through.",
            probed.Workspace.Check().Heard()[0]
        );
    }

    [Theory]
    [InlineData(
        "ALTER ROLE {0} BYPASSRLS",
        "bypassrls",
        "It is for a role with BYPASSRLS",
        "It has BYPASSRLS",
        "ALTER ROLE \"{0}\" NOBYPASSRLS"
    )]
    [InlineData(
        "ALTER ROLE {0} SUPERUSER",
        "superuser",
        "It is for a superuser",
        "It is a superuser",
        "ALTER ROLE \"{0}\" NOSUPERUSER"
    )]
    [InlineData(
        "ALTER TABLE payments OWNER TO {0}",
        "owner",
        "row security is not forced",
        "It owns the table, whose row security is not forced",
        "ALTER TABLE \"public\".\"payments\" FORCE ROW LEVEL SECURITY"
    )]
    [InlineData(
        "ALTER TABLE payments OWNER TO {1}; GRANT {1} TO {0}",
        "owner",
        "row security is not forced",
        "It has the rights of the table's owner through membership",
        "ALTER TABLE \"public\".\"payments\" FORCE ROW LEVEL SECURITY"
    )]
    public async Task A_role_of_the_policy_that_no_policy_holds_back(
        string change,
        string right,
        string why,
        string seen,
        string remedy
    )
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Guarded);
        await using var role = await LoginRole.CreateAsync(probed.Database);
        await using var group = await LoginRole.CreateAsync(probed.Database);
        await probed.Database.ExecuteAsync($"ALTER POLICY own_rows ON payments TO {role.Name}");
        var claim = OwnRows.Replace("name: own_rows,", $"name: own_rows, roles: [{role.Name}],");
        var before = await probed.ProbeAsync(claim);
        await probed.Database.ExecuteAsync(string.Format(null, change, role.Name, group.Name));

        var (catalog, both) = await probed.CompareAsync(claim);
        var (_, shadow) = await probed.CompareAsync(claim, ProbedDatabase.Shadow);

        Assert.True(before.Exit == ExitCode.Ok, before.All);
        Assert.Equal("FAIL", catalog.Verdict());
        Assert.Contains(why, catalog.Text("explanation"), StringComparison.Ordinal);
        var difference = Assert.Single(catalog.GetProperty("differences").EnumerateArray());
        Assert.Equal($"exempt.{right}", difference.Text("path"));
        Assert.Equal([role.Name], difference.GetProperty("observed").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(
            string.Format(null, remedy, role.Name),
            catalog.GetProperty("remedy").EnumerateArray().Last().GetString()
        );
        Assert.All(
            [both, shadow],
            witnessed =>
            {
                Assert.Equal("FAIL", witnessed.Verdict());
                Assert.Contains(
                    witnessed.Heard(),
                    heard => heard.StartsWith("contradicted", StringComparison.Ordinal) && heard.Contains(seen)
                );
            }
        );
        await probed.Database.ExecuteAsync($"ALTER TABLE payments OWNER TO CURRENT_USER");
    }

    [Fact]
    public async Task An_owner_is_held_back_where_row_security_is_forced()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Guarded);
        await using var owner = await LoginRole.CreateAsync(probed.Database);
        await probed.Database.ExecuteAsync(
            $"ALTER POLICY own_rows ON payments TO {owner.Name}; ALTER TABLE payments OWNER TO {owner.Name}; ALTER TABLE payments FORCE ROW LEVEL SECURITY"
        );
        var claim =
            OwnRows.Replace("name: own_rows,", $"name: own_rows, roles: [{owner.Name}],")
            + "\n- {id: b, row_security: {table: payments, forced: true}}";

        var run = await probed.ProbeAsync(claim);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.All(
            probed.Workspace.Checks().SelectMany(check => check.Heard()),
            heard => Assert.StartsWith("confirmed", heard, StringComparison.Ordinal)
        );
        Assert.Equal(6, probed.Workspace.Checks().Sum(check => check.Heard().Count));
        await probed.Database.ExecuteAsync("ALTER TABLE payments OWNER TO CURRENT_USER");
    }

    [Fact]
    public async Task A_hollowed_out_function_behind_a_reviewed_one_is_never_a_pass()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE TABLE payments (tenant_id text);
            CREATE FUNCTION is_own(text) RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT $1 = current_setting('app.tenant_id', true) $$;
            CREATE FUNCTION may_see(text) RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT public.is_own($1) $$;
            ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own_rows ON payments USING (public.may_see(tenant_id));
            """
        );
        var claim =
            "- {id: a, policy: {table: payments, name: own_rows, using: public.may_see(tenant_id), functions: {public.may_see(text): 'PIN'}}}";
        await probed.ProbeAsync(claim.Replace("PIN", new string('0', 64)));
        claim = claim.Replace("PIN", probed.Workspace.Check().FoundDigest());
        var whole = await probed.ProbeAsync(claim);
        await probed.Database.ExecuteAsync(
            "CREATE OR REPLACE FUNCTION is_own(text) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT true'"
        );

        var (catalog, both) = await probed.CompareAsync(claim);

        Assert.True(whole.Exit == ExitCode.Ok, whole.All);
        Assert.Equal("PASS", catalog.Verdict());
        Assert.Equal("ERROR", both.Verdict());
        Assert.Contains(
            "no row and no setting that was tried fails public.may_see(tenant_id)",
            both.Text("explanation")
        );
        Assert.Contains("`rows`", both.Text("next"));
    }
}
