using Npgsql;
using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>Policies, seen by becoming the roles that they are for.</summary>
public sealed class PolicyProbeTests(PostgresServers servers)
{
    private const string Payments =
        "CREATE TABLE payments (payment_id int PRIMARY KEY, tenant_id text, amount int CHECK (amount < 100000), twice int GENERATED ALWAYS AS (amount * 2) STORED, readers text[]);";

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
                "SELECT (SELECT count(*) FROM payments) + (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'symphony\\_anyone%')"
            )
        );
    }

    [Fact]
    public async Task Another_session_that_makes_the_same_role_meanwhile_holds_nobody_up()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Guarded);
        await probed.ProbeAsync(OwnRows);
        var alone = probed.Workspace.BundleBytes();
        await using var other = await probed.Database.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; CREATE ROLE symphony_anyone", other);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var run = await probed.ProbeAsync(OwnRows + "\n- {id: b, privileges: {on: payments, to: PUBLIC, none: true}}");
        await probed.ProbeAsync(OwnRows);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.Equal(alone, probed.Workspace.BundleBytes());
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
    [InlineData(
        "tenant_id = current_setting('app.tenant', true) AND amount::text = current_setting('app.amount', true)"
    )]
    [InlineData("tenant_id LIKE 'acme-%'")]
    [InlineData("amount BETWEEN 10 AND 20")]
    [InlineData("amount > 1000 AND tenant_id IS NULL")]
    [InlineData("tenant_id IS NULL")]
    [InlineData("twice < 100")]
    [InlineData("current_user = ANY (readers)")]
    [InlineData("pg_has_role('pg_monitor', 'MEMBER')")]
    [InlineData(
        "tenant_id = current_setting('app.tenant_id', true) OR pg_has_role(current_user, 'pg_monitor', 'USAGE')"
    )]
    public async Task Rows_and_settings_are_found_by_trial(string condition)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"{Payments} ALTER TABLE payments ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON payments USING ({condition})"
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            var run = await probed.ProbeAsync(
                $"- {{id: a, policy: {{table: payments, name: p, using: \"{condition}\"}}}}",
                mode
            );

            Assert.True(run.Exit == ExitCode.Ok, run.All);
            Assert.All(
                probed.Workspace.Check().Heard(),
                heard => Assert.StartsWith("confirmed: A row that satisfies its", heard, StringComparison.Ordinal)
            );
            Assert.Equal(4, probed.Workspace.Check().Heard().Count);
        }
    }

    [Theory]
    [InlineData("BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = 'P7001'; END")]
    [InlineData("BEGIN RETURN NULL; END")]
    [InlineData("BEGIN NEW.tenant_id := OLD.tenant_id; RETURN COALESCE(NEW, OLD); END")]
    [InlineData("BEGIN RAISE EXCEPTION 'not you' USING ERRCODE = '42501'; END")]
    public async Task What_triggers_do_to_a_row_hides_nothing(string body)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Guarded
                + $"""
                CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  NEW.tenant_id := COALESCE(current_setting('app.tenant_id', true), NEW.tenant_id);
                  RETURN NEW;
                END $$;
                CREATE TRIGGER own BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION own();
                CREATE FUNCTION deny() RETURNS trigger LANGUAGE plpgsql AS
                  $$ {body} $$;
                CREATE TRIGGER deny BEFORE UPDATE OR DELETE ON payments FOR EACH ROW EXECUTE FUNCTION deny();
                """
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            var run = await probed.ProbeAsync(OwnRows, mode);

            Assert.True(run.Exit == ExitCode.Ok, run.All);
            Assert.All(
                probed.Workspace.Check().Heard(),
                heard => Assert.StartsWith("confirmed", heard, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task Where_a_rule_replaces_a_command_no_policy_is_asked()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"{Guarded} CREATE RULE kept AS ON UPDATE TO payments DO INSTEAD NOTHING"
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            var run = await probed.ProbeAsync(OwnRows, mode);

            Assert.True(run.Exit == ExitCode.Ok, run.All);
            Assert.Contains(
                "inconclusive: A rule replaces the command, so that no policy of public.payments is asked.",
                probed.Workspace.Check().Heard()
            );
        }
    }

    [Fact]
    public async Task A_condition_that_reads_other_tables_is_given_rows_there()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE TABLE tenants (tenant_id text PRIMARY KEY);
            CREATE TABLE members (tenant_id text NOT NULL REFERENCES tenants, member name NOT NULL, since date NOT NULL);
            CREATE TABLE payments (tenant_id text NOT NULL REFERENCES tenants, amount int);
            ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own_rows ON payments
              USING (EXISTS (SELECT FROM members m WHERE m.tenant_id = payments.tenant_id AND m.member = current_user));
            """
        );

        var claim = """
            - id: a
              policy:
                table: payments
                name: own_rows
                using: |
                  (EXISTS ( SELECT FROM public.members m
                    WHERE ((m.tenant_id = payments.tenant_id) AND (m.member = CURRENT_USER))))
                reads: [members]
            """;

        foreach (var mode in ProbedDatabase.Modes)
        {
            var run = await probed.ProbeAsync(claim, mode);

            Assert.True(run.Exit == ExitCode.Ok, run.All);
            Assert.Equal(
                4,
                probed.Workspace.Check().Heard().Count(heard => heard.StartsWith("confirmed", StringComparison.Ordinal))
            );
        }
    }

    [Fact]
    public async Task Functions_that_know_the_user_and_the_members_are_given_both()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE SCHEMA auth;
            CREATE TABLE auth.users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE);
            CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE
              AS $$ SELECT nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
            CREATE TABLE organisations (organisation_id uuid PRIMARY KEY DEFAULT gen_random_uuid());
            CREATE TABLE memberships (
              organisation_id uuid NOT NULL REFERENCES organisations, user_id uuid NOT NULL REFERENCES auth.users,
              role text NOT NULL CHECK (role IN ('reader', 'writer')), PRIMARY KEY (organisation_id, user_id));
            ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
            CREATE FUNCTION is_writer(organisation uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
              SET search_path = public, pg_temp
              AS $$ SELECT EXISTS (SELECT FROM memberships m WHERE m.organisation_id = organisation AND m.user_id = auth.uid() AND m.role = 'writer') $$;
            CREATE TABLE profiles (user_id uuid PRIMARY KEY REFERENCES auth.users, name text);
            CREATE TABLE documents (document_id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisations, title text);
            REVOKE ALL ON FUNCTION is_writer(uuid) FROM PUBLIC;
            REVOKE ALL ON SCHEMA auth FROM PUBLIC;
            ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
            ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON profiles USING (user_id = auth.uid());
            CREATE POLICY writers ON documents USING (is_writer(organisation_id));
            """
        );
        const string Claims = """
            - {id: a, policy: {table: profiles, name: own, using: user_id = auth.uid(), functions: {auth.uid(): 'ONE'}}}
            - {id: b, policy: {table: documents, name: writers, using: public.is_writer(organisation_id), functions: {public.is_writer(organisation uuid): 'TWO'}}}
            """;
        var zeros = new string('0', 64);
        await probed.ProbeAsync(Claims.Replace("ONE", zeros).Replace("TWO", zeros));
        var pinned = Claims
            .Replace("ONE", probed.Workspace.Checks()[0].FoundDigest())
            .Replace("TWO", probed.Workspace.Checks()[1].FoundDigest());

        foreach (var mode in ProbedDatabase.Modes)
        {
            var run = await probed.ProbeAsync(pinned, mode);

            Assert.True(run.Exit == ExitCode.Ok, run.All);
            Assert.All(
                probed.Workspace.Checks().SelectMany(check => check.Heard()),
                heard => Assert.StartsWith("confirmed", heard, StringComparison.Ordinal)
            );
        }
    }

    [Theory]
    [InlineData("FOR SELECT USING (amount > 0)", "command: select, using: amount > 0")]
    [InlineData("FOR INSERT WITH CHECK (amount > 0)", "command: insert, with_check: amount > 0")]
    [InlineData("FOR UPDATE USING (amount > 0)", "command: update, using: amount > 0")]
    [InlineData(
        "FOR UPDATE USING (amount > 0) WITH CHECK (amount > 10)",
        "command: update, using: amount > 0, with_check: amount > 10"
    )]
    [InlineData("FOR DELETE USING (amount > 0)", "command: delete, using: amount > 0")]
    [InlineData(
        "AS RESTRICTIVE FOR SELECT USING (amount > 0)",
        "permissive: false, command: select, using: amount > 0"
    )]
    [InlineData(
        "AS RESTRICTIVE FOR INSERT WITH CHECK (amount > 0)",
        "permissive: false, command: insert, with_check: amount > 0"
    )]
    [InlineData(
        "AS RESTRICTIVE FOR UPDATE USING (amount > 0)",
        "permissive: false, command: update, using: amount > 0"
    )]
    [InlineData(
        "AS RESTRICTIVE FOR DELETE USING (amount > 0)",
        "permissive: false, command: delete, using: amount > 0"
    )]
    [InlineData("FOR SELECT TO pg_monitor USING (true)", "command: select, roles: [pg_monitor], using: 'true'")]
    [InlineData("FOR INSERT WITH CHECK (false)", "command: insert, with_check: 'false'")]
    public async Task Each_command_is_tried_by_itself(string policy, string claim)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"{Payments} ALTER TABLE payments ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON payments {policy}"
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            var run = await probed.ProbeAsync($"- {{id: a, policy: {{table: payments, name: p, {claim}}}}}", mode);

            Assert.True(run.Exit == ExitCode.Ok, run.All);
            Assert.StartsWith("confirmed", Assert.Single(probed.Workspace.Check().Heard()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_a_restrictive_policy_decides_as_well_it_is_not_said_who_did()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"{Guarded} CREATE POLICY also ON payments AS RESTRICTIVE USING (tenant_id = current_setting('app.tenant_id', true))"
        );

        var run = await probed.ProbeAsync(OwnRows);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.All(
            probed.Workspace.Check().Heard(),
            heard => Assert.EndsWith("as also alone would have it.", heard, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Nobody_but_the_tables_owner_has_to_probe_it()
    {
        await using var probed = await ProbedDatabase.CreateAsync(servers, Guarded);
        await using var owner = await LoginRole.CreateAsync(probed.Database);
        await using var user = await LoginRole.CreateAsync(probed.Database);
        await probed.Database.ExecuteAsync(
            $"ALTER TABLE payments OWNER TO {owner.Name}; ALTER TABLE payments FORCE ROW LEVEL SECURITY; ALTER ROLE {owner.Name} CREATEROLE"
        );
        probed.Workspace.Claim(OwnRows);

        var run = await probed.Workspace.RunAsync(owner.ConnectionString, ["verify", .. ProbedDatabase.Direct]);
        var byOwner = probed.Workspace.Check();
        await probed.Workspace.RunAsync(user.ConnectionString, ["verify", .. ProbedDatabase.Direct]);
        await probed.Database.ExecuteAsync("ALTER TABLE payments OWNER TO CURRENT_USER");

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.All(byOwner.Heard(), heard => Assert.StartsWith("confirmed", heard, StringComparison.Ordinal));
        Assert.Equal("PASS", probed.Workspace.Check().Verdict());
        Assert.StartsWith(
            "inconclusive: Row security holds the probing role back, too",
            Assert.Single(probed.Workspace.Check().Heard()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_cannot_be_found_by_trial_is_an_error_that_says_what_to_put()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"{Payments} ALTER TABLE payments ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON payments USING (md5(tenant_id) = 'd16fb36f0911f878998c136191af705e')"
        );
        const string Claim =
            "- {id: a, policy: {table: payments, name: p, using: \"md5(tenant_id) = 'd16fb36f0911f878998c136191af705e'\"}}";

        await probed.ProbeAsync(Claim);
        var without = probed.Workspace.Check();
        probed.Workspace.Write(
            "invariants/rows.yml",
            $"symphony: 1\ntask: {Workspace.Task}\nfailure_signature: P0.ROWS\nrows: [{{table: payments, values: {{tenant_id: '1'}}}}]\ninvariants:\n  - {{id: t, table: {{table: payments}}}}\n"
        );
        await probed.ProbeAsync();

        Assert.Equal("ERROR", without.Verdict());
        Assert.Contains("no row and no setting that was tried satisfies md5(tenant_id)", without.Text("explanation"));
        Assert.Contains("`rows`", without.Text("next"));
    }
}
