namespace Symphony.Evidence;

/// <summary>What a bundle is filed under.</summary>
public sealed record EvidenceKey(string TaskId, string FailureSignature)
{
    /// <summary>The bundle's file, below the evidence folder and below a run's folder.</summary>
    /// <exception cref="InvalidOperationException">A part is not what a manifest may say, so it does not become a file name.</exception>
    public string ToPath() =>
        IsTask(TaskId) && IsSignature(FailureSignature)
            ? $"{TaskId}/{FailureSignature}.json"
            : throw new InvalidOperationException(
                $"`{TaskId}` and `{FailureSignature}` are not a task and a failure signature."
            );

    private static bool IsTask(string text) => IsPart(text) && !text.Any(char.IsAsciiLetterLower);

    private static bool IsSignature(string text) =>
        text.Split('.') is { Length: >= 2 and <= 8 } parts && parts.All(IsPart);

    private static bool IsPart(string text) =>
        text.Length > 0
        && (char.IsAsciiLetterUpper(text[0]) || char.IsAsciiDigit(text[0]))
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
}
