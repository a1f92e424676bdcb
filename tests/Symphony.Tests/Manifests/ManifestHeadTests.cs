namespace Symphony.Tests.Manifests;

public sealed class ManifestHeadTests
{
    private const string Good = "  - id: a\n    table: {table: t}\n";

    [Fact]
    public void The_head_gives_its_words_to_every_invariant()
    {
        using var files = new ManifestFiles().Add(
            "TSK-1/m.yml",
            "symphony: 1\ntask: TSK-1\nfailure_signature: P0.A\ntitle: T\nseverity: P2\nowners: [team-db]\nschema: app\ninvariants:\n"
                + Good
                + "  - {id: b, severity: P1, failure_signature: P0.B, table: {table: other.t}}\n"
        );

        var manifest = Assert.Single(files.Read().Manifests);

        Assert.Equal("invariants/TSK-1/m.yml", manifest.Path);
        Assert.Equal(["team-db"], manifest.Owners);
        Assert.Equal(
            ["a P2 P0.A app.t", "b P1 P0.B other.t"],
            manifest.Invariants.Select(one =>
                $"{one.Id} {one.Severity} {one.FailureSignature} {one.Kind.SubjectOf(one.Claim!)}"
            )
        );
    }

    [Theory]
    [InlineData("symphony: 2", "1:11: expected the manifest language's version, 1, found `2`")]
    [InlineData("symphony: one", "1:11: expected a whole number, found the text `one`")]
    [InlineData("task: tsk-1", "2:7: expected capital letters, digits, - and _, such as TSK-P0-149, found `tsk-1`")]
    [InlineData("task: ../../etc/passwd", "2:7: expected capital letters")]
    [InlineData("task: A/B", "2:7: expected capital letters")]
    [InlineData("task: ''", "2:7: expected capital letters")]
    [InlineData("failure_signature: P0", "3:20: expected two to eight parts joined by dots")]
    [InlineData("failure_signature: P0..A", "3:20: expected two to eight parts")]
    [InlineData("failure_signature: ../A", "3:20: expected two to eight parts")]
    [InlineData("failure_signature: P0.a", "3:20: expected two to eight parts")]
    [InlineData("failure_signature: A.B.C.D.E.F.G.H.I", "3:20: expected two to eight parts")]
    [InlineData("severity: P4", "4:11: expected one of `P0`, `P1`, `P2`, `P3`")]
    [InlineData("titel: x", "4:1: expected one of the keys `symphony`, `task`, `failure_signature`, `title`")]
    public void A_wrong_word_in_the_head_is_told_where_it_stands(string line, string problem)
    {
        var lines = ManifestFiles.Head.TrimEnd().Split('\n').ToList();
        var key = line[..line.IndexOf(':', StringComparison.Ordinal)];
        var at = lines.FindIndex(one => one.StartsWith(key + ":", StringComparison.Ordinal));
        lines[(at < 0 ? lines.Count : at)..(at < 0 ? lines.Count : at + 1)].Clear();
        if (at < 0)
        {
            lines.Add(line);
        }
        else
        {
            lines[at] = line;
        }

        var found = Assert.Single(ManifestFiles.ProblemsOf(string.Join('\n', lines) + "\ninvariants:\n" + Good));

        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_key_of_the_head_gets_the_nearest()
    {
        Assert.EndsWith(
            "found `titel`; did you mean `title`?",
            Assert.Single(ManifestFiles.ProblemsOf("titel: x\n" + ManifestFiles.Manifest(Good))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("T", 201)]
    [InlineData("P0.A", 201)]
    public void A_name_that_no_file_could_carry_is_refused(string start, int length)
    {
        var name = start.PadRight(length, 'A');
        var key = start == "T" ? "task: TSK-1" : "failure_signature: P0.SOME.SIGNATURE";

        var problem = Assert.Single(
            ManifestFiles.ProblemsOf(
                ManifestFiles.Manifest(Good).Replace(key, key.Split(' ')[0] + " " + name, StringComparison.Ordinal)
            )
        );

        Assert.Contains(": expected ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invariants: []\n", "4:13: expected a list of at least one invariant, found an empty list")]
    [InlineData("invariants:\n", "4:1: expected a list of at least one invariant, found nothing")]
    [InlineData("invariants: {a: b}\n", "4:13: expected a list of at least one invariant, found a mapping")]
    [InlineData("", "1:1: expected the key `invariants`, a list of at least one invariant, found none")]
    public void A_manifest_that_claims_nothing_is_refused(string text, string problem)
    {
        Assert.StartsWith(
            problem,
            Assert.Single(ManifestFiles.ProblemsOf(ManifestFiles.Head + text)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("- a\n- b\n")]
    [InlineData("just text\n")]
    [InlineData("services: {db: {image: postgres}}\n")]
    public void Another_sort_of_YAML_file_is_said_to_be_no_manifest(string text)
    {
        Assert.StartsWith(
            "1:1: expected a manifest: a mapping that begins with `symphony: 1`",
            Assert.Single(ManifestFiles.ProblemsOf(text)),
            StringComparison.Ordinal
        );
    }
}
