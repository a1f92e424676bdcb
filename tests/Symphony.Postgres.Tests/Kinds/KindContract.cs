using Symphony.Kinds;
using Symphony.Postgres.Tests.Servers;
using Symphony.Probes;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>
/// What every kind promises, on every server: its example holds, each of its sabotages is noticed and repaired by its
/// own remedy, no harmless change raises an alarm, the database acts as claimed when it is written to, and an absent
/// subject fails with a way out. A new kind is covered
/// as soon as it stands in the registry.
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
        await using var database = await ExampleDatabase.CreateAsync(servers, major);
        await database.ExecuteAsync("BEGIN");

        var absent = await database.JudgeAsync(example.Kind, example.Claim);
        await database.ExecuteAsync(example.Schema);
        var present = await database.JudgeAsync(example.Kind, example.Claim);

        Assert.Equal(Verdict.Fail, absent.Verdict);
        Assert.NotEmpty(absent.Explanation!);
        Assert.True(absent.Remedy.Count > 0 || absent.Next is not null);
        Assert.True(present.Verdict == Verdict.Pass, Describe(present));
    }

    [Theory]
    [MemberData(nameof(ExamplesAndMajors))]
    public async Task Every_sabotage_is_noticed_and_repaired(string name, int major)
    {
        var failures = await TryAllAsync(
            name,
            major,
            harmless: false,
            async (database, example, sabotage) =>
            {
                var broken = await database.JudgeAsync(example.Kind, example.Claim);
                if (broken.Verdict is not (Verdict.Fail or Verdict.Error) || string.IsNullOrEmpty(broken.Explanation))
                {
                    return $"was not noticed: {Describe(broken)}";
                }

                if (broken.Remedy.Count == 0 && broken.Next is null)
                {
                    return $"leaves the reader without a next step: {Describe(broken)}";
                }

                if (sabotage.BeyondRemedy)
                {
                    return null;
                }

                // An ERROR offers no remedy, for nothing may be broken; here something is, and the kind's own repairs it.
                var remedy =
                    broken.Verdict == Verdict.Fail
                        ? broken.Remedy
                        : example.Kind.Remedy(example.Claim, broken.Observed);
                await database.ExecuteAsync(remedy.Select(InTransaction));
                var repaired = await database.JudgeAsync(example.Kind, example.Claim);
                return repaired.Verdict == Verdict.Pass
                    ? null
                    : $"is not repaired by {string.Join("; ", remedy)}: {Describe(repaired)}";
            }
        );

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Theory]
    [MemberData(nameof(ExamplesAndMajors))]
    public async Task No_harmless_change_raises_an_alarm(string name, int major)
    {
        var failures = await TryAllAsync(
            name,
            major,
            harmless: true,
            async (database, example, _) =>
            {
                var result = await database.JudgeAsync(example.Kind, example.Claim);
                return result.Verdict == Verdict.Pass ? null : $"raised an alarm: {Describe(result)}";
            }
        );

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Theory]
    [MemberData(nameof(ExamplesAndMajors))]
    public async Task The_example_does_as_claimed_when_it_is_written_to(string name, int major)
    {
        var example = KindExample.All[name];
        await using var database = await ExampleDatabase.CreateAsync(servers, major);
        await database.ExecuteAsync("BEGIN");
        await database.ExecuteAsync(example.Schema);

        foreach (var mode in new[] { ProbeMode.Direct, ProbeMode.Shadow })
        {
            var probed = await database.ProbeAsync(await database.JudgeAsync(example.Kind, example.Claim), mode);

            Assert.True(probed.Verdict == Verdict.Pass, $"{mode}: {Describe(probed)}");
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

    private async Task<List<string>> TryAllAsync(
        string name,
        int major,
        bool harmless,
        Func<ExampleDatabase, KindExample, Sabotage, Task<string?>> judge
    )
    {
        var example = KindExample.All[name];
        await using var database = await ExampleDatabase.CreateAsync(servers, major);
        if (!example.MakesRoles)
        {
            await database.ExecuteAsync(example.Schema);
        }

        var failures = new List<string>();
        foreach (
            var sabotage in example.Sabotages.Where(sabotage =>
                sabotage.Harmless == harmless
                // What may concern a claim or not concerns every example, but for those that only acting decides.
                && !(sabotage.Speculative && example.Kind.IsBehavioural)
                && sabotage.AppliesTo(major)
            )
        )
        {
            var failure = await database.TryAsync(async () =>
            {
                if (example.MakesRoles)
                {
                    await database.ExecuteAsync(example.Schema);
                }

                if (sabotage.NeedsCatalogWrite)
                {
                    await database.ExecuteAsync("SET LOCAL allow_system_table_mods = on");
                }

                await database.ExecuteAsync(sabotage.Statements);
                return await judge(database, example, sabotage);
            });
            if (failure is not null)
            {
                failures.Add($"{name} on {major}: \"{sabotage.Name}\" {failure}");
            }
        }

        return failures;
    }

    /// <summary>Everything here is rolled back, and CONCURRENTLY cannot be; it changes how long locks are held, not what is made.</summary>
    private static string InTransaction(string remedy) => remedy.Replace(" CONCURRENTLY", "", StringComparison.Ordinal);

    private static string Describe(CheckResult result) =>
        $"{result.Verdict.Word()}: {result.Explanation} {result.Next}"
        + string.Concat(
            result.Differences.Select(difference =>
                $" [{difference.Path}: expected {difference.Expected?.ToJsonString() ?? "null"}, found {difference.Observed?.ToJsonString() ?? "null"}]"
            )
        );
}
