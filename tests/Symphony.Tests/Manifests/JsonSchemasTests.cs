using System.Text.Json.Nodes;
using Symphony.Manifests.Binding;

namespace Symphony.Tests.Manifests;

public sealed class JsonSchemasTests
{
    private static readonly JsonNode Schema = JsonSchemas.Of(BindingTestJson.Default.IndexLike);

    private static JsonNode Property(string name) => Schema["properties"]![name]!;

    [Fact]
    public void A_record_is_an_object_with_its_keys_in_order_and_no_others()
    {
        Assert.Equal("object", (string)Schema["type"]!);
        Assert.Equal(
            [
                "table",
                "columns",
                "method",
                "fallback",
                "unique",
                "nulls_distinct",
                "fill_factor",
                "correlation",
                "predicate",
                "since",
                "include",
                "tags",
                "options",
                "values",
                "validated",
                "twin",
            ],
            Schema["properties"]!.AsObject().Select(property => property.Key)
        );
        Assert.Equal(["table", "columns"], Schema["required"]!.AsArray().Select(key => (string)key!));
        Assert.False((bool)Schema["additionalProperties"]!);
    }

    [Fact]
    public void Descriptions_come_first_and_from_the_property_before_its_type()
    {
        Assert.Equal("description", Schema.AsObject().First().Key);
        Assert.Equal("An index that a table has.", (string)Schema["description"]!);
        Assert.Equal("The table it is on.", (string)Property("table")["description"]!);
        Assert.Equal("How it finds rows.", (string)Property("method")["description"]!);
    }

    [Fact]
    public void Choices_are_listed_in_their_spelling()
    {
        Assert.Equal(
            ["btree", "hash", "sp_gist"],
            Property("method")["enum"]!.AsArray().Select(choice => (string)choice!)
        );
        Assert.Equal("btree", (string)Property("method")["default"]!);
    }

    [Fact]
    public void A_shorthand_is_allowed_beside_the_mapping()
    {
        var item = Property("columns")["items"]!["anyOf"]!.AsArray();

        Assert.Equal("string", (string)item[0]!["type"]!);
        Assert.Equal("object", (string)item[1]!["type"]!);
        Assert.False((bool)item[1]!["additionalProperties"]!);
    }

    [Fact]
    public void A_type_that_only_its_converter_knows_brings_its_own_schema()
    {
        Assert.Equal(
            """{"description":"Whether rows were checked.","enum":[true,false,"any"],"default":"any"}""",
            Property("validated").ToJsonString()
        );
    }

    [Fact]
    public void A_schema_holds_no_references_and_can_stand_in_another()
    {
        Assert.DoesNotContain("$ref", Schema.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"description":"Columns that are only carried.","type":["array","null"],"items":{"type":"string"}}""",
            Property("include").ToJsonString()
        );
        Assert.Equal("""{"type":["array","null"],"items":{"type":"string"}}""", Property("tags").ToJsonString());
    }

    [Fact]
    public void A_record_within_itself_is_any_mapping_inside()
    {
        var twin = Property("twin")["properties"]!;

        Assert.Equal(Property("columns").ToJsonString(), twin["columns"]!.ToJsonString());
        Assert.Equal(
            """{"description":"An index that a table has.","type":["object","null"]}""",
            twin["twin"]!.ToJsonString()
        );
    }

    [Fact]
    public void Optional_keys_have_no_null_default()
    {
        Assert.False(Property("predicate").AsObject().ContainsKey("default"));
    }

    [Fact]
    public void The_schema_of_a_type_is_the_same_every_time()
    {
        Assert.Equal(Schema.ToJsonString(), JsonSchemas.Of(BindingTestJson.Default.IndexLike).ToJsonString());
    }
}
