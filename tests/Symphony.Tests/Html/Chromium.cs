using Microsoft.Playwright;

namespace Symphony.Tests.Html;

/// <summary>The browser on this machine, without a window; one for all tests of a class.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find() });
    }

    /// <summary>A page that is watched: what it logs, throws or asks a network for.</summary>
    internal async Task<WatchedPage> OpenAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        var context = await _browser!.NewContextAsync(options ?? new());
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add($"dialog: {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (request.Url.Split('#')[0] != address.AbsoluteUri.Split('#')[0])
            {
                complaints.Add($"request: {request.Url}");
            }
        };
        await page.GotoAsync(address.AbsoluteUri);
        return new WatchedPage(page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"The tests of the report page need a browser in PATH ({string.Join(", ", Names)}): apt-get install chromium"
        );
}

internal sealed record WatchedPage(IPage Page, IReadOnlyList<string> Complaints) : IAsyncDisposable
{
    public ILocator Rows => Page.Locator(".check");

    public ILocator Count => Page.Locator("#count");

    public Task<T> Evaluate<T>(string script) => Page.EvaluateAsync<T>(script);

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
