using Symphony.Cli;
using Symphony.Postgres.Tests.Inputs;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Probes;

/// <summary>
/// The copy of a SECURITY DEFINER function runs with the rights of who made it: where its owner's are others, a shadow
/// says nothing of the real table.
/// </summary>
public sealed class DefinerShadowTests(PostgresServers servers)
{
    private const string Accepted =
        "- {id: a, probe: {when: {insert: payments, values: {amount: 7}}, then: {accepted: true}}}";

    private const string Positive = "- {id: a, check: {table: payments, name: positive, expression: amount > 0}}";

    private const string Write = "INSERT INTO audit VALUES (NEW.amount); RETURN NEW;";

    public static TheoryData<string, string, string> LackingOwners =>
        new()
        {
            { Write, "", "lacks INSERT on public.audit" },
            {
                "PERFORM FROM public.audit; RETURN NEW;",
                "GRANT INSERT ON audit TO {0}",
                "lacks SELECT on public.audit"
            },
            {
                Write,
                "GRANT ALL ON audit TO {0}; REVOKE USAGE ON SCHEMA public FROM PUBLIC",
                "lacks USAGE on schema public"
            },
            {
                Write,
                "GRANT ALL ON audit TO {0}; ALTER TABLE audit ENABLE ROW LEVEL SECURITY",
                "lacks the right to see every row of public.audit"
            },
            {
                Write,
                "GRANT ALL ON audit TO {0}; ALTER TABLE audit ADD id serial",
                "lacks USAGE on sequence public.audit_id_seq"
            },
            {
                "PERFORM public.log(NEW.amount); RETURN NEW;",
                "GRANT ALL ON audit TO {0}; REVOKE EXECUTE ON FUNCTION log(int) FROM PUBLIC",
                "lacks EXECUTE on public.log(what integer)"
            },
            { "PERFORM public.log(NEW.amount); RETURN NEW;", "", "lacks INSERT on public.audit" },
            {
                "IF current_user <> 'nobody' THEN RETURN NEW; END IF; RETURN NULL;",
                "GRANT ALL ON audit TO {0}",
                "asks who runs it"
            },
            {
                "IF pg_catalog.has_table_privilege('audit', 'INSERT') THEN RETURN NEW; END IF; RETURN NULL;",
                "GRANT ALL ON audit TO {0}",
                "asks who runs it"
            },
            {
                "EXECUTE 'INSERT INTO public.' || 'audit VALUES (1)'; RETURN NEW;",
                "GRANT ALL ON audit TO {0}",
                "puts together itself what it runs"
            },
            {
                "PERFORM public.seen(NEW.amount); RETURN NEW;",
                "GRANT EXECUTE ON FUNCTION seen(int) TO {0}",
                "so does public.seen(what integer), which it calls"
            },
        };

    [Theory]
    [MemberData(nameof(LackingOwners))]
    public async Task Whose_owner_may_do_less_is_an_error_that_says_what(string body, string grants, string words)
    {
        await using var probed = await CreateAsync(body);
        await using var owner = await LoginRole.CreateAsync(probed.Database);
        await using var back = new OwnershipReturned(probed.Database, owner.Name);
        await probed.Database.ExecuteAsync(
            $"ALTER FUNCTION keep() OWNER TO {owner.Name}; {string.Format(null, grants, owner.Name)}"
        );

        await probed.ProbeAsync(Accepted, ProbedDatabase.Shadow);
        var scenario = probed.Workspace.Check();
        await probed.ProbeAsync(Positive, ProbedDatabase.Shadow);
        var check = probed.Workspace.Check();

        Assert.Equal("ERROR", scenario.Verdict());
        Assert.Contains("the copy of public.keep() runs with the probing role's rights", scenario.Text("explanation"));
        Assert.Contains(words, scenario.Text("explanation"), StringComparison.Ordinal);
        Assert.Contains("--probe direct", scenario.Text("next"), StringComparison.Ordinal);
        // The catalog's word stands, and nothing is said to have been seen.
        Assert.Equal("PASS", check.Verdict());
        Assert.All(
            check.Heard(),
            heard =>
            {
                Assert.StartsWith("inconclusive", heard, StringComparison.Ordinal);
                Assert.Contains(words, heard, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task What_the_real_function_may_not_do_is_refused_where_it_runs_itself()
    {
        await using var probed = await CreateAsync(Write);
        await using var owner = await LoginRole.CreateAsync(probed.Database);
        await using var back = new OwnershipReturned(probed.Database, owner.Name);
        await probed.Database.ExecuteAsync($"ALTER FUNCTION keep() OWNER TO {owner.Name}");

        var run = await probed.ProbeAsync(Accepted);

        Assert.NotEqual(ExitCode.Ok, run.Exit);
        Assert.Contains("42501", run.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Write, "GRANT INSERT ON audit TO {0}")]
    [InlineData(Write, "ALTER TABLE audit OWNER TO {0}; ALTER TABLE audit ENABLE ROW LEVEL SECURITY")]
    [InlineData("PERFORM public.log(NEW.amount); RETURN NEW;", "GRANT SELECT, INSERT ON audit TO {0}")]
    [InlineData("NEW.note := NEW.\"user\"; RETURN NEW;", "")]
    [InlineData("RETURN NEW;", "")]
    public async Task Whose_owner_may_do_as_much_is_as_good_as_the_function(string body, string grants)
    {
        await using var probed = await CreateAsync(body);
        await using var owner = await LoginRole.CreateAsync(probed.Database);
        await using var back = new OwnershipReturned(probed.Database, owner.Name);
        await probed.Database.ExecuteAsync(
            $"ALTER FUNCTION keep() OWNER TO {owner.Name}; {string.Format(null, grants, owner.Name)}"
        );

        foreach (var claim in new[] { Accepted, Positive })
        {
            var run = await probed.ProbeAsync(claim, ProbedDatabase.Shadow);

            Assert.True(run.Exit == ExitCode.Ok, run.All);
            Assert.All(
                probed.Workspace.Check().Heard(),
                heard => Assert.StartsWith("confirmed", heard, StringComparison.Ordinal)
            );
        }
    }

    private sealed class OwnershipReturned(TestDatabase database, string role) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() =>
            await database.ExecuteAsync($"REASSIGN OWNED BY {role} TO CURRENT_USER");
    }

    private Task<ProbedDatabase> CreateAsync(string body) =>
        ProbedDatabase.CreateAsync(
            servers,
            $"""
            CREATE TABLE audit (what int);
            CREATE TABLE payments (amount int CONSTRAINT positive CHECK (amount > 0), note text, "user" text);
            CREATE FUNCTION log(what int) RETURNS void LANGUAGE sql AS 'INSERT INTO public.audit VALUES (what)';
            CREATE FUNCTION seen(what int) RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM public.audit a WHERE a.what = seen.what);
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
            BEGIN
              {body}
            END $body$;
            CREATE TRIGGER keep BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION keep();
            """
        );
}
