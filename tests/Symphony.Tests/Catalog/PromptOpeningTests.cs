using Symphony.Catalog;
using Symphony.Migrations;
using Symphony.Schemas;
using Symphony.Tests.Servers;

namespace Symphony.Tests.Catalog;

/// <summary>Ctrl-C is obeyed while a server that has taken the connection stays silent.</summary>
public sealed class PromptOpeningTests
{
    private static readonly SessionLimits Patient = SessionLimits.Default with { Connect = TimeSpan.FromMinutes(15) };

    [Theory]
    [InlineData("disable")]
    [InlineData("prefer")]
    [InlineData("require")]
    public async Task A_session_does_not_wait_for_the_servers_first_word(string encryption)
    {
        using var server = new SilentServer();
        var target = Parse($"{server.Url}?sslmode={encryption}");

        await IsInterruptedAsync(server, cancel => CatalogSession.OpenAsync(target, Patient, cancel));
    }

    [Fact]
    public async Task Nor_do_migrations()
    {
        using var server = new SilentServer();
        var target = Parse($"{server.Url}?connect_timeout=900");

        await IsInterruptedAsync(server, cancel => MigrationSession.OpenAsync(target.ToConnectionString(), cancel));
    }

    [Fact]
    public async Task Nor_does_the_comparison_of_schemas()
    {
        using var server = new SilentServer();
        var target = Parse($"{server.Url}?connect_timeout=900");

        await IsInterruptedAsync(server, cancel => LiveSchema.ReadAsync(target, cancel));
    }

    private static ConnectionTarget Parse(string url) => ConnectionTarget.Parse(url, _ => null);

    private static async Task IsInterruptedAsync(SilentServer server, Func<CancellationToken, Task> open)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var opening = open(interrupt.Token);
        await server.Heard.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(TimeSpan.FromMinutes(1)));
    }
}
