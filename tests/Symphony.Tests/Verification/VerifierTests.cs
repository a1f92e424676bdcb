using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Manifests;
using Symphony.Tests.Evidence;
using Symphony.Tests.Manifests;
using Symphony.Verification;

namespace Symphony.Tests.Verification;

public sealed class VerifierTests
{
    [Fact]
    public void A_query_that_was_not_answered_is_an_ERROR_for_everything_it_asked_about()
    {
        var report = HandMadeRun.Judge(
            [HandMadeRun.Invariant("a"), HandMadeRun.Invariant("b")],
            [Samples.Fact(), null],
            new ObservationError("permission denied for table pg_constraint (SQLSTATE 42501)", "42501")
        );

        Assert.All(report.Checks, check => Assert.Equal((Verdict.Error, "42501"), (check.Verdict, check.SqlState)));
        Assert.Equal(
            "Not observed: permission denied for table pg_constraint (SQLSTATE 42501).",
            report.Checks[0].Explanation
        );
        Assert.Equal(Verdict.Error, report.Verdict);
    }

    [Fact]
    public void What_is_not_there_does_not_hold()
    {
        var check = Assert.Single(HandMadeRun.Judge([HandMadeRun.Invariant("a")], [null]).Checks);

        Assert.Equal(Verdict.Fail, check.Verdict);
        Assert.StartsWith("There is no check public.a.a_chk.", check.Explanation, StringComparison.Ordinal);
        Assert.NotEmpty(check.Remedy);
        Assert.Null(check.Observed);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"yes\"")]
    [InlineData("{\"relation_kind\": \"r\", \"checks_on\": \"yes\"}")]
    public void A_fact_of_another_shape_is_an_ERROR_without_the_names_of_types(string fact)
    {
        var check = Assert.Single(HandMadeRun.Judge([HandMadeRun.Invariant("a")], [fact]).Checks);

        Assert.Equal(Verdict.Error, check.Verdict);
        Assert.StartsWith(
            "The server's answer does not have the shape that this kind's query promises",
            check.Explanation,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Symphony.Kinds", check.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", check.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_with_a_member_that_nobody_knows_is_not_taken_for_one_that_holds()
    {
        var fact = Samples.Fact().TrimEnd().TrimEnd('}') + ", \"disabled\": true}";

        Assert.Equal(
            Verdict.Error,
            Assert.Single(HandMadeRun.Judge([HandMadeRun.Invariant("a")], [fact]).Checks).Verdict
        );
    }

    [Fact]
    public void Nothing_checked_is_an_ERROR()
    {
        Assert.Equal(Verdict.Error, HandMadeRun.Judge([], []).Verdict);
    }

    [Fact]
    public void A_run_that_was_cut_off_is_an_ERROR_even_where_all_that_was_read_holds()
    {
        var report = HandMadeRun.Judge([HandMadeRun.Invariant("a")], [Samples.Fact()]);

        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Equal(
            Verdict.Error,
            (report with { Error = new ObservationError("the connection was lost", null) }).Verdict
        );
    }

    [Fact]
    public void A_normal_form_that_was_not_read_is_an_ERROR_and_is_judged_again_when_it_was()
    {
        var (plan, snapshot) = HandMadeRun.Make(
            [HandMadeRun.Invariant("a")],
            [Samples.Fact(expression: "(NOT (tenant_id IS NULL))")]
        );
        var results = Verifier.Judge(plan, snapshot);

        Assert.Equal(Verdict.Error, Assert.Single(results).Verdict);
        foreach (var wanted in snapshot.Forms.Wanted.ToList())
        {
            snapshot.Forms.Add(wanted, new NormalForm("(tenant_id IS NOT NULL)", null, null));
        }

        Verifier.JudgeWaiting(plan, snapshot, results);

        Assert.Equal(Verdict.Pass, Assert.Single(results).Verdict);
    }

    [Fact]
    public void A_known_difference_is_a_FAIL_also_beside_something_undecided()
    {
        var report = Samples.Judge(
            [HandMadeRun.Invariant("a")],
            _ => Samples.Fact(expression: "a < b", enforced: false)
        );

        Assert.Equal(Verdict.Fail, Assert.Single(report.Checks).Verdict);
    }

    [Fact]
    public void Checks_are_in_the_order_of_ids_and_subjects_whatever_the_order_of_files()
    {
        var report = HandMadeRun.Judge(
            [HandMadeRun.Invariant("b"), HandMadeRun.Invariant("B0"), HandMadeRun.Invariant("a")],
            [null, null, null]
        );

        Assert.Equal(["B0", "a", "b"], report.Checks.Select(check => check.Invariant.Id));
    }

    [Fact]
    public void The_same_subject_is_asked_once_for_two_invariants()
    {
        var other = HandMadeRun.Invariant("a") with { Id = "also-a" };
        var plan = Plan.Compile(
            [HandMadeRun.Invariant("a"), other],
            new Dictionary<Selector, IReadOnlyList<Subject>>(),
            18
        );

        Assert.Single(Assert.Single(plan.Queries).Subjects);
        Assert.Equal([0, 0], plan.Checks.Select(check => check.Ordinal));
    }

    [Fact]
    public void What_takes_longest_to_judge_is_asked_first_and_statements_last()
    {
        using var files = new ManifestFiles().Add(
            "m.yml",
            ManifestFiles.Manifest(
                """
                  - {id: a, column: {table: t, name: c, nullable: false}}
                  - {id: b, query: {sql: SELECT 1, expect: rows}}
                  - {id: c, trigger: {table: t, name: g, timing: before, events: [insert], level: row, function: f}}
                  - {id: d, table: {table: t}}
                  - {id: e, set_if_null: {table: t, column: c}}
                """
            )
        );

        var plan = Plan.Compile(files.Read().Invariants, new Dictionary<Selector, IReadOnlyList<Subject>>(), 18);

        Assert.Equal(["set_if_null", "trigger", "column", "table", "query"], plan.Queries.Select(KindOf));

        static string KindOf(FactQuery query) => query.Name.Split(' ')[0];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_rule_that_matches_too_little_is_a_FAIL_of_its_own(int matches)
    {
        var selector = new Selector(Selector.Tables, "public", "*", "pay_*", null, new([]));
        var rule = HandMadeRun.Invariant("a") with
        {
            Claim = null,
            Rule = new Rule(selector, 2, _ => Samples.Claim("a")),
        };
        var found = Enumerable.Range(0, matches).Select(i => new Subject("public", $"pay_{i}", null)).ToList();
        var plan = Plan.Compile([rule], new Dictionary<Selector, IReadOnlyList<Subject>> { [selector] = found }, 18);
        var snapshot = HandMadeRun.Make([], []).Snapshot with
        {
            Facts = plan.Queries.ToDictionary(
                query => query.Name,
                query => new FactSet(query, [System.Text.Json.JsonElement.Parse(Samples.Fact())], null)
            ),
        };

        var report = Verifier.Report(plan, snapshot, Verifier.Judge(plan, snapshot), HandMadeRun.NoWaivers);

        var failure = Assert.Single(report.Checks, check => check.Subject is null);
        Assert.Equal(Verdict.Fail, failure.Verdict);
        Assert.Contains($"must match at least 2; it matched {matches}", failure.Explanation, StringComparison.Ordinal);
        Assert.Equal(matches + 1, report.Checks.Count);
    }

    [Fact]
    public void A_database_that_did_not_answer_is_an_ERROR_for_every_invariant()
    {
        var failure = new UnobservedException("cannot connect to the database", "a server", "refused", "start it")
        {
            SqlState = "57P03",
        };

        var report = Verifier.Unobserved(
            [HandMadeRun.Invariant("b"), HandMadeRun.Invariant("a")],
            Target.Unknown,
            failure,
            HandMadeRun.NoWaivers
        );

        Assert.Equal(
            ["a ERROR 57P03 start it", "b ERROR 57P03 start it"],
            report.Checks.Select(check => $"{check.Invariant.Id} {check.Verdict.Word()} {check.SqlState} {check.Next}")
        );
        Assert.Equal("cannot connect to the database: refused", report.Error?.Message);
    }
}
