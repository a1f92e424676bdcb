using System.Globalization;
using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>
/// Storage options of a table or an index (PostgreSQL manual, "Storage Parameters"), claimed one by one: those that a
/// claim does not name are not looked at.
/// </summary>
internal static class StorageOptions
{
    public static IEnumerable<ClaimProblem> Problems(IReadOnlyDictionary<string, SettingText>? claimed) =>
        claimed is { Count: 0 }
            ? [new ClaimProblem("storage", "at least one option", "an empty mapping")]
            : (claimed?.Keys ?? [])
                .Where(name => !name.All(letter => char.IsAsciiLetterLower(letter) || letter == '_'))
                .Select(name => new ClaimProblem(
                    "storage",
                    "options of the relation itself, in lower case, such as fillfactor",
                    $"`{name}`"
                ));

    /// <param name="claimed">Option to value; null claims none.</param>
    /// <param name="observed">What the catalog holds: the options that were set, as they were written.</param>
    /// <param name="prefix">Stands before the fact's member.</param>
    /// <param name="relation">Whose they are.</param>
    /// <param name="judgement">Takes the differences.</param>
    public static void Judge(
        IReadOnlyDictionary<string, SettingText>? claimed,
        IReadOnlyDictionary<string, string> observed,
        string prefix,
        string relation,
        Judgement judgement
    )
    {
        foreach (var (name, value) in Sorted(claimed))
        {
            var found = observed.GetValueOrDefault(name);
            judgement.Require(
                $"{prefix}storage.{name}",
                value.Text,
                Same(value.Text, found) ? value.Text : found,
                found is null
                    ? $"{relation} has no {name} of its own: the server's default counts."
                    : $"{relation} has another {name} than claimed."
            );
        }
    }

    public static IEnumerable<string> Repair(
        IReadOnlyDictionary<string, SettingText>? claimed,
        IReadOnlyDictionary<string, string> observed,
        string alter
    )
    {
        var wrong = Sorted(claimed)
            .Where(option => !Same(option.Value.Text, observed.GetValueOrDefault(option.Key)))
            .ToDictionary(option => option.Key, option => option.Value);
        return wrong.Count == 0 ? [] : [$"{alter} SET ({ToSql(wrong)})"];
    }

    public static string ToSql(IReadOnlyDictionary<string, SettingText> claimed) =>
        string.Join(
            ", ",
            Sorted(claimed)
                .Select(option => $"{SqlText.QuoteName(option.Key)} = {SqlText.QuoteLiteral(option.Value.Text)}")
        );

    /// <summary>Numbers and the words for on and off are equal in meaning; other values letter by letter.</summary>
    private static bool Same(string claimed, string? found) =>
        found is not null
        && (
            string.Equals(claimed, found, StringComparison.OrdinalIgnoreCase)
            || (Number(claimed) is { } number && number == Number(found))
            || (Switch(claimed) is { } on && on == Switch(found))
        );

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? Switch(string text) =>
        text.ToUpperInvariant() switch
        {
            "ON" or "TRUE" or "YES" => true,
            "OFF" or "FALSE" or "NO" => false,
            _ => null,
        };

    private static IEnumerable<KeyValuePair<string, SettingText>> Sorted(
        IReadOnlyDictionary<string, SettingText>? claimed
    ) => claimed is null ? [] : claimed.OrderBy(option => option.Key, StringComparer.Ordinal);
}
