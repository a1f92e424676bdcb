using System.Text.Json;
using Symphony.Catalog;
using Symphony.Postgres.Tests.Servers;
using Symphony.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>Queries that are ready are asked while the others are still being put together.</summary>
public sealed class ReadyQueriesTests(PostgresServers servers)
{
    private static readonly FactQuery First = Query("first", "'1'::json");
    private static readonly FactQuery Second = Query("second", "'2'::json");
    private static readonly FactQuery Broken = Query("broken", "1 / 0");

    private readonly TaskCompletionSource<Questions> _whole = new();
    private readonly List<string> _arrived = [];

    [Theory]
    [MemberData(nameof(PostgresServers.Majors), MemberType = typeof(PostgresServers))]
    public async Task Their_facts_arrive_before_the_rest_is_known(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await using var session = await OpenAsync(database);
        var here = new TaskCompletionSource();

        var reading = session.ReadAsync(
            [First],
            _whole.Task,
            (_, facts) =>
            {
                _arrived.Add(facts.Query.Name);
                here.TrySetResult();
            },
            TestContext.Current.CancellationToken
        );
        await here.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(reading.IsCompleted);
        _whole.SetResult(new Questions([First, Second], []));
        var snapshot = await reading;

        Assert.Equal(["first", "second"], _arrived);
        Assert.Null(snapshot.Error);
        Assert.NotNull(snapshot.Target.SchemaFingerprint);
        Assert.Equal(["1", "2"], snapshot.Facts.OrderBy(set => set.Key).Select(set => Fact(set.Value)));
    }

    [Fact]
    public async Task What_fails_among_the_rest_leaves_them_their_facts()
    {
        await using var database = await servers.CreateDatabaseAsync(ServerOptions.DefaultMajor);
        await using var session = await OpenAsync(database);
        _whole.SetResult(new Questions([First, Broken, Second], []));

        var snapshot = await session.ReadAsync(
            [First],
            _whole.Task,
            (_, facts) => _arrived.Add(facts.Query.Name),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["first"], _arrived);
        Assert.Equal("1", Fact(snapshot.Facts["first"]));
        Assert.Equal("22012", snapshot.Error?.SqlState);
        Assert.Equal(snapshot.Error, snapshot.Facts["broken"].Error);
        Assert.Equal(snapshot.Error, snapshot.Facts["second"].Error);
        Assert.Equal(ServerOptions.DefaultMajor, snapshot.Target.ServerVersionNum / 10000);
    }

    [Fact]
    public async Task What_fails_among_them_is_told_of_the_rest_too()
    {
        await using var database = await servers.CreateDatabaseAsync(ServerOptions.DefaultMajor);
        await using var session = await OpenAsync(database);

        var reading = session.ReadAsync(
            [Broken],
            _whole.Task,
            (_, facts) => _arrived.Add(facts.Query.Name),
            TestContext.Current.CancellationToken
        );
        _whole.SetResult(new Questions([Broken, Second], []));
        var snapshot = await reading;

        Assert.Empty(_arrived);
        Assert.Equal(["22012", "22012"], snapshot.Facts.Values.Select(set => set.Error?.SqlState));
    }

    [Fact]
    public async Task What_cannot_be_put_together_is_no_fault_of_the_server()
    {
        await using var database = await servers.CreateDatabaseAsync(ServerOptions.DefaultMajor);
        await using var session = await OpenAsync(database);
        _whole.SetException(new InvalidDataException("the rest"));

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            session.ReadAsync([First], _whole.Task, (_, _) => { }, TestContext.Current.CancellationToken)
        );

        Assert.Equal("the rest", failure.Message);
    }

    private static FactQuery Query(string name, string fact) =>
        new(
            name,
            $"SELECT 1, {fact} FROM unnest($1::text[], $2::text[], $3::text[]) AS s (schema_name, relation_name, name)",
            [new Subject("s", "t", null)]
        );

    private static string? Fact(FactSet set) => set.Facts is [JsonElement fact] ? fact.GetRawText() : null;

    private static Task<CatalogSession> OpenAsync(TestDatabase database) =>
        CatalogSession.OpenAsync(
            ConnectionTarget.Parse(database.ConnectionString, _ => null),
            SessionLimits.Default,
            TestContext.Current.CancellationToken
        );
}
