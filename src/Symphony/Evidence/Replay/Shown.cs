using System.Text.Json;

namespace Symphony.Evidence.Replay;

/// <summary>Values in findings: short enough to be read, whatever they are.</summary>
internal static class Shown
{
    private const int Longest = 160;

    public static string Of(string? text) => text is null ? "nothing" : $"\"{Cut(text)}\"";

    public static string Of(JsonElement value) => Cut(value.GetRawText());

    private static string Cut(string text) =>
        text.Length <= Longest ? text : $"{text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)]}…";
}
