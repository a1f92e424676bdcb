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
    [InlineData(
        "{row: {amount: 7}}",
        "UPDATE public.orders SET amount = 0 WHERE order_id = NEW.order_id",
        "amount is another value"
    )]
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

        await probed.ProbeAsync(
            $"- {{id: a, probe: {{when: {{insert: orders, values: {{amount: 7}}}}, then: {then}}}}}"
        );

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
        var (unread, seen) = await probed.CompareAsync(Claim);
        Assert.Equal(("ERROR", "FAIL"), (unread.Verdict(), seen.Verdict()));
        var pin = unread.Text("next")!.Split("body_sha256: ")[1][..64];

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

        // What it compares by was reviewed, and nobody saw through it.
        var claim = await PinnedAsync(
            probed,
            "- {id: a, index: {table: tenants, name: one_key, columns: [tenant_key public.liar], unique: true, functions: {'public.compare(text, text)': 'PIN'}}}"
        );

        var (catalog, both) = await probed.CompareAsync(claim);

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

    [Fact]
    public async Task An_operator_of_a_check_that_is_hollowed_out_below_the_reviewed_function()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE FUNCTION more(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2';
            CREATE FUNCTION exceeds(integer, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN public.more($1, $2); END';
            CREATE OPERATOR public.>! (LEFTARG = integer, RIGHTARG = integer, FUNCTION = exceeds);
            CREATE TABLE orders (amount int NOT NULL, CONSTRAINT positive CHECK (amount OPERATOR(public.>!) 0));
            """
        );
        var claim = await PinnedAsync(
            probed,
            "- {id: a, check: {table: orders, name: positive, expression: amount OPERATOR(public.>!) 0, functions: {'public.exceeds(integer, integer)': 'PIN'}}}"
        );
        var own =
            "- {id: a, probe: {when: {insert: orders, values: {amount: -1}}, control: {amount: 1}, then: {rejected: {sqlstate: '23514', constraint: positive}}}}";
        var whole = await probed.ProbeAsync(claim);
        await probed.Database.ExecuteAsync(
            "CREATE OR REPLACE FUNCTION more(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'"
        );

        var (catalog, both) = await probed.CompareAsync(claim);
        await probed.ProbeAsync(own);

        Assert.True(whole.Exit == ExitCode.Ok, whole.All);
        Assert.Equal("PASS", catalog.Verdict());
        Assert.Equal("ERROR", both.Verdict());
        Assert.Contains("no value that was tried violates", both.Text("explanation"));
        Assert.Contains("those that these call", both.Text("next"));
        Assert.Equal("FAIL", probed.Workspace.Check().Verdict());
    }

    [Fact]
    public async Task An_operator_of_an_exclusion_that_is_hollowed_out_below_the_reviewed_function()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE FUNCTION alike(integer, integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2';
            CREATE FUNCTION same(integer, integer) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN public.alike($1, $2); END';
            CREATE OPERATOR public.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = same, COMMUTATOR = OPERATOR(public.===), HASHES);
            CREATE OPERATOR CLASS own FOR TYPE integer USING hash AS OPERATOR 1 public.===, FUNCTION 1 hashint4(integer);
            CREATE TABLE slots (slot integer NOT NULL, CONSTRAINT once EXCLUDE USING hash (slot own WITH OPERATOR(public.===)));
            """
        );
        var claim = await PinnedAsync(
            probed,
            "- {id: a, exclusion: {table: slots, name: once, method: hash, elements: ['slot public.own WITH OPERATOR(public.===)'], functions: {'public.same(integer, integer)': 'PIN'}}}"
        );
        var whole = await probed.ProbeAsync(claim);
        var heard = probed.Workspace.Check().Heard();
        await probed.Database.ExecuteAsync(
            "CREATE OR REPLACE FUNCTION alike(integer, integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false'"
        );

        var (catalog, both) = await probed.CompareAsync(claim);

        Assert.True(whole.Exit == ExitCode.Ok, whole.All);
        Assert.Equal(
            ["confirmed: The second was refused with 23P01 by once; one that does not conflict was accepted."],
            heard
        );
        Assert.Equal("PASS", catalog.Verdict());
        Assert.Equal("ERROR", both.Verdict());
        Assert.Contains("no two conflict", both.Text("explanation"));
    }

    [Fact]
    public async Task An_internal_error_of_the_server_leaves_the_other_claims_to_be_heard()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE FUNCTION same(int4range, int4range) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2';
            CREATE OPERATOR public.=== (LEFTARG = int4range, RIGHTARG = int4range, FUNCTION = same, COMMUTATOR = OPERATOR(public.===));
            ALTER OPERATOR FAMILY range_ops USING gist ADD OPERATOR 118 public.=== (int4range, int4range);
            CREATE TABLE slots (slot int4range NOT NULL, CONSTRAINT once EXCLUDE USING gist (slot WITH OPERATOR(public.===)));
            CREATE TABLE orders (amount int NOT NULL);
            """
        );
        var claim = await PinnedAsync(
            probed,
            "- {id: a, exclusion: {table: slots, name: once, elements: [slot WITH OPERATOR(public.===)], functions: {'public.same(int4range, int4range)': 'PIN'}}}"
        );

        await probed.ProbeAsync(claim + "\n- {id: b, column: {table: orders, name: amount, nullable: false}}");

        Assert.Equal(["ERROR", "PASS"], probed.Workspace.Checks().Select(check => check.Verdict()));
        Assert.Contains("internal error", probed.Workspace.Checks()[0].Text("explanation"));
    }

    [Theory]
    [InlineData("area WITH ~=", "confirmed: The second was refused with 23P01 by once")]
    [InlineData("slot WITH -|-", "inconclusive: Of the rows that were tried no two conflict")]
    public async Task An_exclusion_by_another_operator_than_equality_is_tried_by_what_the_operator_says(
        string element,
        string outcome
    )
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            $"CREATE TABLE slots (slot int4range NOT NULL, area box NOT NULL, CONSTRAINT once EXCLUDE USING gist ({element}))"
        );

        var run = await probed.ProbeAsync(
            $"- {{id: a, exclusion: {{table: slots, name: once, elements: [{element}]}}}}"
        );

        Assert.True(run.Exit == ExitCode.Ok, run.All);
        Assert.StartsWith(outcome, Assert.Single(probed.Workspace.Check().Heard()), StringComparison.Ordinal);
    }

    /// <summary>The claim with the digest that the body has now.</summary>
    private static async Task<string> PinnedAsync(ProbedDatabase probed, string claim)
    {
        var run = await probed.ProbeAsync(claim.Replace("PIN", new string('0', 64), StringComparison.Ordinal));
        Assert.True(run.Exit == ExitCode.Failed, run.All);
        return claim.Replace("PIN", probed.Workspace.Check().FoundDigest(), StringComparison.Ordinal);
    }
}
