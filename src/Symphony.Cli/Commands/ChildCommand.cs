using System.ComponentModel;
using System.Diagnostics;

namespace Symphony.Cli.Commands;

/// <summary>Another program, run in our place with our terminal, and ended when we are interrupted.</summary>
internal static class ChildCommand
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <returns>The program's exit code; 128 and the signal's number when a signal ended it.</returns>
    /// <exception cref="InputException">There is no such program.</exception>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> words,
        IReadOnlyDictionary<string, string> variables,
        CliContext context,
        CancellationToken cancel
    )
    {
        using var process = Start(words, variables, context);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
        }

        return process.ExitCode;
    }

    private static Process Start(
        IReadOnlyList<string> words,
        IReadOnlyDictionary<string, string> variables,
        CliContext context
    )
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { WorkingDirectory = context.WorkingDirectory };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new InputException(
                $"{words[0]} cannot be run",
                "a program in PATH, or a path to one",
                failure.Message,
                "correct the command after \"--\"",
                failure
            );
        }
    }

    /// <summary>A terminal's Ctrl-C has reached the program too: it is left to end by itself, then asked, then killed.</summary>
    private static async Task EndAsync(Process process)
    {
        if (await EndsAsync(process))
        {
            return;
        }

        using (var ask = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await ask.WaitForExitAsync(CancellationToken.None);
        }

        if (!await EndsAsync(process))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> EndsAsync(Process process)
    {
        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(grace.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
