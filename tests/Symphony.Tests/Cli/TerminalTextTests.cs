using FsCheck;
using FsCheck.Fluent;
using Symphony.Cli.Output;

namespace Symphony.Tests.Cli;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain größe 表", "plain größe 表")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("a\rb\nc\td", "a\\u000db\\u000ac\\u0009d")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("\u200b\ufeff\u2028", "\\u200b\\ufeff\\u2028")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("\0\a\b", "\\u0000\\u0007\\u0008")]
    [InlineData("::error::x", "\\u003a:error::x")]
    [InlineData("  ::error::x", "  \\u003a:error::x")]
    [InlineData("a::text", "a::text")]
    [InlineData("x ##[error]", "x \\u0023#[error]")]
    [InlineData("##VSO[task.x]", "\\u0023#VSO[task.x]")]
    [InlineData("##teamcity[x]", "\\u0023#teamcity[x]")]
    [InlineData("a ## b", "a ## b")]
    public void What_could_command_a_terminal_is_shown_as_an_escape(string text, string shown)
    {
        Assert.Equal(shown, TerminalText.Escape(text));
    }

    [Fact]
    public void SQL_keeps_its_lines_and_tabs_and_nothing_else()
    {
        Assert.Equal("a\n\tb\\u000d\\u001b", TerminalText.EscapeLines("a\n\tb\r\u001b"));
    }

    [Fact]
    public void A_line_of_SQL_does_not_begin_a_CI_servers_command()
    {
        Assert.Equal("a\n \\u003a:error::b", TerminalText.EscapeLines("a\n ::error::b"));
    }

    [Fact]
    public void No_control_character_is_ever_left()
    {
        Prop.ForAll<string?>(text => !TerminalText.Escape(text ?? "").Any(char.IsControl)).QuickCheckThrowOnFailure();
    }
}
