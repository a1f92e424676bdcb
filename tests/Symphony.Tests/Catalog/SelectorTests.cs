using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Symphony.Catalog.Selectors;

namespace Symphony.Tests.Catalog;

public sealed class SelectorTests
{
    [Theory]
    [InlineData("*", "^(.*)$")]
    [InlineData("payment_*", "^(payment\\_.*)$")]
    [InlineData("t?", "^(t.)$")]
    [InlineData("a.b|c", "^(a\\.b\\|c)$")]
    [InlineData("x)$|(.*", "^(x\\)\\$\\|\\(\\..*)$")]
    [InlineData("[a-z]+{2}\\d", "^(\\[a\\-z\\]\\+\\{2\\}\\\\d)$")]
    [InlineData("***:x", "^(.*.*.*\\:x)$")]
    [InlineData("größe", "^(größe)$")]
    public void Only_the_star_and_the_question_mark_stand_for_something_else(string pattern, string regex)
    {
        Assert.Equal(regex, Of(pattern).Parameters()[2]);
    }

    [Fact]
    public void A_name_without_a_star_or_question_mark_matches_itself_and_nothing_else()
    {
        var names = ArbMap
            .Default.GeneratorFor<NonEmptyString>()
            .Select(name => name.Get.Replace('*', '+').Replace('?', '!'));

        Prop.ForAll(
                Arb.From(names),
                Arb.From(names),
                (name, other) => Matches(name, name) && Matches(name, other) == (name == other)
            )
            .QuickCheckThrowOnFailure();
    }

    /// <summary>
    /// In the words of .NET: there "$" also stands before a last line feed, and a backslash before a character that
    /// needs none is an error.
    /// </summary>
    private static bool Matches(string pattern, string name)
    {
        var inside = Regex.Replace(
            Of(pattern).Parameters()[2]![1..^1],
            @"\\(?<literal>.)",
            match => Regex.Escape(match.Groups["literal"].Value),
            RegexOptions.Singleline | RegexOptions.CultureInvariant
        );
        return Regex.IsMatch(name, $"\\A{inside}\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }

    [Fact]
    public void What_is_left_out_is_one_expression_or_none()
    {
        Assert.Null(Of("*").Parameters()[4]);
        Assert.Equal("^(a|b\\.c.*)$", (Of("*") with { Except = new(["a", "b.c*"]) }).Parameters()[4]);
    }

    [Fact]
    public void Equal_selectors_are_asked_once()
    {
        Assert.Equal(Of("x") with { Except = new(["a"]) }, Of("x") with { Except = new(["a"]) });
    }

    [Fact]
    public void Everything_a_rule_can_be_over_has_its_query()
    {
        Assert.All(
            Selector.Kinds,
            over => Assert.Contains("ORDER BY", (Of("*") with { Over = over }).Sql, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_selector_is_said_in_words()
    {
        Assert.Equal(
            "columns of public, in tables named pay_*, named tenant_id, having column x, except a, b",
            new Selector("columns", "public", "pay_*", "tenant_id", "x", new(["a", "b"])).ToString()
        );
        Assert.Equal("tables of public", Of("*").ToString());
        Assert.Equal(
            "functions of app, named pay_*, with security definer",
            new Selector("functions", "app", "*", "pay_*", null, new([])) { Only = "definer" }.ToString()
        );
        Assert.Equal(
            "roles, named app_*, that can connect, except app_owner",
            new Selector("roles", "", "*", "app_*", null, new(["app_owner"])) { Only = "true" }.ToString()
        );
    }

    private static Selector Of(string name) => new(Selector.Tables, "public", "*", name, null, new([]));
}
