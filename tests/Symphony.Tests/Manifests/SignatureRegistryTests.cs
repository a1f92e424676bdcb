namespace Symphony.Tests.Manifests;

public sealed class SignatureRegistryTests
{
    private const string Claim = "  - {id: a, table: {table: t}}";

    private const string Known =
        "{signature: P0.SOME.SIGNATURE, meaning: tests fail, owner: team-a, since: 2026-01-31}";

    [Fact]
    public void A_signature_is_registered_with_its_meaning_owner_and_first_day()
    {
        using var files = Files($"- {Known}");
        var signature = files.Read().Signatures!["P0.SOME.SIGNATURE"];
        Assert.Equal(
            ("tests fail", "team-a", new DateOnly(2026, 1, 31), "invariants/signatures.yml", 2),
            (signature.Meaning, signature.Owner, signature.Since, signature.Path, signature.Location.Line)
        );
    }

    [Fact]
    public void Without_a_registry_every_signature_may_be_used()
    {
        using var files = new ManifestFiles().Add("m.yml", ManifestFiles.Manifest(Claim));
        Assert.Null(files.Read().Signatures);
    }

    [Fact]
    public void A_signature_that_the_registry_does_not_list_is_a_problem_where_it_stands()
    {
        using var files = new ManifestFiles()
            .Add(
                "m.yml",
                ManifestFiles.Manifest(Claim + "\n  - {id: b, failure_signature: P0.SOME.SIGNATURF, table: {table: t}}")
            )
            .Add("signatures.yml", $"signatures:\n- {Known}\n");
        Assert.Equal(
            [
                "invariants/m.yml:6:32: expected a failure signature that invariants/signatures.yml lists, "
                    + "found `P0.SOME.SIGNATURF`; did you mean `P0.SOME.SIGNATURE`?",
            ],
            files.Problems()
        );
    }

    [Fact]
    public void The_head_of_a_manifest_is_held_to_the_registry_too()
    {
        using var files = Files("- {signature: P9.OTHER.NAME, meaning: m, owner: o, since: 2026-01-01}");
        var problem = Assert.Single(files.Problems());
        Assert.StartsWith(
            "invariants/m.yml:3:20: expected a failure signature that",
            problem,
            StringComparison.Ordinal
        );
        Assert.EndsWith("add it there, with its meaning and owner", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "{signature: lower.case, meaning: m, owner: o, since: 2026-01-01}",
        ":2:15: expected two to eight parts"
    )]
    [InlineData(
        "{signature: P0.A, meaning: ' ', owner: o, since: 2026-01-01}",
        ":2:30: expected what is wrong when it shows"
    )]
    [InlineData("{signature: P0.A, meaning: m, owner: '', since: 2026-01-01}", ":2:40: expected who answers for it")]
    [InlineData("{signature: P0.A, meaning: m, owner: o, since: yesterday}", ":2:50: expected a UTC date, YYYY-MM-DD")]
    [InlineData("{signature: P0.A, meaning: m, owner: o}", ":2:3: expected the key `since`")]
    [InlineData(
        "{signature: P0.A, meaning: m, owner: o, since: 2026-01-01, more: 1}",
        ":2:62: expected one of the keys"
    )]
    public void An_entry_that_says_too_little_is_refused(string entry, string problem)
    {
        using var files = Files($"- {Known}\n- {entry}");
        Assert.Contains(
            files.Problems(),
            found => found.Contains(problem.Replace(":2:", ":3:", StringComparison.Ordinal), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_signature_stands_in_the_registry_once()
    {
        using var files = Files($"- {Known}\n- {Known}");
        Assert.Equal(
            [
                "invariants/signatures.yml:3:3: expected each failure signature once, "
                    + "found `P0.SOME.SIGNATURE`, which stands at invariants/signatures.yml:2 already",
            ],
            files.Problems()
        );
    }

    private static ManifestFiles Files(string entries) =>
        new ManifestFiles()
            .Add("m.yml", ManifestFiles.Manifest(Claim))
            .Add("signatures.yml", $"signatures:\n{entries}\n");
}
