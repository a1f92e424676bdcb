namespace Symphony.Manifests.Binding;

/// <summary>"Did you mean": the known word that a misspelt one is nearest to.</summary>
public static class Nearest
{
    /// <summary>A misspelling of a longer word is none of ours, and comparing costs the product of both lengths.</summary>
    private const int LongestWord = 64;

    /// <summary>Null when none is near: a wrong guess is worse than none.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        // At least one letter stays: any one-letter word is "near" another.
        var farthest = Math.Min(word.Length - 1, Math.Max(1, word.Length / 3));
        string? nearest = null;
        foreach (var candidate in known)
        {
            var distance = Distance(Fold(word), Fold(candidate));
            if (distance <= farthest && candidate.Length <= LongestWord)
            {
                (nearest, farthest) = (candidate, distance - 1);
            }
        }

        return nearest;
    }

    internal static string? Hint(string word, IEnumerable<string> known) =>
        Of(word, known) is { } nearest ? $"did you mean `{nearest}`?" : null;

    /// <summary>Letter case and the sort of hyphen are the commonest slips, and count as none.</summary>
    private static string Fold(string word) => word.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var beforePrevious = new int[right.Length + 1];
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    current[column] = Math.Min(current[column], beforePrevious[column - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }
}
