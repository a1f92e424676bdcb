using System.Security.Cryptography;
using System.Text;
using Symphony.Kinds.Ledger;

namespace Symphony.Tests.Manifests;

/// <summary>Files that a claim speaks of are read when its manifest is.</summary>
public sealed class ClaimedFilesTests : IDisposable
{
    private readonly ManifestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_folder_is_found_from_the_manifests_own_and_its_files_are_part_of_the_claim()
    {
        _files
            .Add("task/m.yml", ManifestFiles.Manifest("  - {id: l, ledger: {table: t, directory: ../migrations}}\n"))
            .Add("migrations/0002_b.sql", "b")
            .Add("migrations/0001_a.sql", "a")
            .Add("migrations/README.md", "not one of them");

        var claim = Assert.IsType<LedgerClaim>(Assert.Single(_files.Read().Invariants).Claim);

        Assert.Equal(
            [("0001_a.sql", Sha256("a")), ("0002_b.sql", Sha256("b"))],
            claim.Files!.Select(file => (file.Name, file.Sha256))
        );
    }

    [Theory]
    [InlineData(
        "directory: nowhere",
        "expected a folder that can be read, as seen from the manifest's own, found no folder `nowhere`"
    )]
    [InlineData("directory: .", "expected at least one migration (*.sql), found none")]
    [InlineData("files: []", "expected at least one migration (*.sql), found none")]
    public void A_folder_that_is_missing_or_holds_none_is_told_at_its_place(string key, string problem)
    {
        _files.Add("m.yml", ManifestFiles.Manifest($"  - {{id: l, ledger: {{table: t, {key}}}}}\n"));

        Assert.StartsWith("invariants/m.yml:5:", Assert.Single(_files.Problems()), StringComparison.Ordinal);
        Assert.Contains(problem, _files.Problems()[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1; DROP TABLE t")]
    [InlineData("SELECT 1) AS a, (SELECT 2")]
    [InlineData("SELECT 1 -- all")]
    [InlineData("SELECT 'open")]
    [InlineData("SELECT 1 \\! ls")]
    public void A_query_that_is_not_one_statement_is_refused_when_it_is_read(string sql)
    {
        var problem = Assert.Single(
            ManifestFiles.ProblemsOf(ManifestFiles.Manifest($"  - id: q\n    query:\n      sql: |-\n        {sql}\n"))
        );

        Assert.Contains("one SQL query", problem, StringComparison.Ordinal);
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
