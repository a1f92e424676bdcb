using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Symphony.Kinds;

/// <content>
/// The simple requirements: one value of the fact, as the claim wants it. An interpolated text goes to the overload with
/// a <see cref="Why"/>, which puts it together only where the requirement is not met.
/// </content>
public sealed partial class Judgement
{
    public void Require(string path, bool expected, bool observed, string why)
    {
        Expected.Set(path, expected);
        if (!IsMet(expected, observed))
        {
            Differ(path, expected, observed, why);
        }
    }

    /// <inheritdoc cref="Require(string, bool, bool, string)"/>
    public void Require(
        string path,
        bool expected,
        bool observed,
        [InterpolatedStringHandlerArgument(nameof(expected), nameof(observed))] Why why
    ) => Require(path, expected, observed, why.ToString());

    public void Require(string path, string? expected, string? observed, string why)
    {
        Expected.Set(path, expected);
        if (!IsMet(expected, observed))
        {
            Differ(path, expected, observed, why);
        }
    }

    /// <inheritdoc cref="Require(string, string?, string?, string)"/>
    public void Require(
        string path,
        string? expected,
        string? observed,
        [InterpolatedStringHandlerArgument(nameof(expected), nameof(observed))] Why why
    ) => Require(path, expected, observed, why.ToString());

    /// <summary>Requires the same entries in the same order.</summary>
    public void Require(string path, IReadOnlyList<string> expected, IReadOnlyList<string> observed, string why)
    {
        Expected.Set(path, expected);
        if (!expected.SequenceEqual(observed, StringComparer.Ordinal))
        {
            Differ(path, ToJson(expected), ToJson(observed), why);
        }
    }

    /// <summary>Requires one of several values; the evidence shows them all.</summary>
    public void RequireOneOf(string path, IReadOnlyList<string> expected, string? observed, string why)
    {
        if (expected is [var only])
        {
            Require(path, only, observed, why);
            return;
        }

        Expected.Set(path, new Choice(expected));
        if (!IsMet(expected, observed))
        {
            Differ(path, new JsonObject { ["one_of"] = ToJson(expected) }, observed, why);
        }
    }

    /// <inheritdoc cref="RequireOneOf(string, IReadOnlyList{string}, string?, string)"/>
    public void RequireOneOf(
        string path,
        IReadOnlyList<string> expected,
        string? observed,
        [InterpolatedStringHandlerArgument(nameof(expected), nameof(observed))] Why why
    ) => RequireOneOf(path, expected, observed, why.ToString());

    /// <summary>Requires that a list of offenders (rules, children, triggers) is empty.</summary>
    public void RequireNone(string path, IReadOnlyList<string> observed, string why) =>
        Require(path, [], observed, why);

    /// <inheritdoc cref="RequireNone(string, IReadOnlyList{string}, string)"/>
    public void RequireNone(
        string path,
        IReadOnlyList<string> observed,
        [InterpolatedStringHandlerArgument(nameof(observed))] Why why
    ) => RequireNone(path, observed, why.ToString());

    internal static bool IsMet(bool expected, bool observed) => expected == observed;

    internal static bool IsMet(string? expected, string? observed) =>
        string.Equals(expected, observed, StringComparison.Ordinal);

    internal static bool IsMet(IReadOnlyList<string> expected, string? observed) =>
        observed is not null && expected.Contains(observed, StringComparer.Ordinal);

    private static JsonArray ToJson(IEnumerable<string> values) =>
        [.. values.Select(value => (JsonNode?)JsonValue.Create(value))];
}
