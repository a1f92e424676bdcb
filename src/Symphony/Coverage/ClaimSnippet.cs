using System.Text.Encodings.Web;
using System.Text.Json;
using Symphony.Catalog;
using Symphony.Kinds;

namespace Symphony.Coverage;

/// <summary>An invariant that speaks of a guard, in one line of YAML for the list of a manifest.</summary>
internal static class ClaimSnippet
{
    /// <summary>Every value is a JSON string, which is YAML too, whatever a name or an expression holds.</summary>
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <param name="columns">A key's columns as a JSON array; null where a claim has to say more.</param>
    /// <param name="expression">A check's expression; null likewise.</param>
    public static string? Of(Guard guard, string? columns, string? expression)
    {
        var claimed =
            guard.Sort == GuardSort.Check && expression is not null ? $"expression: {Text(expression)}"
            : (guard.Sort == GuardSort.PrimaryKey || guard.Sort == GuardSort.Unique) && columns is not null
                ? $"columns: {columns}"
            : null;
        return claimed is null
            ? null
            : $"- {{id: {IdFor(guard)}, {guard.Sort.Text}: {{table: {Text(new Subject(guard.Schema, guard.Relation, null).ToString())}, name: {Text(guard.Name!)}, {claimed}}}}}";
    }

    /// <summary>The table and the name in an id's letters: two tables may have constraints of one name.</summary>
    private static string IdFor(Guard guard)
    {
        var name = guard.Name!.StartsWith(guard.Relation!, StringComparison.Ordinal)
            ? guard.Name
            : $"{guard.Relation}-{guard.Name}";
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        return string.Concat(letters).Trim('-') is { Length: > 0 } id ? id : "unnamed";
    }

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value, Encoder)}\"";
}
