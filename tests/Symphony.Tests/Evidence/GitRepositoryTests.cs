using System.Diagnostics;
using Symphony.Evidence;

namespace Symphony.Tests.Evidence;

public sealed class GitRepositoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_outside_a_repository_has_no_state() =>
        Assert.Null(
            await GitRepository.ObserveAsync(
                _folder.Path,
                _folder.File("evidence"),
                TestContext.Current.CancellationToken
            )
        );

    [Fact]
    public async Task A_commit_is_found_wherever_git_keeps_it()
    {
        Git("init -q -b main");
        Assert.Equal(new GitState(null, Dirty: false), await ObserveAsync());
        File.WriteAllText(_folder.File("a"), "a");
        Git("add a");
        Git("commit -q -m one");
        var commit = Git("rev-parse HEAD");
        Assert.Equal(new GitState(commit, Dirty: false), await ObserveAsync());
        Git("pack-refs --all");
        Assert.Equal(commit, (await ObserveAsync())!.Commit);
        Git("checkout -q --detach");
        Assert.Equal(commit, (await ObserveAsync())!.Commit);
        Git("worktree add -q -b other tree");
        Assert.Equal(new GitState(commit, Dirty: false), await ObserveAsync("tree"));
    }

    [Fact]
    public async Task A_changed_or_new_file_is_dirt_but_evidence_is_not()
    {
        Git("init -q");
        Directory.CreateDirectory(_folder.File("evidence"));
        File.WriteAllText(_folder.File("evidence/run.json"), "{}");
        Assert.False((await ObserveAsync())!.Dirty);
        Directory.CreateDirectory(_folder.File("below"));
        File.WriteAllText(_folder.File("new"), "");
        Assert.True((await ObserveAsync("below"))!.Dirty);
    }

    private Task<GitState?> ObserveAsync(string below = ".") =>
        GitRepository.ObserveAsync(
            _folder.File(below),
            _folder.File("evidence"),
            TestContext.Current.CancellationToken
        );

    private string Git(string arguments)
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", $"-c user.name=test -c user.email=test@example.org {arguments}")
            {
                WorkingDirectory = _folder.Path,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
