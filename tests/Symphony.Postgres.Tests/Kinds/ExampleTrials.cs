using Symphony.Kinds;
using Symphony.Postgres.Tests.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>The changes that an example is tried with, each in a transaction of its own that also makes the schema.</summary>
internal static class ExampleTrials
{
    /// <summary>What is said to be wrong, change by change.</summary>
    /// <param name="harmless">Whether the changes are those that must not raise an alarm, or those that must.</param>
    /// <param name="judge">What is wrong now that the change is made, or null.</param>
    public static async Task<List<string>> TryAllAsync(
        PostgresServers servers,
        string name,
        int major,
        bool harmless,
        Func<ExampleDatabase, KindExample, Sabotage, Task<string?>> judge
    )
    {
        var example = KindExample.All[name];
        await using var database = await ExampleDatabase.BorrowAsync(servers, major, example);
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
                await database.ExecuteAsync(example.Schema);
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

    public static string InWords(this CheckResult result) =>
        $"{result.Verdict.Word()}: {result.Explanation} {result.Next}"
        + string.Concat(
            result.Differences.Select(difference =>
                $" [{difference.Path}: expected {difference.Expected?.ToJsonString() ?? "null"}, found {difference.Observed?.ToJsonString() ?? "null"}]"
            )
        );
}
