using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Tests.Manifests;

/// <summary>What is wrong with a probe is said with its place, before anything is run.</summary>
public sealed class ProbeReadingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("symphony-probes-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(
        "{when: {insert: t, values: {a: $payer.id}}, then: {accepted: true}}",
        "$payer.id",
        "no row was given a name"
    )]
    [InlineData(
        "{given: [{insert: p, as: payer}], when: {insert: t, values: {a: $payor.id}}, then: {accepted: true}}",
        "$payor.id",
        "$payer"
    )]
    [InlineData("{when: {insert: t, values: {a: $payer}}, then: {accepted: true}}", "$payer}", "$row.column")]
    [InlineData(
        "{given: [{insert: p, as: x}, {insert: q, as: x}], when: {insert: t}, then: {accepted: true}}",
        "x}]",
        "a name of its own"
    )]
    [InlineData(
        "{when: {insert: t, delete: t}, then: {accepted: true}}",
        "{insert: t, delete: t}",
        "exactly one of insert, update"
    )]
    [InlineData(
        "{when: {insert: t}, then: {accepted: true, rejected: P7301}}",
        "{accepted: true, rejected",
        "exactly one of rejected"
    )]
    [InlineData("{when: {insert: t}, then: {accepted: false}}", "false", "a refusal is only known by its code")]
    [InlineData("{when: {insert: t}, then: {rejected: {sqlstate: P73}}}", "P73", "five digits or upper-case letters")]
    [InlineData("{when: {delete: t, values: {a: 1}}, then: {accepted: true}}", "{a: 1}", "only with insert and update")]
    [InlineData("{when: {truncate: t}, then: {row: {a: 1}}}", "{a: 1}}", "only after an insert or an update")]
    [InlineData("{when: {sql: COMMIT}, then: {accepted: true}}", "COMMIT", "one statement that begins with INSERT")]
    [InlineData(
        "{when: {insert: t}, control: {a: 1}, then: {accepted: true}}",
        "{a: 1}",
        "only beside an insert that is rejected"
    )]
    public void A_probe_that_cannot_be_meant_is_told_with_its_place(string probe, string at, string expected)
    {
        var column = $"    probe: {probe}".LastIndexOf(at, StringComparison.Ordinal) + 1;

        var problem = Assert.Single(ProblemsOf($"  - id: a\n    probe: {probe}"));

        Assert.Contains($"a.yml:7:{column}:", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_may_be_null_numbers_truths_texts_documents_and_references()
    {
        Assert.Empty(
            ProblemsOf(
                """
                  - id: a
                    probe:
                      given: [{insert: p, as: payer}]
                      when: {insert: t, values: {a: null, b: 1.50, c: true, d: "$$5", e: {kind: x}, f: [1], g: $payer.id}}
                      then: {row: {a: not_null, b: 1.5}}
                """
            )
        );
    }

    [Fact]
    public void A_table_has_one_way_to_make_its_rows_over_all_manifests()
    {
        Write("b.yml", "rows:\n  - {table: public.t, values: {a: 1}}\n", "  - {id: b, table: {table: t}}");

        var problems = ProblemsOf("  - {id: a, table: {table: t}}", "rows:\n  - {table: t}\n");

        Assert.Contains("one entry of `rows` for each table", Assert.Single(problems), StringComparison.Ordinal);
    }

    private List<string> ProblemsOf(string invariants, string head = "")
    {
        Write("a.yml", head, invariants);
        try
        {
            ManifestFolder.Read(folder.FullName, "invariants", KindRegistry.Standard);
            return [];
        }
        catch (ManifestException failure)
        {
            return [.. failure.Problems.Select(problem => problem.ToString())];
        }
    }

    private void Write(string name, string head, string invariants) =>
        File.WriteAllText(
            Path.Combine(folder.FullName, name),
            $"symphony: 1\ntask: TSK-1\nfailure_signature: P0.A\ntitle: t\n{head}invariants:\n{invariants}\n"
        );
}
