using Symphony.Catalog;
using Symphony.Kinds.Function;
using Symphony.Kinds.Unique;
using Symphony.Manifests;

namespace Symphony.Tests.Manifests;

public sealed class RuleReadingTests
{
    [Theory]
    [InlineData("{}", "5:23: expected exactly one of tables, columns, triggers, indexes, functions, roles")]
    [InlineData("{at_least: 3}", "5:23: expected exactly one of tables")]
    [InlineData("{tables: {}, columns: {}}", "5:23: expected exactly one of tables")]
    [InlineData(
        "{tables: {}, at_least: 0}",
        "5:46: expected at least 1: a rule over nothing proves nothing, found `0`"
    )]
    [InlineData("{tables: {}, at_least: many}", "5:46: expected a whole number, found the text `many`")]
    [InlineData(
        "{table: {}}",
        "5:24: expected one of the keys `tables`, `columns`, `triggers`, `indexes`, `functions`, `roles`, `at_least`, found `table`; did you mean `tables`?"
    )]
    [InlineData("{tables: {table: x}}", "5:33: expected one of the keys")]
    [InlineData("[a]", "5:23: expected ")]
    public void A_rule_that_selects_nothing_known_is_told_where(string rule, string problem)
    {
        Assert.StartsWith(
            problem,
            Assert.Single(
                ManifestFiles.ProblemsOf(
                    ManifestFiles.Manifest(
                        $"  - {{id: a, for_each: {rule}, column: {{name: tenant_id, nullable: false}}}}\n"
                    )
                )
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "tables",
        "column: {table: t, name: c}",
        "no key `table` here: the rule gives it, found `table`; leave it out"
    )]
    [InlineData("columns", "column: {name: c}", "no key `name` here: the rule gives it, found `name`; leave it out")]
    [InlineData(
        "columns",
        "set_if_null: {column: c, trigger: g, function: f}",
        "no key `column` here: the rule gives it, found `column`; leave it out"
    )]
    public void A_claim_does_not_say_again_what_its_rule_gives(string over, string claim, string problem)
    {
        Assert.EndsWith(
            problem,
            Assert.Single(
                ManifestFiles.ProblemsOf(
                    ManifestFiles.Manifest($"  - {{id: a, for_each: {{{over}: {{}}}}, {claim}}}\n")
                )
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("functions: {}", "function: {name: f()}", "no key `name` here: the rule gives it")]
    [InlineData("functions: {}", "function: {kind: procedure}", "no key `kind` here: the rule gives it")]
    [InlineData("functions: {}", "privileges: {on: t, to: PUBLIC, none: true}", "no key `on` here: the rule gives it")]
    [InlineData("roles: {}", "privileges: {on: t, to: a, none: true}", "no key `to` here: the rule gives it")]
    [InlineData("roles: {}", "role: {name: a}", "no key `name` here: the rule gives it")]
    [InlineData("tables: {}", "privileges: {on: t, to: a, none: true}", "no key `on` here: the rule gives it")]
    [InlineData("roles: {}", "table: {}", "expected a claim about roles, found the kind `table`")]
    [InlineData("functions: {}", "role: {}", "expected a claim about functions, found the kind `role`")]
    [InlineData("functions: {security: owner}", "function: {}", "expected one of `invoker`, `definer`")]
    [InlineData("roles: {login: maybe}", "role: {}", "expected true or false")]
    public void A_rule_over_functions_or_roles_gives_what_names_them(string selection, string claim, string problem)
    {
        Assert.Contains(
            problem,
            Assert.Single(
                ManifestFiles.ProblemsOf(ManifestFiles.Manifest($"  - {{id: a, for_each: {{{selection}}}, {claim}}}\n"))
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("functions: {}", "function: {}", "f(uuid, text)", "app.f(uuid, text)")]
    [InlineData("functions: {}", "function: {}", "\"a.b\"()", "app.\"a.b\"()")]
    [InlineData("functions: {}", "privileges: {to: x, none: true}", "f(uuid)", "function app.f(uuid) to x")]
    public void A_function_found_is_named_with_its_argument_types(
        string over,
        string claim,
        string found,
        string subject
    )
    {
        Assert.Equal(subject, SubjectOf(Rule(over, claim), new Subject("app", "function", found)));
    }

    [Theory]
    [InlineData("role: {}", "{name}", "{name}")]
    [InlineData("privileges: {on: t, none: true}", "a.b", "public.t to a.b")]
    public void A_role_found_is_named_as_it_is(string claim, string found, string subject)
    {
        Assert.Equal(subject, SubjectOf(Rule("roles: {}", claim), new Subject(null, null, found)));
    }

    [Fact]
    public void A_rules_claim_is_checked_before_anything_is_found()
    {
        Assert.Equal(
            ["7:23: expected at least one column, found an empty list"],
            ManifestFiles.ProblemsOf(
                ManifestFiles.Manifest("  - id: a\n    for_each: {tables: {}}\n    unique: {columns: [], name: u}\n")
            )
        );
    }

    [Theory]
    [InlineData("{table}.a.b")]
    [InlineData("a.\"{table}")]
    [InlineData(".{name}")]
    public void A_place_in_what_is_no_name_is_told_as_it_is_written(string function)
    {
        Assert.Equal(
            $"7:80: expected a name, or schema.name, with SQL double quotes around a part that holds a dot; not `{function}`, found the text `{function}`",
            Assert.Single(
                ManifestFiles.ProblemsOf(
                    ManifestFiles.Manifest(
                        $"  - id: a\n    for_each: {{tables: {{}}}}\n    trigger: {{name: t, timing: before, events: [insert], level: row, function: '{function}'}}\n"
                    )
                )
            )
        );
    }

    [Fact]
    public void Names_of_the_object_found_stand_in_for_their_places()
    {
        var rule = Rule(
            "columns: {name: tenant_id}",
            "trigger: {name: '{schema}_{table}_{name}_trg', timing: before, events: [insert], level: row, function: f}",
            over: "triggers"
        );

        Assert.Equal("app.orders.x", SubjectOf(rule, new Subject("app", "orders", "x")));
    }

    [Theory]
    [InlineData("orders", "public.orders.orders_chk")]
    [InlineData("{name}", "public.{name}.{name}_chk")]
    [InlineData("{schema}", "public.{schema}.{schema}_chk")]
    [InlineData("{text 0}", "public.{text 0}.{text 0}_chk")]
    [InlineData("a.b", "public.\"a.b\".\"a.b_chk\"")]
    [InlineData("back\\slash\n", "public.back\\slash\n.back\\slash\n_chk")]
    [InlineData("say \"no\"", "public.\"say \"\"no\"\"\".\"say \"\"no\"\"_chk\"")]
    public void What_an_object_is_named_is_never_a_place_of_its_own(string table, string subject)
    {
        var rule = Rule("tables: {}", "check: {name: '{table}_chk', expression: 'true'}");

        Assert.Equal(subject, SubjectOf(rule, new Subject("public", table, null)));
    }

    [Fact]
    public void A_tables_name_is_its_name()
    {
        Assert.Equal(
            "public.orders.orders_orders_chk",
            SubjectOf(
                Rule("tables: {}", "check: {name: '{table}_{name}_chk', expression: 'true'}"),
                new Subject("public", "orders", null)
            )
        );
    }

    [Fact]
    public void An_expression_is_never_filled_in()
    {
        var rule = Rule("tables: {}", "check: {name: c, expression: \"'{table}' = '{name}'\"}");

        Assert.Contains(
            "'{table}' = '{name}'",
            rule.Rule!.ClaimFor(new Subject("public", "x", null)).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Functions_and_procedures_are_found_side_by_side()
    {
        var rule = Rule("functions: {}", "function: {}").Rule!;

        Assert.Equal(
            ["function", "procedure", "function"],
            ((string[])["function", "procedure", "function"]).Select(sort =>
                Assert.IsType<FunctionClaim>(rule.ClaimFor(new Subject("app", sort, $"f({sort}_type)"))).Kind.Text
            )
        );
    }

    [Theory]
    [InlineData("{text 0}")]
    [InlineData("{text 1}")]
    [InlineData("\"{text 0}")]
    [InlineData("{text 0}\"")]
    [InlineData("{table}")]
    public void A_column_may_be_called_like_a_place(string column)
    {
        var rule = Rule("tables: {}", $"unique: {{name: '{{table}}_key', columns: ['{column}']}}");

        var claim = Assert.IsType<UniqueClaim>(rule.Rule!.ClaimFor(new Subject("public", "x", null)));

        Assert.Equal("x_key", claim.Name);
        Assert.Equal([column], claim.Columns);
    }

    [Fact]
    public void A_claim_of_one_object_is_not_that_of_the_one_before()
    {
        var rule = Rule("tables: {}", "unique: {name: '{table}_key', columns: [a, b]}");

        string[] subjects =
        [
            SubjectOf(rule, Table("orders")),
            SubjectOf(rule, Table("o")),
            SubjectOf(rule, Table("orders")),
        ];

        Assert.Equal(["public.orders.orders_key", "public.o.o_key", "public.orders.orders_key"], subjects);

        static Subject Table(string name) => new("public", name, null);
    }

    private static Invariant Rule(string selection, string claim, string? over = null) =>
        ManifestFiles.Single(
            $"  - id: a\n    for_each: {{{(over is null ? selection : over + ": {}")}}}\n    "
                + (
                    over is null
                        ? claim
                        : claim.Replace("name: '{schema}_{table}_{name}_trg', ", "", StringComparison.Ordinal)
                )
                + "\n"
        );

    private static string SubjectOf(Invariant rule, Subject found) =>
        rule.Kind.SubjectOf(rule.Rule!.ClaimFor(found)).ToString();
}
