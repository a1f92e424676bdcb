namespace Symphony.Manifests;

/// <summary>The forms of the names that become file names and keys of evidence; nothing else is accepted.</summary>
public static class Identifiers
{
    public const string TaskForm = "capital letters, digits, - and _, such as TSK-P0-149";

    public const string SignatureForm =
        "two to eight parts joined by dots, each beginning with a capital letter or digit, such as P0.INGRESS.TENANT_ISOLATION_MISSING";

    public const string IdForm = "lower-case letters, digits, - and _, such as tenants-billable-client-required";

    // The same as regular expressions, for the JSON Schema.
    internal const string TaskPattern = "^[A-Z0-9][A-Z0-9_-]*$";

    internal const string SignaturePattern = @"^[A-Z0-9][A-Za-z0-9_-]*(\.[A-Z0-9][A-Za-z0-9_-]*){1,7}$";

    internal const string IdPattern = "^[a-z0-9][a-z0-9_-]*$";

    /// <summary>So that the longest still fits into a file name with its ending.</summary>
    internal const int Longest = 200;

    public static bool IsTask(string text) =>
        text.Length <= Longest && IsWord(text, IsCapital, character => IsCapital(character) || character is '_' or '-');

    public static bool IsId(string text) =>
        text.Length <= Longest && IsWord(text, IsSmall, character => IsSmall(character) || character is '_' or '-');

    public static bool IsSignature(string text) =>
        text.Length <= Longest
        && text.Split('.') is { Length: >= 2 and <= 8 } parts
        && Array.TrueForAll(
            parts,
            part =>
                IsWord(part, IsCapital, character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-')
        );

    private static bool IsWord(string text, Func<char, bool> first, Func<char, bool> rest) =>
        text.Length > 0 && first(text[0]) && text.All(rest);

    private static bool IsCapital(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character);

    private static bool IsSmall(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character);
}
