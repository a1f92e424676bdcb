using Symphony.Manifests;

namespace Symphony.Tests.Manifests;

/// <summary>How large a file is makes no difference, though the invariants of a large one are read while it is parsed.</summary>
public sealed class LargeManifestTests
{
    /// <summary>As large as a manifest of some hundred invariants, and as wrong or right as without it.</summary>
    private static readonly string Ballast = "#" + new string('x', 100_000) + "\n";

    private const string Rest = "invariants:\n- {id: a, table: {table: t}}\n- {id: b, column: {table: t, name: c}}\n";

    private static string Many(string name) =>
        "invariants:\n"
        + string.Concat(Enumerable.Range(0, 600).Select(i => $"- {{id: {name}{i}, table: {{table: t{i}}}}}\n"));

    public static TheoryData<string> Texts =>
        [
            // Right, in every order of the head and the list.
            ManifestFiles.Head + Rest,
            ManifestFiles.Head + "schema: s\n" + Rest,
            ManifestFiles.Head + Rest + "schema: s\n",
            ManifestFiles.Head + Rest + "severity: P2\n",
            ManifestFiles.Head + Rest + "title: says nothing of invariants\n",
            "symphony: 1\ntask: TSK-1\n" + Rest + "failure_signature: P0.SOME.SIGNATURE\n",
            Rest + ManifestFiles.Head,
            ManifestFiles.Head + "rows:\n- {table: t, values: {c: 1}}\n" + Rest,
            ManifestFiles.Head + Rest + "rows:\n- {table: t, values: {c: 1}}\n",
            ManifestFiles.Head
                + "invariants: &all\n- &one {id: a, table: {table: t}}\n- {id: b, column: {table: &name t, name: *name}}\n",
            "{symphony: 1, task: TSK-1, failure_signature: P0.SOME.SIGNATURE, invariants: [{id: a, table: {table: t}}]}\n",
            ManifestFiles.Head
                + "invariants:\n- {id: r, for_each: {tables: {name: \"*\"}}, column: {name: c}}\n"
                + string.Concat(Enumerable.Range(0, 1000).Select(i => $"- {{id: i{i}, table: {{table: t{i}}}}}\n")),
            // Wrong, each elsewhere.
            ManifestFiles.Head + "invariants: []\n",
            ManifestFiles.Head + "invariants: {}\n",
            ManifestFiles.Head + "invariants:\n",
            ManifestFiles.Head,
            "task: TSK-1\n" + Rest,
            "symphony: 2\ntask: TSK-1\nfailure_signature: P0.SOME.SIGNATURE\n" + Rest,
            "symphony: 1\ntask: tsk\nfailure_signature: nothing\n" + Rest,
            ManifestFiles.Head + "taks: x\n" + Rest,
            ManifestFiles.Head + Rest + "taks: x\n",
            ManifestFiles.Head + Rest + "task: TSK-2\n",
            ManifestFiles.Head + Rest + Rest,
            ManifestFiles.Head + Rest + "- {id: a, table: {table: u}}\n",
            ManifestFiles.Head + Rest + "- {id: c, tabel: {table: u}}\n- {id: d, table: {}}\n",
            ManifestFiles.Head + Rest + "- {id: c, table: {table: [}}\n",
            ManifestFiles.Head + Rest + "- *nobody\n",
            ManifestFiles.Head + Rest + "rows:\n- {table: t}\n- {table: t}\n",
            ManifestFiles.Head + Rest + "\t- {id: c, table: {table: u}}\n",
            ManifestFiles.Head + Rest + "---\nanother: document\n",
            // Wrong to the parser and to the kinds alike, all the while.
            ManifestFiles.Head
                + "invariants:\n"
                + string.Concat(
                    Enumerable.Range(0, 900).Select(i => $"- {{id: i{i}, id: x, tabel: {{table: !t t}}}}\n")
                ),
            ManifestFiles.Head + Many("a") + Many("b"),
            "- " + Rest.Replace("\n", "\n  ", StringComparison.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_large_manifest_reads_as_a_small_one(string text)
    {
        Assert.Equal(ReadingOf(text), ReadingOf(text + Ballast));
    }

    [Theory]
    [InlineData("a.yml", "b.yml")]
    [InlineData("b.yml", "a.yml")]
    public void An_id_that_another_file_has_is_found_in_either_order(string large, string small)
    {
        using var files = new ManifestFiles()
            .Add(large, ManifestFiles.Head + Rest + Ballast)
            .Add(small, ManifestFiles.Manifest("- {id: b, table: {table: t}}\n"));

        var problem = Assert.Single(files.Problems());
        Assert.StartsWith("invariants/b.yml:", problem, StringComparison.Ordinal);
        Assert.Contains("found `b`, the id of invariants/a.yml:", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_of_a_large_manifest_is_looked_for_in_the_registry()
    {
        using var files = new ManifestFiles()
            .Add("a.yml", ManifestFiles.Head + Rest + Ballast)
            .Add("signatures.yml", "symphony: 1\nsignatures: []\n");

        Assert.Contains(files.Problems(), problem => problem.Contains("P0.SOME.SIGNATURE", StringComparison.Ordinal));
    }

    /// <summary>All that was read, or all that is wrong with it.</summary>
    private static string ReadingOf(string text)
    {
        using var files = new ManifestFiles().Add("m.yml", text);
        try
        {
            var manifest = Assert.Single(files.Read().Manifests);
            var invariants = manifest.Invariants.Select(invariant =>
                string.Join(
                    ' ',
                    invariant.Id,
                    invariant.Title,
                    invariant.Task,
                    invariant.FailureSignature,
                    invariant.Severity,
                    invariant.Location,
                    invariant.Kind.Key,
                    invariant.Claim,
                    invariant.Rule?.Selector,
                    invariant.Rule?.AtLeast
                )
            );
            return string.Join('\n', [$"{manifest.Task} {manifest.Title} {manifest.Rows.Count}", .. invariants]);
        }
        catch (ManifestException wrong)
        {
            return string.Join('\n', wrong.Problems);
        }
    }
}
