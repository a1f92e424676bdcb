using Symphony.Postgres.Tests.Servers;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>
/// What every kind promises, on every server: its example holds, the database acts as claimed when it is written to, and
/// an absent subject fails with a way out; <see cref="SabotageContract"/> and <see cref="HarmlessContract"/> have what
/// it promises when something changes. A new kind is covered as soon as it stands in the registry.
/// </summary>
public sealed class KindContract(PostgresServers servers)
{
    public static TheoryData<string, int> ExamplesAndMajors =>
        new(
            from example in KindExample.All.Values
            from row in PostgresServers.Majors
            where row.Data >= example.SinceMajor
            orderby example.Name, row.Data
            select (example.Name, row.Data)
        );

    [Theory]
    [MemberData(nameof(ExamplesAndMajors))]
    public async Task An_absent_subject_fails_with_a_way_out_and_the_example_holds(string name, int major)
    {
        var example = KindExample.All[name];
        await using var database = await ExampleDatabase.BorrowAsync(servers, major, example);
        await database.ExecuteAsync("BEGIN");

        var absent = await database.JudgeAsync(example.Kind, example.Claim);
        await database.ExecuteAsync(example.Schema);
        var present = await database.JudgeAsync(example.Kind, example.Claim);

        Assert.Equal(Verdict.Fail, absent.Verdict);
        Assert.NotEmpty(absent.Explanation!);
        Assert.True(absent.Remedy.Count > 0 || absent.Next is not null);
        Assert.True(present.Verdict == Verdict.Pass, present.InWords());
    }

    [Theory]
    [MemberData(nameof(ExamplesAndMajors))]
    public async Task The_example_does_as_claimed_when_it_is_written_to(string name, int major)
    {
        var example = KindExample.All[name];
        await using var database = await ExampleDatabase.BorrowAsync(servers, major, example);
        await database.ExecuteAsync("BEGIN");
        await database.ExecuteAsync(example.Schema);

        foreach (var mode in new[] { ProbeMode.Direct, ProbeMode.Shadow })
        {
            var probed = await database.ProbeAsync(await database.JudgeAsync(example.Kind, example.Claim), mode);

            Assert.True(probed.Verdict == Verdict.Pass, $"{mode}: {probed.InWords()}");
            Assert.All(
                probed.Behaviour?.Testimonies ?? [],
                testimony =>
                    Assert.True(
                        testimony.Outcome is TestimonyOutcome.Confirmed or TestimonyOutcome.Inconclusive,
                        testimony.Statement
                    )
            );
        }
    }
}
