namespace Symphony.Tests.Evidence.Replay;

public sealed class ChangedByteTests : IDisposable
{
    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evidence_as_it_was_written_has_nothing_wrong()
    {
        await _folder.RunAsync();
        await _folder.RunAsync();
        var examination = _folder.Examine();
        Assert.Equal([], examination.Findings);
        Assert.Equal([], examination.Notes);
        Assert.Equal((2, 4, 12), (examination.Runs, examination.Bundles, examination.Verdicts));
        Assert.Equal((2, 2), (examination.LogEntries, examination.Signatures));
    }

    /// <summary>Of each file every byte up to five hundred of them, from a place that differs from run to run.</summary>
    [Fact]
    public async Task One_changed_byte_anywhere_is_found()
    {
        await _folder.RunAsync(Samples.Set(Samples.Invariant("a-holds")));
        await _folder.RunAsync(Samples.Set(Samples.Invariant("a-holds")));
        Assert.Equal([], _folder.Examine().Findings);
        var random = new Random();
        var missed = new List<string>();
        foreach (var file in _folder.Files().ToList())
        {
            var path = _folder.File(file);
            var bytes = File.ReadAllBytes(path);
            var step = Math.Max(1, bytes.Length / 500);
            for (var at = random.Next(step); at < bytes.Length; at += step)
            {
                var original = bytes[at];
                bytes[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, bytes);
                if (_folder.Examine().Findings.Count == 0)
                {
                    missed.Add($"{file} byte {at}: {original:x2} as {bytes[at]:x2}");
                }

                bytes[at] = original;
            }

            File.WriteAllBytes(path, bytes);
        }

        Assert.Equal([], missed);
        Assert.Equal([], _folder.Examine().Findings);
    }

    [Fact]
    public async Task A_byte_more_or_less_at_the_end_of_any_file_is_found()
    {
        await _folder.RunAsync();
        foreach (var file in _folder.Files().ToList())
        {
            var path = _folder.File(file);
            var bytes = File.ReadAllBytes(path);
            foreach (var changed in new byte[][] { [.. bytes, (byte)'\n'], bytes[..^1], [] })
            {
                File.WriteAllBytes(path, changed);
                Assert.NotEmpty(_folder.Examine().Findings);
            }

            File.WriteAllBytes(path, bytes);
        }
    }

    [Fact]
    public async Task A_file_that_is_missing_is_found()
    {
        await _folder.RunAsync();
        foreach (
            var file in _folder.Files().Where(file => !file.EndsWith("run.json", StringComparison.Ordinal)).ToList()
        )
        {
            var bytes = File.ReadAllBytes(_folder.File(file));
            File.Delete(_folder.File(file));
            Assert.True(_folder.Examine().Findings.Count > 0, file);
            File.WriteAllBytes(_folder.File(file), bytes);
        }
    }
}
