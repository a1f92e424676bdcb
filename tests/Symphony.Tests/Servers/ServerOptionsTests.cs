using Symphony.Servers;

namespace Symphony.Tests.Servers;

public sealed class ServerOptionsTests
{
    [Fact]
    public void Nothing_asked_for_leaves_the_choice_to_the_search() =>
        Assert.Null(ServerOptions.From(Variables()).Major);

    [Fact]
    public void The_option_is_stronger_than_the_variable()
    {
        Assert.Equal(15, ServerOptions.From(Variables(("SYMPHONY_PG", "15"))).Major);
        Assert.Equal(17, ServerOptions.From(Variables(("SYMPHONY_PG", "15")), "17").Major);
    }

    [Theory]
    [InlineData("13")]
    [InlineData("19")]
    [InlineData("18.4")]
    [InlineData("newest")]
    public void An_unknown_major_is_refused_with_the_known_ones(string asked)
    {
        var refusal = Assert.Throws<InputException>(() => ServerOptions.From(Variables(), asked));

        Assert.Contains("14, 15, 16, 17, 18", refusal.Expected, StringComparison.Ordinal);
        Assert.Contains(asked, refusal.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void Only_KEEP_DB_keeps_a_server(string value, bool kept) =>
        Assert.Equal(kept, ServerOptions.From(Variables(("KEEP_DB", value))).Keep);

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
