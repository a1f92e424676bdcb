namespace Symphony.Tests.Manifests;

public sealed class ManifestFolderTests : IDisposable
{
    private readonly ManifestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_problems_of_every_file_are_told_at_once_in_the_order_of_files()
    {
        _files
            .Add("b/two.yml", "a: [\n")
            .Add("a.yml", ManifestFiles.Manifest("  - {id: A, table: {table: t}}\n"))
            .Add("c.yaml", "12\n")
            .Add("waivers.yml", "waivers: 1\n");

        Assert.Equal(
            ["a.yml:5:10", "b/two.yml:2:1", "c.yaml:1:1", "waivers.yml:1:10"],
            _files.Problems().Select(problem => string.Join(':', problem["invariants/".Length..].Split(':')[..3]))
        );
    }

    [Fact]
    public void An_id_used_twice_names_both_places_also_where_the_files_have_other_problems()
    {
        _files
            .Add("a.yml", ManifestFiles.Manifest("  - {id: same, severity: high, table: {table: t}}\n"))
            .Add(
                "b.yml",
                "symphony: 3\ntask: TSK-1\nfailure_signature: P0.A\ninvariants:\n  - {id: same, table: {table: t}}\n  - {id: same, table: {table: t}}\n"
            );

        var problems = _files.Problems();

        Assert.Contains(
            "invariants/b.yml:5:10: expected an id of its own, unique over all manifests, found `same`, the id of invariants/a.yml:5",
            problems
        );
        Assert.Contains(
            "invariants/b.yml:6:10: expected an id of its own, unique over all manifests, found `same`, the id of invariants/a.yml:5",
            problems
        );
        Assert.Equal(4, problems.Length);
    }

    [Fact]
    public void A_file_of_any_spelling_of_the_ending_is_read_and_no_other()
    {
        _files
            .Add("a.yml", One("a"))
            .Add("b.yaml", One("b"))
            .Add("c.YML", One("c"))
            .Add("d.yml.bak", "[")
            .Add("PLAN.md", "[");

        Assert.Equal(["a", "b", "c"], _files.Read().Invariants.Select(invariant => invariant.Id));
    }

    [Fact]
    public void One_manifest_can_be_named_alone()
    {
        _files.Add("a.yml", One("a")).Add("b.yml", One("b"));

        Assert.Equal(["b"], _files.Read("b.yml").Invariants.Select(invariant => invariant.Id));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said()
    {
        var failure = Assert.Throws<InputException>(() => _files.Read("nowhere"));

        Assert.Equal("no file or folder invariants/nowhere", failure.Found);
    }

    [Theory]
    [InlineData("notes.txt", "x")]
    [InlineData("waivers.yml", "waivers: []\n")]
    public void A_folder_without_a_manifest_is_an_error(string name, string text)
    {
        _files.Add(name, text);

        Assert.Equal("none below invariants", Assert.Throws<InputException>(() => _files.Read()).Found);
    }

    [Fact]
    public void The_folders_own_name_and_the_path_below_it_name_a_manifest_in_evidence()
    {
        _files.Add("TSK-1/deep/a.yml", One("a"));

        Assert.Equal("invariants/TSK-1/deep/a.yml", Assert.Single(_files.Read().Manifests).Path);
        Assert.Equal(64, Assert.Single(_files.Read().Manifests).Sha256.Length);
    }

    private static string One(string id) => ManifestFiles.Manifest($"  - {{id: {id}, table: {{table: t}}}}\n");
}
