using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>What the catalog cannot see, and the database shows when it is made to act.</summary>
public sealed class BehaviourOnlyTests(PostgresServers servers)
{
    private const string Orders =
        "CREATE TABLE orders (order_id int PRIMARY KEY, amount int NOT NULL, correlation_id uuid);";

    [Fact]
    public async Task A_hollowed_out_function_that_a_recognised_body_calls()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + """
                CREATE FUNCTION make_id() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid';
                CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN IF NEW.correlation_id IS NULL THEN NEW.correlation_id := public.make_id(); END IF; RETURN NEW; END';
                CREATE TRIGGER fill BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION fill();
                """
        );

        var (catalog, both) = await probed.CompareAsync(
            "- {id: a, set_if_null: {table: orders, column: correlation_id, trigger: fill}}"
        );

        Assert.Equal("PASS", catalog.Verdict());
        both.IsDisagreement("correlation_id was stored as NULL");
    }

    [Fact]
    public async Task A_rule_that_swallows_the_insert()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + """
                ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0);
                CREATE RULE swallow AS ON INSERT TO orders DO INSTEAD NOTHING;
                """
        );

        var (catalog, both) = await probed.CompareAsync(
            "- {id: a, check: {table: orders, name: positive, expression: amount > 0}}"
        );

        Assert.Equal("PASS", catalog.Verdict());
        both.IsDisagreement("is accepted and is not there");
    }

    [Fact]
    public async Task A_trigger_that_undoes_what_a_row_was_written_with()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + """
                CREATE FUNCTION undo() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.amount := 0; RETURN NEW; END';
                CREATE TRIGGER zzz BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION undo();
                """
        );

        await probed.ProbeAsync(
            "- {id: a, probe: {when: {insert: orders, values: {amount: 7}}, then: {row: {amount: 7}}}}"
        );

        Assert.Equal("FAIL", probed.Workspace.Check().Verdict());
        Assert.Contains("amount is another value; expected: 7", probed.Workspace.Check().Text("explanation"));
    }

    [Fact]
    public async Task A_refusal_that_is_swallowed_on_its_way()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  BEGIN
                    IF NEW.amount < 0 THEN RAISE EXCEPTION 'negative' USING ERRCODE = 'P7001'; END IF;
                  EXCEPTION WHEN OTHERS THEN NULL;
                  END;
                  RETURN NEW;
                END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse();
                """
        );

        await probed.ProbeAsync(
            "- {id: a, probe: {when: {insert: orders, values: {amount: -1}}, then: {rejected: P7001}}}"
        );

        Assert.Equal("FAIL", probed.Workspace.Check().Verdict());
        Assert.Contains(
            "It was accepted; it was to be refused with P7001",
            probed.Workspace.Check().Text("explanation")
        );
    }

    [Theory]
    [InlineData("current_user = 'nobody'")]
    [InlineData("current_setting('app.strict', true) = 'on'")]
    public async Task A_refusal_under_a_condition_on_the_role_or_a_setting(string condition)
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + $"""
                CREATE FUNCTION deny() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF {condition} THEN RAISE EXCEPTION 'no' USING ERRCODE = 'P7001'; END IF;
                  RETURN COALESCE(NEW, OLD);
                END $$;
                CREATE TRIGGER deny BEFORE UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION deny();
                CREATE TRIGGER deny_all BEFORE TRUNCATE ON orders FOR EACH STATEMENT EXECUTE FUNCTION deny();
                """
        );
        var claim = "- {id: a, append_only: {table: orders, sqlstate: P7001}}";
        var (unread, seen) = await probed.CompareAsync(claim);
        Assert.Equal(("ERROR", "FAIL"), (unread.Verdict(), seen.Verdict()));
        var pin = unread.Text("next")!.Split("body_sha256: ")[1][..64];

        // Somebody has reviewed the function, and not seen it.
        var (catalog, both) = await probed.CompareAsync(claim.Replace("P7001}", $"P7001, body_sha256: {pin}}}"));

        Assert.Equal("PASS", catalog.Verdict());
        both.IsDisagreement("The update was accepted and done");
    }

    [Fact]
    public async Task An_operator_that_lies()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            """
            CREATE FUNCTION lie(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
            CREATE OPERATOR public.>! (LEFTARG = integer, RIGHTARG = integer, FUNCTION = lie);
            CREATE TABLE orders (order_id int PRIMARY KEY, amount int NOT NULL,
              CONSTRAINT positive CHECK (amount OPERATOR(public.>!) 0));
            """
        );

        await probed.ProbeAsync(
            "- {id: a, probe: {when: {insert: orders, values: {amount: -1}}, then: {rejected: {sqlstate: '23514', constraint: positive}}}}"
        );

        Assert.Equal("FAIL", probed.Workspace.Check().Verdict());
        Assert.Contains("It was accepted", probed.Workspace.Check().Text("explanation"));
    }

    [Fact]
    public async Task A_session_that_skips_triggers()
    {
        await using var probed = await ProbedDatabase.CreateAsync(
            servers,
            Orders
                + """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'P7001'; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON orders FOR EACH ROW WHEN (NEW.amount < 0) EXECUTE FUNCTION refuse();
                DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', current_database()); END $$;
                """
        );

        await probed.ProbeAsync(
            "- {id: a, probe: {when: {insert: orders, values: {amount: -1}}, then: {rejected: P7001}}}"
        );

        Assert.Equal("FAIL", probed.Workspace.Check().Verdict());
    }
}
