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

    /// <summary>
    /// Of each file every byte up to so many of them, from a place that differs from run to run. Without a signature
    /// too: who changes a byte and knows no better is found by the digests.
    /// </summary>
    [Theory]
    [InlineData(true, 400)]
    [InlineData(false, 200)]
    public async Task One_changed_byte_anywhere_is_found(bool signed, int samples)
    {
        await _folder.RunAsync(Samples.Set(Samples.Invariant("a-holds")), signed);
        await _folder.RunAsync(Samples.Set(Samples.Invariant("a-holds")), signed);
        Assert.Equal([], Examine(signed).Findings);
        var random = new Random();
        var missed = new List<string>();
        foreach (var file in _folder.Files().ToList())
        {
            var path = _folder.File(file);
            var bytes = File.ReadAllBytes(path);
            var step = Math.Max(1, bytes.Length / samples);
            for (var at = random.Next(step); at < bytes.Length; at += step)
            {
                var original = bytes[at];
                bytes[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, bytes);
                if (Examine(signed).Findings.Count == 0)
                {
                    missed.Add($"{file} byte {at}: {original:x2} as {bytes[at]:x2}");
                }

                bytes[at] = original;
            }

            File.WriteAllBytes(path, bytes);
        }

        Assert.Equal([], missed);
        Assert.Equal([], Examine(signed).Findings);
    }

    private Symphony.Evidence.Replay.Examination Examine(bool signed) =>
        signed ? _folder.Examine() : _folder.ExamineUnsigned();

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
