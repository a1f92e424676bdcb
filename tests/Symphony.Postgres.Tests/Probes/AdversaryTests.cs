using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>Guarantees taken away by hand where neither names nor definitions show it.</summary>
public sealed class AdversaryTests(PostgresServers servers)
{
    private const string Orders =
        "CREATE TABLE orders (order_id int PRIMARY KEY, amount int, correlation_id uuid, note text);";

    private const string Fill = """
        CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN IF NEW.correlation_id IS NULL THEN NEW.correlation_id := gen_random_uuid(); END IF; RETURN NEW; END';
        CREATE TRIGGER fill BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION fill();
        """;

    private const string Filled = "- {id: a, set_if_null: {table: orders, column: correlation_id, trigger: fill}}";

    [Theory]
    [InlineData(
        "CREATE TRIGGER later AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION undo()",
        "correlation_id was stored as NULL"
    )]
    [InlineData(
        "CREATE CONSTRAINT TRIGGER later AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION undo()",
        "correlation_id was stored as NULL"
    )]
    [InlineData(
        "CREATE TRIGGER later AFTER INSERT ON orders FOR EACH STATEMENT EXECUTE FUNCTION undo_all()",
        "correlation_id was stored as NULL"
    )]
    public async Task What_a_trigger_fills_in_and_a_later_one_takes_out_again(string later, string words)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $$"""
            {{Orders}}
            {{Fill}}
            CREATE FUNCTION undo() RETURNS trigger LANGUAGE plpgsql AS
              $f$ BEGIN UPDATE public.orders SET correlation_id = NULL WHERE order_id = NEW.order_id; RETURN NULL; END $f$;
            CREATE FUNCTION undo_all() RETURNS trigger LANGUAGE plpgsql AS
              $f$ BEGIN UPDATE public.orders SET correlation_id = NULL; RETURN NULL; END $f$;
            {{later}};
            """
        );

        foreach (var mode in ProbedDatabase.Modes)
        {
            var (catalog, both) = await probed.CompareAsync(Filled, mode);

            Assert.Equal("PASS", catalog.Verdict());
            both.IsDisagreement(words);
        }
    }

    [Theory]
    [InlineData("{row: {amount: 7}}", "UPDATE public.orders SET amount = 0 WHERE order_id = NEW.order_id", "amount is another value")]
    [InlineData("{accepted: true}", "DELETE FROM public.orders WHERE order_id = NEW.order_id", "is not there")]
    [InlineData("{row: {amount: 7}}", "DELETE FROM public.orders WHERE order_id = NEW.order_id", "is not there")]
    public async Task A_row_that_is_undone_after_it_was_written(string then, string undo, string words)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $$"""
            {{Orders}}
            CREATE FUNCTION undo() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN {{undo}}; RETURN NULL; END $f$;
            CREATE TRIGGER later AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION undo();
            """
        );

        await probed.ProbeAsync($"- {{id: a, probe: {{when: {{insert: orders, values: {{amount: 7}}}}, then: {then}}}}}");

        Assert.Equal("FAIL", probed.Workspace.Check().Verdict());
        Assert.Contains(words, probed.Workspace.Check().Text("explanation"));
    }

    [Fact]
    public async Task A_change_that_is_undone_after_it_was_made()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + """
                CREATE FUNCTION undo() RETURNS trigger LANGUAGE plpgsql AS $f$
                BEGIN
                  IF pg_trigger_depth() = 1 THEN UPDATE public.orders SET amount = OLD.amount WHERE order_id = NEW.order_id; END IF;
                  RETURN NULL;
                END $f$;
                CREATE TRIGGER later AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION undo();
                """
        );

        await probed.ProbeAsync(
            "- {id: a, probe: {given: [{insert: orders, as: o, values: {amount: 1}}], when: {update: orders, values: {amount: 7}, where: {order_id: $o.order_id}}, then: {row: {amount: 7}}}}"
        );

        Assert.Equal("FAIL", probed.Workspace.Check().Verdict());
        Assert.Contains("amount is another value", probed.Workspace.Check().Text("explanation"));
    }

    [Fact]
    public async Task A_row_that_is_sent_on_as_soon_as_it_is_written_is_no_alarm()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $$"""
            {{Orders}}
            {{Fill}}
            ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0);
            CREATE FUNCTION sent() RETURNS trigger LANGUAGE plpgsql AS
              $f$ BEGIN DELETE FROM public.orders WHERE order_id = NEW.order_id; RETURN NULL; END $f$;
            CREATE TRIGGER later AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION sent();
            """
        );

        var run = await probed.ProbeAsync(
            $"{Filled}\n- {{id: b, check: {{table: orders, name: positive, expression: amount > 0}}}}\n- {{id: c, primary_key: {{table: orders, columns: [order_id]}}}}"
        );

        Assert.DoesNotContain("another value", run.All, StringComparison.Ordinal);
        Assert.Equal(["PASS", "PASS"], probed.Workspace.Checks().Take(2).Select(check => check.Verdict()));
    }

    [Fact]
    public async Task A_trigger_that_refuses_only_what_changes_nothing()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $f$
                BEGIN
                  IF TG_OP = 'UPDATE' AND NEW IS DISTINCT FROM OLD THEN RETURN NEW; END IF;
                  RAISE EXCEPTION 'no' USING ERRCODE = 'P7001';
                END $f$;
                CREATE TRIGGER refuse BEFORE UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION refuse();
                CREATE TRIGGER refuse_all BEFORE TRUNCATE ON orders FOR EACH STATEMENT EXECUTE FUNCTION refuse();
                """
        );
        const string Claim = "- {id: a, append_only: {table: orders, sqlstate: P7001}}";
        await probed.ProbeAsync(Claim);
        var pin = probed.Workspace.Check().Text("next")!.Split("body_sha256: ")[1][..64];

        var (catalog, both) = await probed.CompareAsync(Claim.Replace("P7001}", $"P7001, body_sha256: {pin}}}"));

        Assert.Equal("PASS", catalog.Verdict());
        both.IsDisagreement("The update was accepted and done");
    }

    [Fact]
    public async Task An_operator_class_that_finds_no_two_values_equal()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE FUNCTION compare(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
            CREATE OPERATOR CLASS liar FOR TYPE text USING btree AS
              OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 compare(text, text);
            CREATE TABLE tenants (tenant_key text NOT NULL);
            CREATE UNIQUE INDEX one_key ON tenants (tenant_key public.liar);
            """
        );

        var (catalog, both) = await probed.CompareAsync(
            "- {id: a, index: {table: tenants, name: one_key, columns: [tenant_key public.liar], unique: true}}"
        );

        Assert.Equal("PASS", catalog.Verdict());
        both.IsDisagreement("A second row with the same tenant_key was accepted and stored");
    }

    [Fact]
    public async Task An_expression_of_a_unique_index_that_is_never_the_same_twice()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
            CREATE FUNCTION key_of(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN public.fold($1); END';
            CREATE TABLE tenants (tenant_key text NOT NULL);
            CREATE UNIQUE INDEX one_key ON tenants (key_of(tenant_key));
            """
        );
        var claim = await PinnedAsync(
            probed,
            "- {id: a, index: {table: tenants, name: one_key, columns: [public.key_of(tenant_key)], unique: true, functions: {public.key_of(text): 'PIN'}}}"
        );
        var whole = await probed.ProbeAsync(claim);
        await probed.Database.ExecuteAsync(
            "CREATE OR REPLACE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1 || gen_random_uuid()::text'"
        );

        var (catalog, both) = await probed.CompareAsync(claim);

        Assert.True(whole.Exit == ExitCode.Ok, whole.All);
        Assert.Equal("PASS", catalog.Verdict());
        both.IsDisagreement("A second row with the same");
    }

    /// <summary>The claim with the digest that the body has now.</summary>
    private static async Task<string> PinnedAsync(ProbedDatabase probed, string claim)
    {
        await probed.ProbeAsync(claim.Replace("PIN", new string('0', 64), StringComparison.Ordinal));
        return claim.Replace("PIN", probed.Workspace.Check().FoundDigest(), StringComparison.Ordinal);
    }
}
