using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Kinds.Index;
using Symphony.Kinds.Unique;
using Symphony.Kinds.View;
using Symphony.Postgres.Tests.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>What every kind that reads the catalog promises to a role that may connect, and nothing else.</summary>
public sealed class ReaderContract(PostgresServers servers)
{
    /// <summary>A query and a ledger read tables, for which a role needs a privilege; a probe writes to them.</summary>
    public static TheoryData<string, int> ExamplesAndMajors =>
        new(
            KindContract.ExamplesAndMajors.Where(row =>
                !row.Data.Item1.StartsWith("query", StringComparison.Ordinal)
                && !row.Data.Item1.StartsWith("ledger", StringComparison.Ordinal)
                && !row.Data.Item1.StartsWith("probe", StringComparison.Ordinal)
            )
        );

    public static TheoryData<int> Majors => PostgresServers.Majors;

    [Theory]
    [MemberData(nameof(ExamplesAndMajors))]
    public async Task It_sees_that_the_example_holds_with_usage_of_the_schemas_alone(string name, int major)
    {
        var example = KindExample.All[name];
        // Not planned ahead: here the server reads the queries beside all that the schema has made, and as that role.
        await using var database = await ExampleDatabase.BorrowAsync(servers, major);

        var wrong = await database.TryAsync(async () =>
        {
            await database.ExecuteAsync(
                example.Schema,
                "CREATE ROLE symphony_reader",
                // Who may use a schema is the very claim of the kind `schema`, which needs no right to it.
                example.Kind.Key == "schema"
                    ? "SELECT 1"
                    : """
                    DO $$ DECLARE s text; BEGIN
                      FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' LOOP
                        EXECUTE format('GRANT USAGE ON SCHEMA %I TO symphony_reader', s);
                      END LOOP;
                    END $$
                    """,
                "SET LOCAL ROLE symphony_reader"
            );
            var result = await database.JudgeAsync(example.Kind, example.Claim);
            return result.Verdict == Verdict.Pass
                ? null
                : $"{result.Verdict.Word()}: {result.Explanation} {result.Next}";
        });

        Assert.Null(wrong);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task A_view_is_no_security_invoker_where_the_server_knows_none(int major)
    {
        await using var database = await ExampleDatabase.BorrowAsync(servers, major);
        await database.ExecuteAsync("BEGIN", "CREATE VIEW seen AS SELECT 1 AS a");

        var result = await database.JudgeAsync(
            KindRegistry.Standard.Find("view")!,
            new ViewClaim { Name = new ObjectName("public", "seen"), SecurityInvoker = Validation.True }
        );

        Assert.Equal(major < 15 ? Verdict.Error : Verdict.Fail, result.Verdict);
        Assert.Contains(major < 15 ? "PostgreSQL 15" : "owner's rights", result.Explanation!, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task NULLs_are_not_claimed_equal_where_the_server_cannot_make_them_so(int major)
    {
        await using var database = await ExampleDatabase.BorrowAsync(servers, major);
        await database.ExecuteAsync("BEGIN", "CREATE TABLE t (a integer CONSTRAINT t_a UNIQUE)");

        var table = new ObjectName("public", "t");
        var unique = await database.JudgeAsync(
            KindRegistry.Standard.Find("unique")!,
            new UniqueClaim
            {
                Table = table,
                Name = "t_a",
                Columns = ["a"],
                NullsDistinct = false,
            }
        );
        var index = await database.JudgeAsync(
            KindRegistry.Standard.Find("index")!,
            new IndexClaim
            {
                Table = table,
                Name = "t_a",
                Columns = [IndexColumn.Parse("a")],
                Unique = true,
                NullsDistinct = false,
            }
        );

        Assert.Equal(major < 15 ? Verdict.Error : Verdict.Fail, unique.Verdict);
        Assert.Equal(major < 15 ? Verdict.Error : Verdict.Fail, index.Verdict);
    }
}
