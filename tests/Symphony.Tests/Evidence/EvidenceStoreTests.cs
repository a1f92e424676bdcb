using System.Security.Cryptography;
using System.Text.Json;
using Symphony.Evidence;

namespace Symphony.Tests.Evidence;

public sealed class EvidenceStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_runs_at_once_both_land()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync())));
        Assert.Equal(8, runs.Select(run => run.RunId).Distinct().Count());
        Assert.Equal(8, CompleteRuns().Count);
        Assert.Empty(Temporaries());
    }

    [Fact]
    public async Task A_writer_killed_at_any_moment_leaves_only_whole_files()
    {
        var before = await WriteAsync();
        var writers = Enumerable.Range(0, 6).Select(_ => WriterProcess.Start(_folder.Path)).ToList();
        try
        {
            await Waiting.UntilAsync(() => CompleteRuns().Count > 6);
            var random = new Random();
            foreach (var writer in writers)
            {
                await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
                writer.Kill();
                await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.Contains(before.RunId, CompleteRuns());
                AssertNewestIsWhole();
            }
        }
        finally
        {
            writers.ForEach(writer => writer.Kill());
        }

        await WriteAsync();
        AssertNewestIsWhole();
    }

    [Fact]
    public async Task What_a_killed_run_left_is_not_read_and_in_time_removed()
    {
        await WriteAsync();
        var left = _folder.File($"{Samples.Task}/.0123456789abcdef.tmp");
        File.WriteAllText(left, "{\"half\":");
        await WriteAsync();
        Assert.True(File.Exists(left));
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
        await WriteAsync();
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task Nothing_appears_when_the_run_is_interrupted()
    {
        var store = EvidenceStore.Open(_folder.Path);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new EvidenceWriter(store, TimeProvider.System).WriteAsync(
                Samples.Report,
                Samples.Manifests,
                [.. Samples.Manifests.Invariants],
                Samples.Run(DateTimeOffset.UtcNow),
                new CancellationToken(canceled: true)
            )
        );
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_interrupted_run_leaves_no_folder_that_was_not_there_before()
    {
        Directory.CreateDirectory(_folder.File("there"));
        var store = EvidenceStore.Open(_folder.File("there/not/yet"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new EvidenceWriter(store, TimeProvider.System).WriteAsync(
                Samples.Report,
                Samples.Manifests,
                [.. Samples.Manifests.Invariants],
                // When the bundles are on the disk, under temporary names.
                Samples.Run(DateTimeOffset.UtcNow) with
                {
                    Git = Task.FromCanceled<GitState?>(new CancellationToken(canceled: true)),
                },
                TestContext.Current.CancellationToken
            )
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("there")));
    }

    /// <summary>A run that comes to nothing removes its empty folders under the hands of others.</summary>
    [Fact]
    public async Task Who_tries_a_folder_does_not_keep_others_from_writing_into_it()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, cancel) =>
            {
                var store = EvidenceStore.Open(_folder.File($"{i / 8}/evidence"));
                if (i % 2 == 0)
                {
                    await new EvidenceWriter(store, TimeProvider.System).WriteAsync(
                        Samples.Report,
                        Samples.Manifests,
                        [.. Samples.Manifests.Invariants],
                        Samples.Run(DateTimeOffset.UtcNow),
                        cancel
                    );
                }
            }
        );
        Assert.Equal(100, Directory.GetFiles(_folder.Path, "run.json", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_path_that_is_a_file_is_bad_input()
    {
        var file = _folder.File("evidence");
        File.WriteAllText(file, "");
        foreach (var path in new[] { file, Path.Combine(file, "below") })
        {
            var refused = Assert.Throws<InputException>(() => EvidenceStore.Open(path));
            Assert.Contains(path, refused.Expected, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_disk_that_fails_on_the_way_leaves_everything_as_it_was()
    {
        await WriteAsync();
        var files = Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).ToList();
        var newest = Newest().ToDictionary(path => path, File.ReadAllBytes);

        // The first task's files are staged; the second one's folder cannot be.
        File.WriteAllText(_folder.File("TSK-P0-150"), "");
        var manifests = Samples.Set(Samples.Invariant("a"), Samples.Invariant("b") with { Task = "TSK-P0-150" });
        var report = Samples.Judge([.. manifests.Invariants], _ => Samples.Fact());
        var failure = await Assert.ThrowsAsync<UnobservedException>(() =>
            new EvidenceWriter(EvidenceStore.Open(_folder.Path), TimeProvider.System).WriteAsync(
                report,
                manifests,
                [.. manifests.Invariants],
                Samples.Run(DateTimeOffset.UtcNow),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("TSK-P0-150", failure.Found, StringComparison.Ordinal);
        File.Delete(_folder.File("TSK-P0-150"));
        Assert.All(newest, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
        Assert.Equal(
            files.Order(),
            Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order()
        );
    }

    [Theory]
    [InlineData("../TSK", "P0.A")]
    [InlineData("tsk", "P0.A")]
    [InlineData("TSK", "P0")]
    [InlineData("TSK", "P0./A")]
    [InlineData("TSK", "P0..A")]
    [InlineData("TSK", "P0.A\n")]
    [InlineData("TSK\u0000", "P0.A")]
    public void Only_tasks_and_signatures_become_file_names(string task, string signature) =>
        Assert.Throws<InvalidOperationException>(() => new EvidenceKey(task, signature).ToPath());

    private Task<RunDocument> WriteAsync(RunInfo? run = null) =>
        new EvidenceWriter(EvidenceStore.Open(_folder.Path), TimeProvider.System).WriteAsync(
            Samples.Report,
            Samples.Manifests,
            [.. Samples.Manifests.Invariants],
            run ?? Samples.Run(DateTimeOffset.UtcNow),
            TestContext.Current.CancellationToken
        );

    private IEnumerable<string> Newest() => Directory.EnumerateFiles(_folder.File(Samples.Task), "*.json");

    private IEnumerable<string> Temporaries() =>
        Directory.EnumerateFiles(_folder.Path, "*.tmp", SearchOption.AllDirectories);

    private void AssertNewestIsWhole() =>
        Assert.All(
            Newest(),
            path =>
            {
                var bytes = File.ReadAllBytes(path);
                Assert.Equal(CanonicalJson.Of(bytes), bytes);
                Assert.NotNull(JsonSerializer.Deserialize(bytes, EvidenceJson.Default.Bundle));
            }
        );

    /// <summary>The runs that have a run.json; each must have the bundles that it names.</summary>
    private List<string> CompleteRuns()
    {
        var runs = Directory
            .EnumerateFiles(_folder.File("runs"), "run.json", SearchOption.AllDirectories)
            .Select(path => JsonSerializer.Deserialize(File.ReadAllBytes(path), EvidenceJson.Default.RunDocument)!)
            .ToList();
        Assert.All(
            runs.SelectMany(run => run.Bundles),
            bundle =>
                Assert.Equal(
                    bundle.Sha256,
                    Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.File(bundle.Path))))
                )
        );
        return [.. runs.Select(run => run.RunId)];
    }
}
