namespace Symphony.Tests.Cli;

public sealed class GeneratedFilesTests
{
    [Theory]
    [InlineData("schema/json/manifest.schema.json", "explain", "--schema", "manifest")]
    [InlineData("schema/json/evidence-bundle.schema.json", "explain", "--schema", "bundle")]
    [InlineData("schema/json/evidence-run.schema.json", "explain", "--schema", "run")]
    [InlineData("schema/json/evidence-reports.schema.json", "explain", "--schema", "reports")]
    [InlineData("schema/json/evidence-log-entry.schema.json", "explain", "--schema", "log-entry")]
    [InlineData("schema/KINDS.md", "explain", "--markdown")]
    [InlineData("schema/LINT.md", "lint", "--markdown")]
    public async Task What_is_made_of_the_code_is_what_the_code_makes(string file, params string[] options)
    {
        var made = (await CliRun.InRepository(options)).Output;

        Assert.True(
            made == await File.ReadAllTextAsync(Repository.File(file), TestContext.Current.CancellationToken),
            $"{file} differs from what the code says: run scripts/dev/generate.sh and commit what it makes."
        );
    }

    [Fact]
    public void The_script_makes_every_generated_file()
    {
        var script = File.ReadAllText(Repository.File("scripts/dev/generate.sh"));

        Assert.All(
            Repository.FilesBelow("schema/json", "*.json"),
            file => Assert.Contains($"make schema/json/{file} ", script, StringComparison.Ordinal)
        );
    }
}
