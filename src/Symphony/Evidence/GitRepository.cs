using System.ComponentModel;
using System.Diagnostics;

namespace Symphony.Evidence;

/// <summary>The working tree that a folder belongs to. The commit is read from git's files; only git itself knows what is dirty.</summary>
public sealed class GitRepository
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _root;
    private readonly string _gitFolder;

    private GitRepository(string root, string gitFolder) => (_root, _gitFolder) = (root, gitFolder);

    /// <summary>
    /// Looks at the repository around <paramref name="folder"/>; null when there is none. Begun before the
    /// verification and awaited after it, it costs no time.
    /// </summary>
    /// <param name="evidence">The evidence folder: what a run writes does not make the tree dirty.</param>
    public static Task<GitState?> ObserveAsync(string folder, string evidence, CancellationToken cancel) =>
        Task.Run(
            async () =>
                Find(folder) is { } repository
                    ? new GitState(repository.ReadCommit(), await repository.IsDirtyAsync(evidence, cancel))
                    : null,
            cancel
        );

    /// <summary>The commit that is checked out around a folder; null when there is none, or it cannot be read.</summary>
    public static string? CommitOf(string folder) => Find(folder)?.ReadCommit();

    internal static GitRepository? Find(string folder)
    {
        for (var root = Path.GetFullPath(folder); root is not null; root = Path.GetDirectoryName(root))
        {
            var git = Path.Combine(root, ".git");
            if (Directory.Exists(git))
            {
                return new GitRepository(root, git);
            }

            // In a linked worktree and in a submodule, .git is a file that says where the folder is.
            if (ReadLine(git) is { } line && line.StartsWith("gitdir: ", StringComparison.Ordinal))
            {
                return new GitRepository(root, Path.GetFullPath(line["gitdir: ".Length..], root));
            }
        }

        return null;
    }

    /// <summary>The commit's digest; null before the first commit, or when git keeps its refs in a way not known here.</summary>
    internal string? ReadCommit()
    {
        var head = ReadLine(Path.Combine(_gitFolder, "HEAD"));
        if (head is null || !head.StartsWith("ref: ", StringComparison.Ordinal))
        {
            return AsCommit(head);
        }

        var name = head["ref: ".Length..];
        var common = ReadLine(Path.Combine(_gitFolder, "commondir")) is { } path
            ? Path.GetFullPath(path, _gitFolder)
            : _gitFolder;
        return AsCommit(
            ReadLine(Path.Combine(_gitFolder, name)) ?? ReadLine(Path.Combine(common, name)) ?? ReadPacked(common, name)
        );
    }

    /// <summary>Null when there is no git to ask, when it refuses (another user's repository), or takes too long.</summary>
    internal async Task<bool?> IsDirtyAsync(string evidence, CancellationToken cancel)
    {
        // The monitor is a program that the repository names, and the index is not to be written.
        var start = new ProcessStartInfo(
            "git",
            ["-c", "core.fsmonitor=false", "status", "--porcelain", "--", ":/", .. Except(evidence)]
        )
        {
            WorkingDirectory = _root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["GIT_OPTIONAL_LOCKS"] = "0" },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var git = Process.Start(start)!;
            try
            {
                var complaints = git.StandardError.ReadToEndAsync(limit.Token);
                var changes = await git.StandardOutput.ReadToEndAsync(limit.Token);
                await complaints;
                await git.WaitForExitAsync(limit.Token);
                return git.ExitCode == 0 ? changes.Length > 0 : null;
            }
            catch (OperationCanceledException)
            {
                git.Kill();
                return null;
            }
        }
        catch (Exception absent) when (absent is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private string[] Except(string evidence)
    {
        var path = Path.GetRelativePath(_root, evidence).Replace('\\', '/');
        return path == "." || path.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(path)
            ? []
            : [$":(exclude,literal,top){path}"];
    }

    private static string? ReadPacked(string common, string name) =>
        ReadLines(Path.Combine(common, "packed-refs"))
            .FirstOrDefault(line => line.EndsWith(" " + name, StringComparison.Ordinal))
            ?.Split(' ')[0];

    private static string? AsCommit(string? text) =>
        text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower) ? text : null;

    private static string? ReadLine(string path) => ReadLines(path).FirstOrDefault()?.Trim();

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
