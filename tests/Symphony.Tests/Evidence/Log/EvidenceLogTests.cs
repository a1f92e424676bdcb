using System.Text;
using System.Text.Json;
using Symphony.Evidence;
using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;

namespace Symphony.Tests.Evidence.Log;

public sealed class EvidenceLogTests : IDisposable
{
    private readonly SignedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_run_has_a_canonical_line_in_the_order_in_which_they_were_written()
    {
        var runs = new[] { await _folder.RunAsync(), await _folder.RunAsync(signed: false), await _folder.RunAsync() };
        var entries = Entries();
        Assert.Equal(runs.Select(run => run.RunId), entries.Select(entry => entry.RunId));
        Assert.All(EvidenceLog.Read(_folder.Root).Lines, line => Assert.Equal(CanonicalJson.Of(line), line));
        Assert.Equal([false, true, false], entries.Select(entry => entry.StatementSha256 is null));
    }

    [Fact]
    public async Task Runs_at_once_are_all_in_the_log_and_the_newest_bundle_is_that_of_its_last_line()
    {
        var runs = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => _folder.RunAsync(OneFact(i))))
        );
        var entries = Entries();
        Assert.Equal(runs.Select(run => run.RunId).Order(), entries.Select(entry => entry.RunId).Order());
        Assert.Equal([], _folder.Examine().Findings);
        Assert.Equal(12, _folder.Checkpoint().Size);
    }

    [Fact]
    public async Task A_log_that_was_cut_gets_no_further_line()
    {
        await _folder.RunAsync();
        await _folder.RunAsync();
        var last = _folder.Checkpoint();
        var log = _folder.File(EvidenceLog.FileName);
        File.WriteAllText(log, File.ReadAllLines(log)[0] + "\n");
        var before = Contents();

        // Also without the key and after the folder's own checkpoint went the same way.
        var refused = await Assert.ThrowsAsync<InputException>(() => _folder.RunAsync());
        Assert.Contains("it was cut", refused.Found, StringComparison.Ordinal);
        File.Delete(_folder.File(Checkpoint.FileName));
        before.Remove(Checkpoint.FileName);
        await Assert.ThrowsAsync<InputException>(() => _folder.RunAsync(signed: false, last: last));

        Assert.Equal(before, Contents());
        Assert.Contains(_folder.Examine(last).Findings, finding => finding.File == "last");
    }

    [Fact]
    public async Task A_log_that_was_rewritten_gets_no_further_line()
    {
        await _folder.RunAsync();
        await _folder.RunAsync();
        var last = _folder.Checkpoint();
        var log = _folder.File(EvidenceLog.FileName);
        var lines = File.ReadAllLines(log);
        File.WriteAllText(log, lines[0] + "\n" + lines[1].Replace("FAIL", "PASS", StringComparison.Ordinal) + "\n");

        var refused = await Assert.ThrowsAsync<InputException>(() => _folder.RunAsync(signed: false, last: last));

        Assert.Contains("rewritten", refused.Found, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(log).Length);
    }

    [Fact]
    public async Task A_new_log_in_place_of_the_old_one_is_another_log()
    {
        await _folder.RunAsync();
        var last = _folder.Checkpoint();
        File.Delete(_folder.File(EvidenceLog.FileName));
        File.Delete(_folder.File(Checkpoint.FileName));
        await _folder.RunAsync(signed: false);

        var refused = await Assert.ThrowsAsync<InputException>(() => _folder.RunAsync(last: last));

        Assert.Contains("another log", refused.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_that_the_key_has_not_signed_is_no_checkpoint()
    {
        await _folder.RunAsync();
        using var stranger = SigningKey.Create();
        var forged = Checkpoint.Sign(_folder.Checkpoint().Origin, 1, _folder.Checkpoint().Root, stranger);
        await Assert.ThrowsAsync<InputException>(() => _folder.RunAsync(last: forged));
    }

    [Fact]
    public async Task What_a_stopped_machine_left_of_a_line_is_found_and_removed_by_the_next_run()
    {
        await _folder.RunAsync();
        File.AppendAllText(_folder.File(EvidenceLog.FileName), "{\"bundles\":[{\"failu");
        var finding = Assert.Single(_folder.Examine().Findings);
        Assert.Equal("log.jsonl:2", finding.File);
        await _folder.RunAsync();
        Assert.Equal(2, Entries().Count);
        Assert.Equal([], _folder.Examine().Findings);
    }

    [Fact]
    public async Task Writers_killed_at_any_moment_leave_a_whole_log_a_checkpoint_of_it_and_whole_statements()
    {
        await _folder.RunAsync();
        using var keys = new TemporaryFolder();
        File.WriteAllText(keys.File("key"), _folder.Key.ToPem());
        var writers = Enumerable.Range(0, 8).Select(_ => WriterProcess.Start(_folder.Root, keys.File("key"))).ToList();
        try
        {
            await Waiting.UntilAsync(() => EvidenceLog.Read(_folder.Root).Lines.Count > 8);
            var random = new Random();
            foreach (var writer in writers)
            {
                await Task.Delay(random.Next(40), TestContext.Current.CancellationToken);
                writer.Kill();
                await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
                AssertWhole();
            }
        }
        finally
        {
            writers.ForEach(writer => writer.Kill());
        }

        // What was ended half-way is put right by the next runs: of both keys that were written.
        await _folder.RunAsync();
        AssertWhole();
        Assert.Equal([], _folder.Examine().Findings);
    }

    /// <summary>Old or new, never torn; and what shows was recorded before.</summary>
    private void AssertWhole()
    {
        // The checkpoint first: it is of a log that others may have continued by now.
        var checkpoint = _folder.Checkpoint();
        var runs = Directory
            .EnumerateFiles(_folder.File("runs"), "run.json", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))
            .ToList();
        var log = EvidenceLog.Read(_folder.Root);
        Assert.False(log.IsTorn);
        Assert.Null(LogConsistency.Problem(log, checkpoint));
        Assert.True(checkpoint.IsSignedBy(_folder.Key.Public));
        Assert.Subset(Entries().Select(entry => entry.RunId).ToHashSet(), runs.ToHashSet());
        Assert.All(
            runs,
            run =>
                Assert.True(
                    JsonSerializer
                        .Deserialize(
                            File.ReadAllBytes(_folder.File(EvidenceStore.StatementPath(run))),
                            DsseJson.Default.DsseEnvelope
                        )!
                        .IsSignedBy(_folder.Key.Public)
                )
        );
    }

    [Fact]
    public async Task A_checkpoint_is_a_signed_note_that_reads_back_to_the_byte()
    {
        await _folder.RunAsync();
        var text = File.ReadAllText(_folder.File(Checkpoint.FileName));
        var checkpoint = _folder.Checkpoint();
        Assert.Equal(text, checkpoint.ToString());
        Assert.True(checkpoint.IsSignedBy(_folder.Key.Public));
        var lines = text.Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Equal("1", lines[1]);
        Assert.Equal(32, Convert.FromBase64String(lines[2]).Length);
        Assert.StartsWith($"\u2014 {lines[0]} ", lines[4], StringComparison.Ordinal);
        // Of an ECDSA key the id is the beginning of the SHA-256 of its DER form (c2sp.org/signed-note).
        Assert.Equal(
            _folder.Key.Public.Id[..8],
            Convert.ToHexStringLower(Convert.FromBase64String(lines[4].Split(' ')[2])[..4])
        );
    }

    [Theory]
    [InlineData("origin\n01\n{root}\n\n\u2014 origin AAAAAAAA\n")]
    [InlineData("origin\n-1\n{root}\n\n\u2014 origin AAAAAAAA\n")]
    [InlineData("origin\n1\nAAAA\n\n\u2014 origin AAAAAAAA\n")]
    [InlineData("origin\n1\n{root}\n\n")]
    [InlineData("origin\n1\n{root}\n\n\u2014 origin AAAAAAAA")]
    [InlineData("origin\n1\n{root}\n\n\u2014 origin AAAAAAAA\n\n")]
    [InlineData("origin\n1\n{root}\nextension\n\n\u2014 origin AAAAAAAA\n")]
    [InlineData("\n1\n{root}\n\n\u2014 origin AAAAAAAA\n")]
    [InlineData("")]
    public void What_is_no_checkpoint_is_not_read_as_one(string text) =>
        Assert.Null(
            Checkpoint.Parse(
                Encoding.UTF8.GetBytes(
                    text.Replace("{root}", Convert.ToBase64String(new byte[32]), StringComparison.Ordinal)
                )
            )
        );

    private static Symphony.Manifests.ManifestSet OneFact(int i) => Samples.Set(Samples.Invariant($"check-{i}"));

    private List<LogEntry> Entries() =>
        [
            .. EvidenceLog
                .Read(_folder.Root)
                .Lines.Select(line => JsonSerializer.Deserialize(line, EvidenceJson.Default.LogEntry)!),
        ];

    private Dictionary<string, string> Contents() =>
        _folder.Files().ToDictionary(file => file, file => File.ReadAllText(_folder.File(file)));
}
