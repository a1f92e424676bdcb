using Symphony.Postgres.Tests.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>What every kind promises, on every server, of the changes that break nothing.</summary>
public sealed class HarmlessContract(PostgresServers servers)
{
    [Theory]
    [MemberData(nameof(KindContract.ExamplesAndMajors), MemberType = typeof(KindContract))]
    public async Task No_harmless_change_raises_an_alarm(string name, int major)
    {
        var failures = await ExampleTrials.TryAllAsync(
            servers,
            name,
            major,
            harmless: true,
            async (database, example, _) =>
            {
                var result = await database.JudgeAsync(example.Kind, example.Claim);
                return result.Verdict == Verdict.Pass ? null : $"raised an alarm: {result.InWords()}";
            }
        );

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
