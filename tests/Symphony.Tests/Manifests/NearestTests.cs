using Symphony.Manifests.Binding;

namespace Symphony.Tests.Manifests;

public sealed class NearestTests
{
    private static readonly string[] Keys = ["table", "name", "nullable", "row_security", "on_delete", "on_update"];

    [Theory]
    [InlineData("tabel", "table")]
    [InlineData("nulable", "nullable")]
    [InlineData("Nullable", "nullable")]
    [InlineData("row-security", "row_security")]
    [InlineData("rowSecurity", "row_security")]
    [InlineData("ondelete", "on_delete")]
    [InlineData("on_updat", "on_update")]
    public void A_misspelt_word_is_near_the_one_that_was_meant(string word, string meant)
    {
        Assert.Equal(meant, Nearest.Of(word, Keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("predicate")]
    [InlineData("eman")]
    public void A_word_that_is_near_nothing_gets_no_guess(string word)
    {
        Assert.Null(Nearest.Of(word, Keys));
    }

    [Fact]
    public void A_text_without_end_is_not_compared()
    {
        Assert.Null(Nearest.Of(new string('x', 1_000_000), [new string('x', 1_000_000)]));
    }
}
