using Symphony.Catalog;

namespace Symphony.Tests.Catalog;

public sealed class StartupOptionsTests
{
    [Theory]
    [InlineData("", "", null)]
    [InlineData("-c search_path=a,b", "", "a,b")]
    [InlineData("-csearch_path=a", "", "a")]
    [InlineData("--search-path=a", "", "a")]
    [InlineData("-c Search-Path=a\\ b\\\\c", "", "a b\\c")]
    [InlineData("-c role=app  -c search_path=a\t-c statement_timeout=5s", "-c role=app -c statement_timeout=5s", "a")]
    [InlineData("-c search_path=a --search_path=b", "", "b")]
    [InlineData("-c search_path=", "", "")]
    [InlineData("-c a.search_path=x -d search_path=y", "-c a.search_path=x -d search_path=y", null)]
    [InlineData("-c x=a\\ -c\\ search_path=b", "-c x=a\\ -c\\ search_path=b", null)]
    [InlineData("-c", "-c", null)]
    [InlineData("-c search_path", "-c search_path", null)]
    [InlineData("-c x=a\\", "-c x=a\\", null)]
    public void A_setting_is_taken_out_and_the_rest_stays_as_it_was_written(
        string options,
        string rest,
        string? value
    ) => Assert.Equal((rest, value), StartupOptions.Take(options, "search_path"));
}
