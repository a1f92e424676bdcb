using System.Text.Json;
using Symphony.Catalog;
using Symphony.Evidence;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Tests.Evidence;

public sealed class BundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_task_and_signature_has_a_bundle_of_its_own_checks()
    {
        var run = await WriteAsync(Samples.Report);
        Assert.Equal(
            [Samples.Signature, Samples.OtherSignature],
            run.Bundles.Select(bundle => bundle.FailureSignature).Order()
        );
        var (main, other) = (Read(Samples.Signature), Read(Samples.OtherSignature));
        Assert.Equal(
            ["a-holds", "b-absent", "c-differs", "d-waived", "e-undecided"],
            main.Checks.Select(check => check.Id)
        );
        Assert.Equal(["f-elsewhere"], other.Checks.Select(check => check.Id));
        Assert.Equal(["invariants/TSK-P0-149/hooks.yml"], main.Manifests.Select(manifest => manifest.Path));
        Assert.Equal(["invariants/TSK-P0-149/more.yml"], other.Manifests.Select(manifest => manifest.Path));
        Assert.Equal(new Summary(1, 2, 1, 1), main.Summary);
        Assert.Equal((Verdict.Fail, Verdict.Pass), (main.Verdict, other.Verdict));
    }

    [Fact]
    public async Task A_check_says_what_was_claimed_asked_found_and_decided()
    {
        await WriteAsync(Samples.Report);
        var bundle = Read(Samples.Signature);
        var check = bundle.Checks.Single(check => check.Id == "c-differs");
        Assert.Equal("public.c_differs.c-differs_chk", check.Subject);
        Assert.Equal(new ParametersDocument("public", "c_differs", "c-differs_chk"), check.Parameters);
        Assert.Equal(new LocationDocument("invariants/TSK-P0-149/hooks.yml", 7, 5, 9, 40), check.Location);
        Assert.Contains("pg_catalog.pg_constraint", bundle.Queries[check.QuerySha256!], StringComparison.Ordinal);
        Assert.True((bool)check.Expected["enforced"]!);
        Assert.False(check.Observed!.Value.GetProperty("enforced").GetBoolean());
        Assert.Equal(["enforced", "expression"], check.Differences.Select(difference => difference.Path));
        Assert.Equal(["tenant_id IS NOT NULL", "(amount > 0)"], check.NormalForms.Select(form => form.Expression));
        Assert.StartsWith("ALTER TABLE", check.Remedy[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verdicts_other_than_PASS_carry_their_reason()
    {
        await WriteAsync(Samples.Report);
        var checks = Read(Samples.Signature).Checks.ToDictionary(check => check.Id);
        Assert.Null(checks["a-holds"].Explanation);
        Assert.Null(checks["b-absent"].Observed);
        Assert.Contains("There is no check", checks["b-absent"].Explanation, StringComparison.Ordinal);
        Assert.Equal("being repaired", checks["d-waived"].Waiver!.Reason);
        Assert.Equal(new CheckError("42883", "public.e_undecided.e-undecided_chk"), checks["e-undecided"].Error);
        Assert.NotNull(checks["e-undecided"].Next);
        Assert.All(checks.Values.Where(check => check.Verdict != Verdict.Error), check => Assert.Null(check.Error));
    }

    [Fact]
    public async Task A_bundle_is_enough_to_judge_again()
    {
        await WriteAsync(Samples.Report);
        foreach (var check in Read(Samples.Signature).Checks.Where(check => check.Observed is not null))
        {
            var kind = KindRegistry.Standard.Find(check.Kind)!;
            var forms = new ExpressionForms();
            foreach (var form in check.NormalForms)
            {
                forms.Add(
                    new(ObjectName.Parse(form.Relation), form.Expression),
                    new(form.Form, form.Error, form.Sqlstate)
                );
            }

            var judgement = new Judgement(forms);
            kind.Judge((Claim)check.Claim!.Value.Deserialize(kind.ClaimType)!, check.Observed!.Value, judgement);
            Assert.False(judgement.IsWaitingForForms);
            Assert.Equal(check.Differences.Select(d => d.Path), judgement.Differences.Select(d => d.Path));
            Assert.Equal(check.Verdict == Verdict.Error, judgement.Undecided.Count > 0);
        }
    }

    [Fact]
    public async Task The_bytes_are_canonical_and_the_same_for_the_same_facts()
    {
        await WriteAsync(Samples.Report);
        var first = Bytes(Samples.Signature);
        Assert.Equal(CanonicalJson.Of(first), first);
        var again = Samples.Judge(
            [.. Samples.Manifests.Invariants.Reverse()],
            id =>
                id switch
                {
                    "b-absent" => null,
                    "c-differs" or "d-waived" => Samples.Fact(expression: "(amount > 0)", enforced: false),
                    "e-undecided" => Samples.Fact(expression: "(amount IS DISTINCT FROM <&> '\u20ac')"),
                    _ => Samples.Fact(),
                }
        );
        await WriteAsync(again);
        Assert.Equal(first, Bytes(Samples.Signature));
    }

    [Fact]
    public async Task An_integer_that_a_double_would_round_keeps_its_digits()
    {
        var check = Samples.Report.Checks[0] with
        {
            Observed = JsonElement.Parse("""{"last_value": 9223372036854775807}"""),
        };
        await WriteAsync(Samples.Report with { Checks = [check] });
        Assert.Equal(
            "9223372036854775807",
            Read(Samples.Signature).Checks[0].Observed!.Value.GetProperty("last_value").GetString()
        );
    }

    [Fact]
    public async Task A_database_that_was_not_reached_leaves_evidence_of_that()
    {
        var failure = new UnobservedException(
            "cannot connect to the database",
            "a server",
            "localhost:5432: Connection refused",
            "start it"
        );
        var report = Verifier.Unobserved(
            Samples.Manifests.Invariants,
            Target.Unknown,
            failure,
            new WaiverBook([], Samples.Today)
        );
        var run = await WriteAsync(report);
        var bundle = Read(Samples.Signature);
        Assert.Equal((Verdict.Error, Verdict.Error), (run.Verdict, bundle.Verdict));
        Assert.Equal(new TargetDocument(null, null, 0, null), bundle.Target);
        Assert.Contains("Connection refused", bundle.Error!.Message, StringComparison.Ordinal);
        Assert.All(bundle.Checks, check => Assert.Equal((Verdict.Error, "start it"), (check.Verdict, check.Next)));
        Assert.Empty(bundle.Queries);
    }

    [Fact]
    public async Task A_signature_without_a_single_check_is_an_ERROR()
    {
        await WriteAsync(Samples.Report with { Checks = [] });
        var bundle = Read(Samples.Signature);
        Assert.Equal((Verdict.Error, 0), (bundle.Verdict, bundle.Checks.Count));
    }

    [Fact]
    public async Task Half_a_verdict_does_not_replace_a_whole_one()
    {
        await WriteAsync(Samples.Report);
        var whole = Bytes(Samples.Signature);
        var verified = Samples.Manifests.Invariants.Where(invariant => invariant.Id == "a-holds").ToList();
        var run = await WriteAsync(Samples.Judge(verified, _ => Samples.Fact()), verified);
        Assert.Equal(whole, Bytes(Samples.Signature));
        var half = JsonSerializer.Deserialize(
            File.ReadAllBytes(_folder.File(run.Bundles.Single().Path)),
            EvidenceJson.Default.Bundle
        )!;
        Assert.Equal(["b-absent", "c-differs", "d-waived", "e-undecided"], half.LeftOut);
        Assert.Equal(Verdict.Pass, half.Verdict);
    }

    private Task<RunDocument> WriteAsync(Report report, IReadOnlyCollection<Invariant>? verified = null) =>
        new EvidenceWriter(EvidenceStore.Open(_folder.Path), TimeProvider.System).WriteAsync(
            report,
            Samples.Manifests,
            verified ?? [.. Samples.Manifests.Invariants],
            Samples.Run(DateTimeOffset.UtcNow),
            TestContext.Current.CancellationToken
        );

    private byte[] Bytes(string signature) => File.ReadAllBytes(_folder.File($"{Samples.Task}/{signature}.json"));

    private Bundle Read(string signature) => JsonSerializer.Deserialize(Bytes(signature), EvidenceJson.Default.Bundle)!;
}
