namespace Symphony.Tests.Manifests;

public sealed class WaiverFileTests
{
    private const string Rest = "reason: r, approved_by: a";

    [Fact]
    public void A_waiver_is_read_whole()
    {
        using var files = Files(
            $"{{invariant: a, subject: public.t, starts: 2026-01-01, expires: 2026-12-31, {Rest}}}"
        );

        var waiver = Assert.Single(files.Read().Waivers);

        Assert.Equal(
            ("a", "public.t", new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), "invariants/waivers.yml", 2),
            (waiver.Invariant, waiver.Subject, waiver.Starts!.Value, waiver.Expires, waiver.Path, waiver.Location.Line)
        );
    }

    [Theory]
    [InlineData("expires: 31.12.2026, " + Rest, "2:29: expected a UTC date, YYYY-MM-DD, found `31.12.2026`")]
    [InlineData("expires: 2026-02-30, " + Rest, "2:29: expected a UTC date, YYYY-MM-DD, found `2026-02-30`")]
    [InlineData("expires: 2026-12-31T00:00:00Z, " + Rest, "2:29: expected a UTC date, YYYY-MM-DD")]
    [InlineData("expires: 20261231, " + Rest, "2:29: expected text, found the number 20261231; put it in quotes")]
    [InlineData("starts: soon, expires: 2026-12-31, " + Rest, "2:28: expected a UTC date, YYYY-MM-DD, found `soon`")]
    [InlineData(
        "starts: 2027-01-01, expires: 2026-12-31, " + Rest,
        "2:28: expected a day before it expires, found `2027-01-01`"
    )]
    [InlineData(
        "expires: 2026-12-31, reason: ' ', approved_by: a",
        "2:49: expected why the failure may stand, found nothing"
    )]
    [InlineData("expires: 2026-12-31, reason: r, approved_by: ''", "2:65: expected who decided, found nothing")]
    [InlineData("expires: 2026-12-31, reason: r", "2:5: expected the key `approved_by`")]
    [InlineData(Rest, "2:5: expected the key `expires`")]
    [InlineData("expire: 2026-12-31, expires: 2026-12-31, " + Rest, "2:20: expected one of the keys")]
    public void A_waiver_that_decides_nothing_clearly_is_refused(string rest, string problem)
    {
        using var files = Files($"{{invariant: a, {rest}}}");

        Assert.StartsWith(
            "invariants/waivers.yml:" + problem,
            Assert.Single(files.Problems()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_bad_date_is_told_at_once()
    {
        using var files = Files(
            $"{{invariant: a, starts: x, expires: y, {Rest}}}\n  - {{invariant: b, expires: z, {Rest}}}"
        );

        Assert.Equal(3, files.Problems().Length);
    }

    private static ManifestFiles Files(string waiver) =>
        new ManifestFiles()
            .Add("m.yml", ManifestFiles.Manifest("  - {id: a, table: {table: t}}\n"))
            .Add("waivers.yml", $"waivers:\n  - {waiver}\n");
}
