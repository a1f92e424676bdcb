using Symphony.Kinds;

namespace Symphony.Tests.Kinds;

/// <summary>What a setting's text means (PostgreSQL manual, "Parameter Names and Values").</summary>
public sealed class SettingValueTests
{
    private static readonly IReadOnlyList<string> Commit = ["local", "remote_write", "remote_apply", "on", "off"];

    [Theory]
    [InlineData("30s", "30000")]
    [InlineData("30000ms", "30000")]
    [InlineData(" 30000 ms ", "30000")]
    [InlineData("0.5min", "30000")]
    [InlineData("30000000us", "30000")]
    [InlineData("3e4", "30000")]
    [InlineData("0x7530", "30000")]
    [InlineData("072460", "30000")]
    [InlineData("1h", "3600000")]
    [InlineData("1d", "86400000")]
    [InlineData("-1", "-1")]
    [InlineData("1500us", "2")]
    public void A_time_is_the_same_in_any_unit(string text, string milliseconds) =>
        Assert.Equal(milliseconds, SettingValue.Normalize("statement_timeout", "integer", "ms", [], text));

    [Theory]
    [InlineData("64MB", "65536")]
    [InlineData("65536", "65536")]
    [InlineData("67108864B", "65536")]
    [InlineData("0.0625GB", "65536")]
    public void A_size_is_the_same_in_any_unit(string text, string kilobytes) =>
        Assert.Equal(kilobytes, SettingValue.Normalize("work_mem", "integer", "kB", [], text));

    [Fact]
    public void A_number_of_buffers_counts_blocks() =>
        Assert.Equal("4096", SettingValue.Normalize("shared_buffers", "integer", "8kB", [], "32MB"));

    [Theory]
    [InlineData("integer", "ms", "30 parsecs")]
    [InlineData("integer", "ms", "30kB")]
    [InlineData("integer", "kB", "64mb")]
    [InlineData("integer", null, "10s")]
    [InlineData("integer", "ms", "")]
    [InlineData("integer", "ms", "s")]
    [InlineData("integer", "ms", "0xZZ")]
    [InlineData("bool", null, "o")]
    [InlineData("bool", null, "maybe")]
    [InlineData("bool", null, "")]
    [InlineData("enum", null, "sometimes")]
    public void What_the_server_would_not_accept_has_no_meaning(string type, string? unit, string text) =>
        Assert.Null(SettingValue.Normalize("x", type, unit, Commit, text));

    [Theory]
    [InlineData("on", "on")]
    [InlineData("TRUE", "on")]
    [InlineData("y", "on")]
    [InlineData("1", "on")]
    [InlineData("of", "off")]
    [InlineData("No", "off")]
    [InlineData("0", "off")]
    public void A_switch_has_many_words(string text, string meaning) =>
        Assert.Equal(meaning, SettingValue.Normalize("row_security", "bool", null, [], text));

    [Theory]
    [InlineData("Remote_Write", "remote_write")]
    [InlineData("true", "on")]
    [InlineData("0", "off")]
    public void A_choice_is_read_in_any_case_and_may_be_a_switch(string text, string meaning) =>
        Assert.Equal(meaning, SettingValue.Normalize("synchronous_commit", "enum", null, Commit, text));

    [Theory]
    [InlineData("app, public", "APP,\"public\"")]
    [InlineData("\"$user\", public", "\"$user\",public")]
    [InlineData("\"a\"\"b, c\"", "  \"a\"\"b, c\"  ")]
    public void A_list_is_the_same_however_it_is_spaced_and_quoted(string a, string b) =>
        Assert.Equal(SearchPath(a), SearchPath(b));

    [Theory]
    [InlineData("app, public", "public, app")]
    [InlineData("app, public", "\"app, public\"")]
    [InlineData("App", "\"App\"")]
    [InlineData("app", "app, public")]
    [InlineData("", "public")]
    public void Other_lists_are_others(string a, string b) => Assert.NotEqual(SearchPath(a), SearchPath(b));

    [Fact]
    public void A_custom_setting_is_text_as_it_stands()
    {
        Assert.Equal("30 S", SettingValue.Normalize("app.limit", null, null, [], "30 S"));
        Assert.NotEqual(
            SettingValue.Normalize("app.limit", null, null, [], "30s"),
            SettingValue.Normalize("app.limit", null, null, [], "30000ms")
        );
    }

    private static string? SearchPath(string text) => SettingValue.Normalize("search_path", "string", null, [], text);
}
