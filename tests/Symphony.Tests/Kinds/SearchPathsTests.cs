using Symphony.Kinds;
using Symphony.Sql.Bodies;

namespace Symphony.Tests.Kinds;

public sealed class SearchPathsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\"\"", "")]
    [InlineData("a, b", "a|b")]
    [InlineData("\"$user\", public", "$user|public")]
    [InlineData("\"Odd, \"\"one\"\"\", pg_catalog", "Odd, \"one\"|pg_catalog")]
    [InlineData("\"open", "ope")]
    public void A_path_is_read_as_settings_hold_it(string path, string entries) =>
        Assert.Equal(entries, string.Join('|', SearchPaths.Split(path)));

    [Theory]
    [InlineData("BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'P7201'; END", false)]
    [InlineData("BEGIN RAISE EXCEPTION '%', TG_OP USING ERRCODE = 'P7201', HINT = 'append'; RETURN NULL; END", false)]
    [InlineData("BEGIN IF (NEW.a IS NULL) THEN NEW.a := COALESCE(NEW.b, 'x'); END IF; RETURN NEW; END", false)]
    [InlineData("BEGIN NEW.a := pg_catalog.now(); RETURN NEW; END", false)]
    [InlineData("BEGIN NEW.a := now(); RETURN NEW; END", true)]
    [InlineData("BEGIN NEW.a := \"now\"(); RETURN NEW; END", true)]
    [InlineData("BEGIN RAISE EXCEPTION USING MESSAGE = 'a' || TG_OP; END", true)]
    [InlineData("BEGIN NEW.a := '1'::money; RETURN NEW; END", true)]
    [InlineData("BEGIN 'not closed", true)]
    public void A_body_leaves_calls_operators_and_casts_to_the_path(string body, bool any) =>
        Assert.Equal(any, ResolvedNames.Of(body).Any);

    [Fact]
    public void Only_what_a_body_names_and_a_schema_before_pg_catalog_has_is_in_doubt()
    {
        var paths = new SearchPaths(
            [new SearchPathSetting("ALTER ROLE app", "early, pg_catalog")],
            new Dictionary<string, EarlySchema> { ["early"] = new(Open: false, ["now()", "||"]) }
        );

        Assert.Contains(
            "ALTER ROLE app",
            paths.Doubt("app.f", null, "BEGIN NEW.a := now(); END"),
            StringComparison.Ordinal
        );
        Assert.Null(paths.Doubt("app.f", null, "BEGIN NEW.a := gen_random_uuid(); END"));
        Assert.Null(paths.Doubt("app.f", null, "BEGIN NEW.a := NEW.now; END"));
        Assert.Null(paths.Doubt("app.f", "app, public", "BEGIN NEW.a := now(); END"));
        Assert.Null(paths.Doubt("app.f", "pg_catalog, early", "BEGIN NEW.a := now(); END"));
        Assert.NotNull(paths.Doubt("app.f", "app, early, pg_catalog", "BEGIN NEW.a := now(); END"));
    }
}
