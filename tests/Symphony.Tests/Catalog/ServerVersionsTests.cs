using Symphony.Catalog;

namespace Symphony.Tests.Catalog;

public sealed class ServerVersionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(140000)]
    [InlineData(180004)]
    public void A_server_that_is_tested_is_nothing_to_speak_of(int version) =>
        Assert.Null(ServerVersions.Warning(version));

    [Fact]
    public void A_newer_server_is_read_with_a_warning() =>
        Assert.StartsWith(
            "PostgreSQL 19 is newer than the servers Symphony is tested with (14 to 18)",
            ServerVersions.Warning(190001),
            StringComparison.Ordinal
        );

    [Fact]
    public void An_older_server_is_not_read()
    {
        var refused = Assert.Throws<UnobservedException>(() => ServerVersions.Require(13));

        Assert.Equal(("PostgreSQL 14 or newer", "PostgreSQL 13"), (refused.Expected, refused.Found));
    }
}
