using System.Text.Json;
using Symphony.Evidence;
using Symphony.Evidence.Log;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Cli;

public sealed class EvidenceCommandTests : IDisposable
{
    private readonly SignedFolder _folder = new();
    private readonly TemporaryFolder _keys = new();

    public void Dispose()
    {
        _folder.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public async Task Whole_evidence_verifies()
    {
        await _folder.RunAsync();

        var run = await CliRun.In(_folder.Root, "evidence", "verify", ".", "--public-key", WriteKey());

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("6 verdicts judged again in 2 bundles of 1 run", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 signature verified: nothing is wrong", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_file_and_pointer()
    {
        await _folder.RunAsync();
        var path = $"{Samples.Task}/{Samples.Signature}.json";
        var text = File.ReadAllText(_folder.File(path));
        File.WriteAllText(
            _folder.File(path),
            text.Replace("\"verdict\":\"ERROR\"", "\"verdict\":\"PASS\"", StringComparison.Ordinal)
        );

        var run = await CliRun.In(_folder.Root, "evidence", "replay", path);

        Assert.Equal(1, run.Exit);
        Assert.Contains("WRONG", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"{Samples.Signature}.json /checks/4/verdict: expected \"ERROR\"",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_folder_without_evidence_proves_nothing()
    {
        Assert.Equal(2, (await CliRun.In(_folder.Root, "evidence", "verify", ".")).Exit);
        Assert.Equal(3, (await CliRun.In(_folder.Root, "evidence", "verify", "absent")).Exit);
        Assert.Equal(3, (await CliRun.In(_folder.Root, "evidence", "verify", ".", "--public-key", "absent")).Exit);
        Assert.Equal(3, (await CliRun.In(_folder.Root, "evidence", "log", "verify", "--evidence", ".")).Exit);
    }

    [Fact]
    public async Task One_run_s_folder_verifies_alone()
    {
        var written = await _folder.RunAsync();

        var run = await CliRun.In(
            _folder.Root,
            "evidence",
            "verify",
            EvidenceStore.RunFolder(written.RunId),
            "--public-key",
            WriteKey()
        );

        Assert.Equal(0, run.Exit);
    }

    [Fact]
    public async Task A_proof_of_inclusion_leads_from_the_line_to_the_checkpoint()
    {
        await _folder.RunAsync();
        var written = await _folder.RunAsync();
        await _folder.RunAsync();

        var run = await CliRun.In(_folder.Root, "evidence", "log", "prove-inclusion", written.RunId, "--evidence", ".");

        var proof = JsonElement.Parse(run.Output);
        var leaf = MerkleTree.LeafHash(System.Text.Encoding.UTF8.GetBytes(proof.GetProperty("line").GetString()!));
        Assert.True(
            MerkleTree.VerifyInclusion(
                proof.GetProperty("leaf_index").GetInt64(),
                proof.GetProperty("tree_size").GetInt64(),
                leaf,
                Hashes(proof),
                _folder.Checkpoint().Root
            )
        );
        Assert.Contains(written.RunId, proof.GetProperty("line").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_of_consistency_leads_from_an_earlier_checkpoint_to_the_log()
    {
        await _folder.RunAsync();
        await _folder.RunAsync();
        var earlier = _folder.Checkpoint();
        File.Copy(_folder.File("checkpoint"), _folder.File("earlier"));
        await _folder.RunAsync();

        foreach (var from in new[] { "2", "earlier" })
        {
            var run = await CliRun.In(
                _folder.Root,
                "evidence",
                "log",
                "prove-consistency",
                "--from",
                from,
                "--evidence",
                "."
            );
            var proof = JsonElement.Parse(run.Output);
            Assert.True(MerkleTree.VerifyConsistency(2, 3, earlier.Root, _folder.Checkpoint().Root, Hashes(proof)));
        }

        Assert.Equal(
            0,
            (
                await CliRun.In(_folder.Root, "evidence", "log", "verify", "--evidence", ".", "--checkpoint", "earlier")
            ).Exit
        );
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("absent")]
    public async Task A_state_that_the_log_never_had_is_bad_input(string from)
    {
        await _folder.RunAsync();
        var run = await CliRun.In(
            _folder.Root,
            "evidence",
            "log",
            "prove-consistency",
            "--from",
            from,
            "--evidence",
            "."
        );
        Assert.Equal(3, run.Exit);
    }

    [Theory]
    [InlineData("--max-age", "soon", 3)]
    [InlineData("--max-age", "0h", 3)]
    [InlineData("--commit", "abc", 3)]
    [InlineData("--task", "TSK-NONE", 3)]
    [InlineData("--max-age", "24h", 1)]
    public async Task A_question_that_cannot_be_meant_is_bad_input_and_absent_evidence_no_pass(
        string option,
        string value,
        int exit
    )
    {
        var run = await CliRun.InRepository("evidence", "check", "--evidence", _folder.Root, option, value);
        Assert.Equal(exit, run.Exit);
    }

    [Fact]
    public async Task A_pair_of_keys_is_made_once()
    {
        var made = await CliRun.In(_folder.Root, "evidence", "keygen", "--out", "key");
        var again = await CliRun.In(_folder.Root, "evidence", "keygen", "--out", "key");

        Assert.Equal((0, 3), (made.Exit, again.Exit));
        var secret = File.ReadAllLines(_folder.File("key"))[1];
        Assert.DoesNotContain(secret, made.Output + made.Error + again.Output + again.Error, StringComparison.Ordinal);
    }

    private static List<byte[]> Hashes(JsonElement proof) =>
        [.. proof.GetProperty("hashes").EnumerateArray().Select(hash => hash.GetBytesFromBase64())];

    private string WriteKey()
    {
        File.WriteAllText(_keys.File("key.pub"), _folder.Key.Public.ToPem());
        return _keys.File("key.pub");
    }
}
