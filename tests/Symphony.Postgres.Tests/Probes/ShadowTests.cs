using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>Temporary tables that do what the real ones do, beside rows that are nobody's to touch.</summary>
public sealed class ShadowTests(PostgresServers servers)
{
    [Theory]
    [MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task The_Phase_0_manifests_hold_in_shadows_as_they_do_in_the_real_tables(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        using var workspace = new Workspace();
        await workspace.RunAsync(
            database.ConnectionString,
            ["migrate", "--migrations", Path.Combine(Workspace.Checkout, "schema", "migrations")]
        );
        string[] verify = ["verify", "--invariants", Path.Combine(Workspace.Checkout, "invariants"), "--json"];

        var shadow = await workspace.RunAsync(database.ConnectionString, [.. verify, .. ProbedDatabase.Shadow]);
        var direct = await workspace.RunAsync(database.ConnectionString, [.. verify, .. ProbedDatabase.Direct]);

        Assert.True(shadow.Exit == ExitCode.Ok, shadow.All);
        Assert.Equal(direct.Exit, shadow.Exit);
        Assert.DoesNotContain("\"inconclusive\"", shadow.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_a_function_is_strict_and_has_the_defaults_and_settings_of_the_function()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE TABLE limits (most int NOT NULL);
            CREATE TABLE payments (amount int);
            CREATE FUNCTION refused(amount int, most int DEFAULT 5) RETURNS boolean LANGUAGE plpgsql STRICT
              SET app.extra = '1' AS $$
            BEGIN
              RETURN amount IS NULL OR amount + current_setting('app.extra')::int > COALESCE((SELECT max(l.most) FROM public.limits l), most);
            END $$;
            CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF public.refused(NEW.amount) THEN RAISE 'refused' USING ERRCODE = 'P7001'; END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER guard BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION guard();
            """
        );
        probed.Workspace.Claim(
            """
            - {id: a, probe: {when: {insert: payments, values: {amount: 5}}, control: {amount: 4}, then: {rejected: P7001}}}
            - {id: b, probe: {when: {insert: payments, values: {amount: null}}, then: {accepted: true}}}
            """
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            var run = await probed.ProbeAsync(null, mode);

            Assert.True(run.Exit == ExitCode.Ok, run.All);
        }
    }

    [Theory]
    [MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task A_trigger_that_looks_rows_up_finds_those_of_the_probe(int major)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE SCHEMA "Odd.Schema";
            CREATE TABLE "Odd.Schema"."Odd Tenants" (tenant_id text PRIMARY KEY, payer text NOT NULL);
            CREATE TABLE payments (payment_id int PRIMARY KEY, tenant_id text NOT NULL, payer text);
            CREATE TABLE audit (what text NOT NULL);
            CREATE FUNCTION "Odd.Schema"."payer Of"(tenant text) RETURNS text STABLE LANGUAGE sql
              SET search_path = "Odd.Schema", pg_temp
              AS $$ SELECT payer FROM "Odd Tenants" WHERE tenant_id = tenant /* not "Odd.Schema".nothing */ $$;
            CREATE FUNCTION log(what text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $body$
            BEGIN
              INSERT INTO public.audit VALUES ('it''s \\ ' || what);
            END $body$;
            CREATE FUNCTION attribute() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
            DECLARE
              tenant "Odd.Schema"."Odd Tenants"%ROWTYPE;
              found_payer public.payments.payer%TYPE;
            BEGIN
              SELECT * INTO tenant FROM "Odd.Schema"."Odd Tenants" AS t WHERE t.tenant_id = NEW.tenant_id;
              found_payer := "Odd.Schema"."payer Of"(NEW.tenant_id);
              IF tenant.payer IS DISTINCT FROM found_payer OR found_payer IS NULL THEN
                RAISE EXCEPTION 'no payer' USING ERRCODE = 'P7001';
              END IF;
              NEW.payer := found_payer;
              PERFORM public.log(NEW.tenant_id);
              RETURN NEW;
            END $$;
            CREATE TRIGGER attribute BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION attribute();
            """,
            major
        );
        probed.Workspace.Claim(
            """
            - {id: a, probe: {given: [{insert: '"Odd.Schema"."Odd Tenants"', as: t}], when: {insert: payments, values: {tenant_id: $t.tenant_id}}, then: {row: {payer: $t.payer}}}}
            - {id: b, probe: {given: [{insert: '"Odd.Schema"."Odd Tenants"', as: t}], when: {insert: payments, values: {tenant_id: nobody}}, control: {tenant_id: $t.tenant_id}, then: {rejected: P7001}}}
            """
        );

        var run = await probed.ProbeAsync(null, ProbedDatabase.Shadow);

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.Equal(
            0L,
            await probed.Database.ScalarAsync<long>(
                "SELECT (SELECT count(*) FROM payments) + (SELECT count(*) FROM audit) + (SELECT count(*) FROM \"Odd.Schema\".\"Odd Tenants\")"
            )
        );
    }

    [Fact]
    public async Task A_shadow_and_its_triggers_wait_for_nobody_who_writes_to_the_real_tables()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE TABLE tenants (tenant_id int PRIMARY KEY, payments int NOT NULL DEFAULT 0);
            CREATE TABLE payments (payment_id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenants, amount int CONSTRAINT positive CHECK (amount > 0));
            CREATE FUNCTION count_payment() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              UPDATE tenants SET payments = tenants.payments + 1;
              RETURN NEW;
            END $$;
            CREATE TRIGGER count_payment AFTER INSERT ON payments FOR EACH ROW EXECUTE FUNCTION count_payment();
            INSERT INTO tenants VALUES (1);
            """
        );
        await using var held = await HeldLock.OnAsync(probed.Database, "tenants, payments", "EXCLUSIVE");

        var run = await probed.ProbeAsync(
            "- {id: a, check: {table: payments, name: positive, expression: amount > 0}}",
            ProbedDatabase.Shadow
        );

        Assert.True(run.Exit == ExitCode.Ok, run.All);
    }

    [Theory]
    [InlineData("DO INSTEAD NOTHING", "", "FAIL")]
    [InlineData("DO INSTEAD NOTHING", "ALTER TABLE orders DISABLE RULE other", "PASS")]
    [InlineData("DO INSTEAD NOTHING", "ALTER TABLE orders ENABLE REPLICA RULE other", "PASS")]
    [InlineData("WHERE NEW.amount < 0 DO INSTEAD NOTHING", "", "FAIL")]
    [InlineData("DO ALSO INSERT INTO copies VALUES (NEW.amount)", "", "PASS")]
    [InlineData("DO INSTEAD INSERT INTO copies VALUES (NEW.amount)", "", "FAIL")]
    public async Task Rules_do_to_a_shadow_what_they_do_to_the_table(string rule, string change, string verdict)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"""
            CREATE TABLE copies (amount int);
            CREATE TABLE orders (amount int CONSTRAINT positive CHECK (amount > 0));
            CREATE RULE other AS ON INSERT TO orders {rule};
            {change}
            """
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            await probed.ProbeAsync("- {id: a, check: {table: orders, name: positive, expression: amount > 0}}", mode);

            Assert.Equal(verdict, probed.Workspace.Check().Verdict());
        }
    }

    [Fact]
    public async Task Row_security_holds_the_probing_role_back_from_a_shadow_as_from_the_table()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE TABLE payments (tenant_id text NOT NULL, amount int);
            ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own_rows ON payments USING (tenant_id = current_user);
            """
        );
        await using var user = await LoginRole.CreateAsync(probed.Database);
        await probed.Database.ExecuteAsync($"GRANT ALL ON payments TO {user.Name}");
        probed.Workspace.Claim(
            $$"""
            - {id: a, probe: {when: {insert: payments, values: {tenant_id: other} }, control: {tenant_id: {{user.Name}} }, then: {rejected: "42501"} } }
            """
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            var run = await probed.Workspace.RunAsync(user.ConnectionString, ["verify", .. mode]);

            Assert.True(run.Exit == ExitCode.Ok, run.All);
        }
    }

    [Theory]
    [InlineData("EXECUTE 'SELECT tenant_id FROM public.tenants WHERE tenant_id = $1' INTO found USING NEW.tenant_id")]
    [InlineData("SELECT tenant_id INTO found FROM public.all_tenants t WHERE t.tenant_id = NEW.tenant_id")]
    public async Task What_a_shadow_cannot_show_is_an_error_that_says_why(string lookup)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $$"""
            CREATE TABLE tenants (tenant_id text PRIMARY KEY);
            CREATE VIEW all_tenants AS SELECT tenant_id FROM tenants;
            CREATE TABLE payments (tenant_id text NOT NULL);
            CREATE FUNCTION look_up() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE found text;
            BEGIN
              {{lookup}};
              IF found IS NULL THEN RAISE EXCEPTION 'no tenant' USING ERRCODE = 'P7001'; END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER look_up BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION look_up();
            """
        );

        await probed.ProbeAsync(
            "- {id: a, probe: {given: [{insert: tenants, as: t}], when: {insert: payments, values: {tenant_id: $t.tenant_id}}, then: {accepted: true}}}",
            ProbedDatabase.Shadow
        );

        Assert.Equal("ERROR", probed.Workspace.Check().Verdict());
        Assert.Contains("puts its SQL together itself or reads a view", probed.Workspace.Check().Text("next"));
    }
}
