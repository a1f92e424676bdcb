using Symphony.Catalog;
using Symphony.Cli;
using Symphony.Cli.Commands;
using Symphony.Manifests;
using Symphony.Tests.Verification;
using Symphony.Verification;

namespace Symphony.Tests.Cli;

public sealed class ExitForTests
{
    [Theory]
    [InlineData(Severity.P0, Severity.P0, 1)]
    [InlineData(Severity.P0, Severity.P3, 1)]
    [InlineData(Severity.P2, Severity.P2, 1)]
    [InlineData(Severity.P2, Severity.P1, 0)]
    [InlineData(Severity.P3, Severity.P0, 0)]
    public void A_failure_blocks_from_the_severity_that_was_chosen(Severity severity, Severity failOn, int exit)
    {
        Assert.Equal(
            (ExitCode)exit,
            VerifyFlow.ExitFor(HandMadeRun.Report((Verdict.Pass, Severity.P0), (Verdict.Fail, severity)), failOn)
        );
    }

    [Fact]
    public void A_blocking_failure_comes_before_an_error()
    {
        Assert.Equal(
            ExitCode.Failed,
            VerifyFlow.ExitFor(
                HandMadeRun.Report((Verdict.Error, Severity.P0), (Verdict.Fail, Severity.P0)),
                Severity.P3
            )
        );
    }

    [Fact]
    public void An_error_of_any_severity_is_never_green()
    {
        Assert.Equal(
            ExitCode.Unobserved,
            VerifyFlow.ExitFor(HandMadeRun.Report((Verdict.Error, Severity.P3)), Severity.P0)
        );
        Assert.Equal(
            ExitCode.Unobserved,
            VerifyFlow.ExitFor(
                HandMadeRun.Report((Verdict.Error, Severity.P3), (Verdict.Fail, Severity.P3)),
                Severity.P0
            )
        );
    }

    [Fact]
    public void Nothing_checked_is_never_green()
    {
        Assert.Equal(ExitCode.Unobserved, VerifyFlow.ExitFor(HandMadeRun.Report(), Severity.P3));
    }

    [Fact]
    public void A_run_that_was_cut_off_is_never_green()
    {
        var report = HandMadeRun.Report((Verdict.Pass, Severity.P0)) with
        {
            Error = new ObservationError("cut off", null),
        };

        Assert.Equal(ExitCode.Unobserved, VerifyFlow.ExitFor(report, Severity.P3));
    }

    [Fact]
    public void What_is_waived_and_what_holds_is_green()
    {
        Assert.Equal(
            ExitCode.Ok,
            VerifyFlow.ExitFor(
                HandMadeRun.Report((Verdict.Waived, Severity.P0), (Verdict.Pass, Severity.P0)),
                Severity.P3
            )
        );
    }
}
