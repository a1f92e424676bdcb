using Symphony.Manifests;
using Symphony.Tests.Evidence;
using Symphony.Verification;

namespace Symphony.Tests.Verification;

public sealed class WaiverBookTests
{
    private static readonly DateOnly Today = Samples.Today;

    [Theory]
    [InlineData(null, 0, true)]
    [InlineData(0, 0, true)]
    [InlineData(-5, 5, true)]
    [InlineData(null, -1, false)]
    [InlineData(1, 5, false)]
    public void A_waiver_is_in_force_from_its_first_to_its_last_day(int? starts, int expires, bool waives)
    {
        var check = Fail(Waiver("a", starts: starts, expires: expires), "a");

        Assert.Equal(waives ? Verdict.Waived : Verdict.Fail, check.Verdict);
        Assert.Equal(waives, check.Waiver is not null);
    }

    [Fact]
    public void Only_a_FAIL_can_be_waived()
    {
        var book = new WaiverBook([Waiver("a")], Today);

        var checks = Apply(book, Result("a", Verdict.Error), Result("a", Verdict.Pass));

        Assert.Equal([Verdict.Error, Verdict.Pass], checks.Select(check => check.Verdict));
        Assert.Equal(["waivers.yml:3: the waiver of a matches no failure; it has no effect."], book.Notes(checks));
    }

    [Theory]
    [InlineData("a", "public.t", true)]
    [InlineData("a", "public.other", false)]
    [InlineData("a", null, true)]
    [InlineData("b", null, false)]
    public void A_waiver_is_about_its_invariant_and_its_subject(string invariant, string? subject, bool waives)
    {
        Assert.Equal(waives ? Verdict.Waived : Verdict.Fail, Fail(Waiver(invariant, subject), "a").Verdict);
    }

    [Fact]
    public void A_waiver_with_no_effect_is_said_with_its_reason()
    {
        var book = new WaiverBook(
            [
                Waiver("used"),
                Waiver("late", expires: -1),
                Waiver("early", starts: 1),
                Waiver("fixed"),
                Waiver("part", "public.x"),
            ],
            Today
        );
        string[] failing = ["used", "late", "early", "part"];
        var checks = Apply(book, [.. failing.Select(id => Result(id, Verdict.Fail))]);

        Assert.Equal(
            [
                "waivers.yml:3: the waiver of late expired on 2026-11-20; it has no effect, and its invariant fails.",
                "waivers.yml:3: the waiver of early starts on 2026-11-22; it has no effect, and its invariant fails.",
                "waivers.yml:3: the waiver of fixed matches no failure; it has no effect.",
                "waivers.yml:3: the waiver of part (public.x) matches no failure; it has no effect.",
            ],
            book.Notes(checks)
        );
    }

    [Fact]
    public void A_later_waiver_counts_where_an_earlier_one_expired()
    {
        var book = new WaiverBook([Waiver("a", expires: -1), Waiver("a")], Today);

        var checks = Apply(book, Result("a", Verdict.Fail));

        Assert.Equal(Verdict.Waived, Assert.Single(checks).Verdict);
        Assert.Equal(["waivers.yml:3: the waiver of a expired on 2026-11-20; it has no effect."], book.Notes(checks));
    }

    /// <summary>Definitions that changed while they were read are read again.</summary>
    [Fact]
    public void What_a_waiver_did_to_another_reading_is_forgotten()
    {
        var book = new WaiverBook([Waiver("a"), Waiver("late", expires: -1)], Today);
        Apply(book, Result("a", Verdict.Fail), Result("late", Verdict.Fail));

        var second = Apply(book, Result("a", Verdict.Pass), Result("late", Verdict.Pass));

        Assert.Equal(
            [
                "waivers.yml:3: the waiver of a matches no failure; it has no effect.",
                "waivers.yml:3: the waiver of late expired on 2026-11-20; it has no effect.",
            ],
            book.Notes(second)
        );
    }

    private static List<CheckResult> Apply(WaiverBook book, params IEnumerable<CheckResult> checks) =>
        [.. checks.Select(book.Apply)];

    private static CheckResult Fail(Waiver waiver, string id) =>
        new WaiverBook([waiver], Today).Apply(Result(id, Verdict.Fail));

    private static CheckResult Result(string id, Verdict verdict) =>
        new()
        {
            Invariant = HandMadeRun.Invariant(id),
            Subject = "public.t",
            Verdict = verdict,
        };

    private static Waiver Waiver(string invariant, string? subject = null, int? starts = null, int expires = 10) =>
        new(
            invariant,
            subject,
            "reason",
            "somebody",
            starts is { } days ? Today.AddDays(days) : null,
            Today.AddDays(expires),
            "waivers.yml",
            new SourceLocation(3, 5)
        );
}
