using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using Symphony.Kinds;

namespace Symphony.Tests.Kinds;

/// <summary>What <c>symphony explain</c>, the docs and the JSON Schema show is there, for every kind.</summary>
public sealed class KindDocumentationTests
{
    public static TheoryData<string> Keys => [.. KindRegistry.Standard.Kinds.Select(kind => kind.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_kind_says_what_it_is_and_what_the_name_alone_does_not_prove(string key)
    {
        var kind = KindRegistry.Standard.Find(key)!;

        Assert.EndsWith(".", kind.Summary, StringComparison.Ordinal);
        Assert.EndsWith(".", kind.WhyItMatters, StringComparison.Ordinal);
        Assert.NotEmpty(kind.HoldsOnlyWhen);
        Assert.All(kind.HoldsOnlyWhen, sentence => Assert.False(string.IsNullOrWhiteSpace(sentence)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_of_a_claim_is_described(string key)
    {
        var undescribed = Properties(KindRegistry.Standard.Find(key)!.ClaimType)
            .Where(property =>
                property.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true)
                    is not [DescriptionAttribute]
            )
            .Select(property => property.Name);

        Assert.Empty(undescribed);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_kind_is_named_as_a_manifest_names_it(string key) => Assert.Matches("^[a-z]+(_[a-z]+)*$", key);

    /// <summary>Those of the claim and of the records inside it.</summary>
    private static IEnumerable<JsonPropertyInfo> Properties(JsonTypeInfo type) =>
        type.Properties.SelectMany(property =>
            Properties(type.Options.GetTypeInfo(property.PropertyType)).Prepend(property)
        );
}
