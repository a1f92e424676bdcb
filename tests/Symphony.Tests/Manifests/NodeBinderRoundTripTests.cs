using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Symphony.Manifests.Binding;

namespace Symphony.Tests.Manifests;

public sealed class NodeBinderRoundTripTests
{
    [Fact]
    public void A_record_written_as_json_is_bound_to_an_equal_one()
    {
        // JSON is YAML, except for what YAML does not let stand unescaped in a file.
        var texts = ArbMap
            .Default.GeneratorFor<NonNull<string>>()
            .Select(text => text.Get.Replace("\0", "", StringComparison.Ordinal));
        var records =
            from table in texts
            from columns in texts.ListOf()
            from number in ArbMap.Default.GeneratorFor<int>()
            from method in Gen.Elements(Enum.GetValues<MethodLike>())
            from unique in Gen.Elements<bool?>(true, false, null)
            select new IndexLike(
                table,
                [.. columns.Select(column => new KeyLike(column, unique == true))],
                method,
                null,
                unique ?? false,
                unique,
                number
            );
        using var binder = new NodeBinder();

        Prop.ForAll(
                Arb.From(records),
                record =>
                {
                    var json = JsonOf(record);
                    var (root, problems) = YamlFile.Read(json);
                    var bound = root is null ? null : binder.Bind(root, BindingTestJson.Default.IndexLike, problems);
                    return bound is not null && JsonOf(bound) == json;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static string JsonOf(IndexLike index)
    {
        var json = JsonSerializer.SerializeToNode(index, BindingTestJson.Default.IndexLike)!.AsObject();
        json.Remove("summary");
        return json.ToJsonString();
    }
}
