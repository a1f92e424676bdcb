using System.Diagnostics;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Reports;

/// <summary>Judges that are not ours: what <c>scripts/dev/validators.sh</c> installs. Without them a test fails.</summary>
internal static class Validator
{
    private static readonly Lazy<Task<string>> Folder = new(InstallAsync);

    /// <summary>Where they are installed.</summary>
    public static Task<string> FolderAsync() => Folder.Value;

    /// <summary>The judge accepts the text.</summary>
    /// <returns>What it read.</returns>
    public static async Task<string> AcceptAsync(string format, string text, params string[] more)
    {
        var (exit, output, error) = await JudgeAsync(format, text, more);
        Assert.True(exit == 0, $"{format} is refused:\n{error}\n{text}");
        return output;
    }

    /// <summary>The judge sees what is wrong: it is awake.</summary>
    public static async Task RefuseAsync(string format, string text, params string[] more)
    {
        var (exit, _, error) = await JudgeAsync(format, text, more);
        Assert.Equal(1, exit);
        Assert.DoesNotContain("the judge itself failed", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> JudgeAsync(
        string format,
        string text,
        string[] more
    )
    {
        using var folder = new TemporaryFolder();
        var file = folder.File($"report.{format}");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return await RunAsync(
            "node",
            [Repository.File("scripts/dev/validators/validate.mjs"), await Folder.Value, format, file, .. more]
        );
    }

    private static async Task<string> InstallAsync()
    {
        var (exit, output, error) = await RunAsync("bash", [Repository.File("scripts/dev/validators.sh")]);
        return exit == 0 ? output.Trim() : throw new InvalidOperationException(error);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
