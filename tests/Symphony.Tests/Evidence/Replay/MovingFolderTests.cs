using Symphony.Evidence;
using Symphony.Evidence.Replay;
using Symphony.Kinds;

namespace Symphony.Tests.Evidence.Replay;

/// <summary>An evidence folder that is examined while runs are published in it: what they change is not what is wrong.</summary>
public sealed class MovingFolderTests : IDisposable
{
    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_that_ends_while_the_folder_is_examined_is_no_finding()
    {
        await _folder.RunAsync();
        var writing = WriteAsync();
        var examined = 0;
        while (!writing.IsCompleted || examined < 3)
        {
            Assert.Equal([], _folder.Examine().Findings);
            Assert.Equal([], _folder.ExamineUnsigned().Findings);
            examined++;
        }

        await writing;
    }

    [Fact]
    public async Task Nor_does_it_stand_against_the_newest_evidence_of_a_key()
    {
        await _folder.RunAsync();
        var writing = WriteAsync();
        var read = 0;
        while (!writing.IsCompleted || read < 3)
        {
            var examination = new Examination();
            var newest = new NewestReader(_folder.Root, KindRegistry.Standard, examination)
            {
                Key = _folder.Key.Public,
            }.Read(new EvidenceKey(Samples.Task, Samples.Signature));
            Assert.NotNull(newest);
            Assert.Equal([], examination.Findings);
            read++;
        }

        await writing;
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_the_lock_is_not_waited_for()
    {
        await _folder.RunAsync();
        File.Delete(_folder.File(".lock"));
        using var made = System.Diagnostics.Process.Start("mkfifo", [_folder.File(".lock")]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal([], _folder.Examine().Findings);
    }

    /// <summary>By turns other bundles of the same key, so that the newest one is another each time.</summary>
    private Task WriteAsync() =>
        Task.Run(
            async () =>
            {
                for (var i = 0; i < 60; i++)
                {
                    await _folder.RunAsync(i % 2 == 0 ? Samples.Set(Samples.Invariant("a-holds")) : null);
                }
            },
            TestContext.Current.CancellationToken
        );
}
