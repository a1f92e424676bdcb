using System.Runtime.CompilerServices;

namespace Symphony.Kinds;

/// <summary>
/// Why a requirement that is not met matters. Nothing is written for one that is met, as nearly all are: the sentences
/// that nobody would read were a quarter of what judging ten thousand triggers allocated.
/// </summary>
[InterpolatedStringHandler]
public ref struct Why
{
    private DefaultInterpolatedStringHandler _text;

    public Why(int literalLength, int formattedCount, bool expected, bool observed, out bool isNeeded)
        : this(literalLength, formattedCount, isNeeded = !Judgement.IsMet(expected, observed)) { }

    public Why(int literalLength, int formattedCount, string? expected, string? observed, out bool isNeeded)
        : this(literalLength, formattedCount, isNeeded = !Judgement.IsMet(expected, observed)) { }

    public Why(
        int literalLength,
        int formattedCount,
        IReadOnlyList<string> expected,
        string? observed,
        out bool isNeeded
    )
        : this(literalLength, formattedCount, isNeeded = !Judgement.IsMet(expected, observed)) { }

    public Why(int literalLength, int formattedCount, IReadOnlyList<string> observed, out bool isNeeded)
        : this(literalLength, formattedCount, isNeeded = observed.Count > 0) { }

    private Why(int literalLength, int formattedCount, bool isNeeded) =>
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted(string? text) => _text.AppendFormatted(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>The sentence; empty where none is needed. To be asked once.</summary>
    public override string ToString() => _text.ToStringAndClear();
}
