using Symphony.Cli;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Cli;

/// <summary>Signing by the commands that verify. No server is needed: that none answers is evidence, too, and is signed.</summary>
public sealed class SigningOptionTests : IDisposable
{
    private const string Nobody = "postgres://nobody@127.0.0.1:1/none";

    private readonly TemporaryFolder _folder = CliFolder.With(
        "  - {id: a, table: {table: t}}\n  - {id: every, for_each: {tables: {name: \"*\"}}, table: {}}"
    );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_signed_with_the_key_and_verifies_with_its_public_half()
    {
        await CliRun.In(_folder.Path, "evidence", "keygen", "--out", "key");

        var run = await CliRun.In(_folder.Path, "verify", "--database-url", Nobody, "--key", "key");
        var verified = await CliRun.In(_folder.Path, "evidence", "verify", "--public-key", "key.pub");

        Assert.Equal(2, run.Exit);
        Assert.Contains("signed    by ", run.Output, StringComparison.Ordinal);
        Assert.True(verified.Exit == 0, verified.Output);
        Assert.Contains("1 signature verified", verified.Output, StringComparison.Ordinal);
        AssertSecret(run);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_environment_gives_the_key_as_a_file_or_as_its_text(bool asText)
    {
        await CliRun.In(_folder.Path, "evidence", "keygen", "--out", "key");
        var value = asText ? File.ReadAllText(_folder.File("key")) : "key";

        var run = await RunAsync(value, "verify", "--database-url", Nobody);

        Assert.Equal(2, run.Exit);
        Assert.Equal(0, (await CliRun.In(_folder.Path, "evidence", "verify", "--public-key", "key.pub")).Exit);
        AssertSecret(run);
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----")]
    public async Task A_key_that_cannot_be_used_ends_the_run_before_it_begins(string value)
    {
        var run = await RunAsync(value, "verify", "--database-url", Nobody);

        Assert.Equal(3, run.Exit);
        Assert.DoesNotContain("hunter2", run.Output + run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("evidence")));
    }

    [Fact]
    public async Task A_log_that_was_cut_ends_the_run_before_the_database_is_asked()
    {
        await CliRun.In(_folder.Path, "evidence", "keygen", "--out", "key");
        await CliRun.In(_folder.Path, "verify", "--database-url", Nobody, "--key", "key");
        File.Copy(_folder.File("evidence/checkpoint"), _folder.File("kept"));
        File.WriteAllText(_folder.File("evidence/log.jsonl"), "");

        var run = await CliRun.In(_folder.Path, "verify", "--database-url", Nobody, "--checkpoint", "kept");

        Assert.Equal(3, run.Exit);
        Assert.Contains("it was cut", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", run.Error, StringComparison.Ordinal);
    }

    private async Task<CliRun> RunAsync(string key, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = new CliContext(
            output,
            error,
            _folder.Path,
            name => name == "SYMPHONY_SIGNING_KEY" ? key : null,
            TimeProvider.System
        );
        var exit = await CommandLine.RunAsync(args, context, TestContext.Current.CancellationToken);
        return new CliRun((int)exit, output.ToString(), error.ToString());
    }

    private void AssertSecret(CliRun run)
    {
        var secret = File.ReadAllLines(_folder.File("key"))[1];
        Assert.DoesNotContain(secret, run.Output + run.Error, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(_folder.File("evidence"), "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(secret, File.ReadAllText(file), StringComparison.Ordinal)
        );
    }
}
