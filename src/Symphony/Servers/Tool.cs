using System.ComponentModel;
using System.Diagnostics;

namespace Symphony.Servers;

/// <summary>What a finished tool wrote and returned.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last lines of what it wrote, on one line: enough to say why it failed.</summary>
    public string Reason
    {
        get
        {
            var lines = (Error + "\n" + Output).Split(
                '\n',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            );
            return lines.Length == 0 ? $"exit code {ExitCode}" : string.Join("; ", lines.TakeLast(4));
        }
    }
}

/// <summary>Small programs run to their end: initdb, npm, a version question.</summary>
internal static class Tool
{
    /// <summary>The full path of a program in PATH, or null.</summary>
    public static string? Find(string name, Func<string, string?> environment) =>
        (environment("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <remarks>
    /// A program that cannot be started is a result like any other failure. The working folder is "/" unless given:
    /// another user may not be allowed into ours.
    /// </remarks>
    public static async Task<ToolResult> RunAsync(
        IReadOnlyList<string> command,
        CancellationToken cancel,
        string workingFolder = "/"
    )
    {
        Process process;
        try
        {
            process = Start(command, workingFolder);
        }
        catch (Win32Exception failure)
        {
            return new ToolResult(127, "", failure.Message);
        }

        using (process)
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                await process.WaitForExitAsync(cancel);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return new ToolResult(process.ExitCode, await output, await error);
        }
    }

    /// <summary>Starts a program with all its streams redirected.</summary>
    public static Process Start(IReadOnlyList<string> command, string workingFolder = "/") =>
        Process.Start(
            new ProcessStartInfo(command[0], command.Skip(1))
            {
                WorkingDirectory = workingFolder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
