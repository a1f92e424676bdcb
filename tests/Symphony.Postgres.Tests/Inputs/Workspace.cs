using System.Text.Json;
using Symphony.Cli;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>What a command returned and printed.</summary>
internal sealed record CliRun(ExitCode Exit, string Output, string Error)
{
    public string All => Output + Error;
}

/// <summary>A folder with manifests and evidence, and the commands run in it, in this process.</summary>
internal sealed class Workspace : IDisposable
{
    public const string Task = "TSK-1";

    public const string Signature = "P0.INPUTS";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("symphony-inputs-");

    /// <summary>What the commands take for today.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Root => folder.FullName;

    public string Evidence => Path.Combine(Root, "evidence");

    private string BundlePath => Path.Combine(Evidence, Task, Signature + ".json");

    /// <summary>The checkout that these tests were built from.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <param name="invariants">The entries of a manifest's list, each beginning with <c>- id:</c> at the left edge.</param>
    public Workspace Claim(string invariants)
    {
        var head = $"symphony: 1\ntask: {Task}\nfailure_signature: {Signature}\ninvariants:\n";
        return Write("invariants/claims.yml", head + invariants.ReplaceLineEndings("\n") + "\n");
    }

    /// <param name="waivers">The entries of the list.</param>
    public Workspace Waive(string waivers) =>
        Write("invariants/waivers.yml", "waivers:\n" + waivers.ReplaceLineEndings("\n") + "\n");

    public Workspace Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public Task<CliRun> VerifyAsync(TestDatabase database, params string[] options) =>
        VerifyAsync(database.ConnectionString, options);

    public Task<CliRun> VerifyAsync(string url, params string[] options) => RunAsync(url, ["verify", .. options]);

    /// <param name="url">The environment's DATABASE_URL.</param>
    /// <param name="args">The command and its options.</param>
    public async Task<CliRun> RunAsync(string? url, IReadOnlyList<string> args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var context = new CliContext(
            output,
            error,
            Root,
            name =>
                name == "DATABASE_URL" ? url
                : name == "PATH" ? Environment.GetEnvironmentVariable(name)
                : null,
            Clock
        );
        var exit = await CommandLine.RunAsync(args, context, TestContext.Current.CancellationToken);
        return new CliRun(exit, output.ToString(), error.ToString());
    }

    /// <summary>The bundle of the newest run, as bytes.</summary>
    public byte[] BundleBytes() => File.ReadAllBytes(BundlePath);

    /// <summary>The bundle of the newest run.</summary>
    public JsonElement Bundle() => JsonElement.Parse(BundleBytes());

    /// <summary>The checks of the newest bundle, in its order.</summary>
    public IReadOnlyList<JsonElement> Checks() => [.. Bundle().GetProperty("checks").EnumerateArray()];

    /// <summary>The one check of a manifest with one claim.</summary>
    public JsonElement Check() => Assert.Single(Checks());

    /// <summary>Every file below the evidence folder, read.</summary>
    public string AllEvidence() =>
        string.Join(
            '\n',
            Directory.EnumerateFiles(Evidence, "*", SearchOption.AllDirectories).Select(File.ReadAllText)
        );

    public void Dispose() => folder.Delete(recursive: true);

    private static string FindCheckout()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Symphony.sln")))
        {
            directory =
                Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("not inside a checkout");
        }

        return directory;
    }
}
