using Symphony.Cli.Output.Reports;
using Symphony.Evidence;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Reports;

/// <summary>What is true of every view.</summary>
public sealed class ReportFormatTests : IDisposable
{
    private readonly ReportSamples _samples = new();

    public static TheoryData<string> Formats => [.. ReportFormats.All.Select(format => format.Name)];

    /// <summary>Those whose readers may show a text as it is: a terminal, a log, a page of somebody else's.</summary>
    public static TheoryData<string> TextFormats =>
        [.. ReportFormats.All.Select(format => format.Name).Except(["json", "html"])];

    public void Dispose() => _samples.Dispose();

    [Fact]
    public void All_formats_have_their_published_names()
    {
        Assert.Equal(ReportFormats.Names, string.Join(", ", ReportFormats.All.Select(format => format.Name)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_same_evidence_gives_the_same_bytes(string format)
    {
        var run = await _samples.HostileAsync();
        Assert.Equal(Write(format, run), Write(format, EvidenceRun.Read(run.Folder)));
    }

    [Theory]
    [MemberData(nameof(TextFormats))]
    public async Task No_text_commands_a_terminal_or_turns_the_reading_direction(string format)
    {
        var text = Write(format, await _samples.HostileAsync());
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u202e', text);
    }

    [Theory]
    [MemberData(nameof(TextFormats))]
    public async Task A_run_that_checked_nothing_does_not_look_like_success(string format)
    {
        var text = Write(format, await _samples.EmptyAsync());
        Assert.Contains(
            format == "openmetrics" ? "stage=\"verify\",verdict=\"ERROR\"" : "nothing was checked",
            text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(TextFormats))]
    public async Task A_stage_that_failed_beside_the_checks_is_told(string format)
    {
        var set = Samples.Set(Samples.Invariant("a-holds"));
        var run = await _samples.WriteAsync(
            set,
            Samples.Judge([.. set.Invariants], _ => Samples.Fact()),
            [new StageDocument("lint", "FAIL", 5, "0007_drop.sql takes a guarantee away")]
        );
        Assert.Contains("lint", Write(format, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_is_the_evidence_byte_for_byte()
    {
        var run = await _samples.MixedAsync();
        var text = Write("json", run);
        Assert.All(
            run.Run.Bundles,
            bundle =>
                Assert.Contains(
                    File.ReadAllText(Path.Combine(run.EvidenceFolder!, bundle.Path)),
                    text,
                    StringComparison.Ordinal
                )
        );
        Assert.EndsWith(
            ",\"run\":" + File.ReadAllText(Path.Combine(run.Folder, "run.json")) + "}\n",
            text,
            StringComparison.Ordinal
        );
    }

    private static string Write(string format, EvidenceRun run) => ReportSamples.Text(ReportFormats.Find(format)!, run);
}
