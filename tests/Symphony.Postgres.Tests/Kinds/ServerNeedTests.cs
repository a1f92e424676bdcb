using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Kinds.DefaultPrivileges;
using Symphony.Kinds.EventTrigger;
using Symphony.Kinds.Index;
using Symphony.Kinds.Privileges;
using Symphony.Kinds.Publication;
using Symphony.Postgres.Tests.Servers;
using Symphony.Verification;

namespace Symphony.Postgres.Tests.Kinds;

/// <summary>What a server cannot express is neither there nor missing, and no statement it would refuse is offered.</summary>
public sealed class ServerNeedTests(PostgresServers servers)
{
    private static readonly ObjectName Table = new("public", "t");

    public static TheoryData<int> Majors => PostgresServers.Majors;

    [Theory, MemberData(nameof(Majors))]
    public async Task MAINTAIN_is_undecided_before_17(int major) =>
        await ExpectAsync(
            major,
            17,
            "privileges",
            new PrivilegesClaim
            {
                On = new PrivilegesObject { Table = Table },
                To = "PUBLIC",
                Exactly = ["MAINTAIN"],
            }
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task MAINTAIN_on_new_tables_is_undecided_before_17(int major) =>
        await ExpectAsync(
            major,
            17,
            "default_privileges",
            new DefaultPrivilegesClaim
            {
                Role = "pg_database_owner",
                Objects = DefaultObjects.All.Single(objects => objects.Text == "tables"),
                Grants = new Dictionary<string, IReadOnlyList<string>> { ["PUBLIC"] = ["maintain"] },
            }
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_missing_event_trigger_on_login_is_undecided_before_17(int major) =>
        await ExpectAsync(
            major,
            17,
            "event_trigger",
            new EventTriggerClaim
            {
                Name = "welcome",
                Event = DatabaseEvent.Login,
                Function = new ObjectName("public", "welcome"),
            }
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_missing_index_whose_NULLs_are_equal_is_undecided_before_15(int major) =>
        await ExpectAsync(
            major,
            15,
            "index",
            new IndexClaim
            {
                Table = Table,
                Name = "t_a",
                Columns = [IndexColumn.Parse("a")],
                Unique = true,
                NullsDistinct = false,
            }
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_missing_publication_of_some_rows_is_undecided_before_15(int major) =>
        await ExpectAsync(
            major,
            15,
            "publication",
            new PublicationClaim { Name = "p", Tables = [new PublishedTable { Table = Table, Where = "a > 0" }] }
        );

    [Theory, MemberData(nameof(Majors))]
    public async Task A_publication_of_generated_columns_is_undecided_before_18(int major) =>
        await ExpectAsync(
            major,
            18,
            "publication",
            new PublicationClaim
            {
                Name = "p",
                Tables = [new PublishedTable { Table = Table }],
                GeneratedColumns = PublishedGenerated.Stored,
            }
        );

    private async Task ExpectAsync(int major, int since, string kind, Claim claim)
    {
        await using var database = await ExampleDatabase.BorrowAsync(servers, major);
        await database.ExecuteAsync("BEGIN", "CREATE TABLE t (a integer)");

        var result = await database.JudgeAsync(KindRegistry.Standard.Find(kind)!, claim);

        if (major >= since)
        {
            Assert.Equal(Verdict.Fail, result.Verdict);
        }
        else
        {
            Assert.Equal(Verdict.Error, result.Verdict);
            Assert.Contains($"before PostgreSQL {since}", result.Explanation!, StringComparison.Ordinal);
            Assert.Contains($"PostgreSQL {since} or newer", result.Next!, StringComparison.Ordinal);
            Assert.Empty(result.Remedy);
        }
    }
}
