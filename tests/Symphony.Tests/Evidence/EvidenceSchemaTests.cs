using System.Text.Json.Nodes;
using Symphony.Evidence;

namespace Symphony.Tests.Evidence;

public sealed class EvidenceSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_written_is_what_the_schemas_say()
    {
        var run = await new EvidenceWriter(EvidenceStore.Open(_folder.Path), TimeProvider.System).WriteAsync(
            Samples.Report,
            Samples.Manifests,
            [.. Samples.Manifests.Invariants],
            Samples.Run(DateTimeOffset.UtcNow),
            TestContext.Current.CancellationToken
        );
        Assert.Empty(SchemaCheck.Problems(EvidenceSchemas.OfRun(), Read(EvidenceStore.RunPath(run.RunId))));
        Assert.All(
            run.Bundles,
            bundle => Assert.Empty(SchemaCheck.Problems(EvidenceSchemas.OfBundle(), Read(bundle.Path)))
        );
        // One run is one line.
        Assert.Empty(SchemaCheck.Problems(EvidenceSchemas.OfLogEntry(), Read("log.jsonl")));
    }

    [Theory]
    [InlineData("verdict", "\"GREEN\"")]
    [InlineData("schema", "\"symphony/evidence-bundle/v2\"")]
    [InlineData("task_id", "null")]
    [InlineData("extra", "1")]
    public async Task The_schema_refuses_another_document(string member, string value)
    {
        var run = await new EvidenceWriter(EvidenceStore.Open(_folder.Path), TimeProvider.System).WriteAsync(
            Samples.Report,
            Samples.Manifests,
            [.. Samples.Manifests.Invariants],
            Samples.Run(DateTimeOffset.UtcNow),
            TestContext.Current.CancellationToken
        );
        var bundle = Read(run.Bundles[0].Path);
        bundle[member] = JsonNode.Parse(value);
        Assert.NotEmpty(SchemaCheck.Problems(EvidenceSchemas.OfBundle(), bundle));
    }

    [Fact]
    public void Every_member_is_described_and_none_may_be_left_out()
    {
        foreach (
            var schema in new[] { EvidenceSchemas.OfBundle(), EvidenceSchemas.OfRun(), EvidenceSchemas.OfLogEntry() }
        )
        {
            Assert.Empty(Undescribed(JsonNode.Parse(schema)!, "$"));
        }
    }

    [Fact]
    public void The_text_is_the_same_every_time() =>
        Assert.Equal(EvidenceSchemas.OfBundle(), EvidenceSchemas.OfBundle());

    private static IEnumerable<string> Undescribed(JsonNode schema, string path)
    {
        if (schema["properties"] is JsonObject properties)
        {
            if (
                !properties
                    .Select(member => member.Key)
                    .SequenceEqual(schema["required"]?.AsArray().Select(name => (string)name!) ?? [])
            )
            {
                yield return path + " does not require every member";
            }

            foreach (var (name, member) in properties)
            {
                if (member!["description"] is null)
                {
                    yield return $"{path}.{name}";
                }

                foreach (
                    var inner in Undescribed(member!, $"{path}.{name}")
                        .Concat(member["items"] is { } items ? Undescribed(items, $"{path}.{name}[]") : [])
                )
                {
                    yield return inner;
                }
            }
        }
    }

    private JsonObject Read(string path) => JsonNode.Parse(File.ReadAllBytes(_folder.File(path)))!.AsObject();
}
