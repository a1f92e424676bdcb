namespace Symphony.Manifests;

/// <summary>One thing wrong in a file, said so that it can be put right without reading anything else.</summary>
/// <param name="Path">The file, as it was named by who asked for it to be read.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units, as editors and SARIF count.</param>
/// <param name="Expected">What belongs there: "text", "one of the keys `table`, `name`".</param>
/// <param name="Found">What stands there: "the number 12", "`tabel`".</param>
/// <param name="Hint">What to do: "did you mean `table`?".</param>
public sealed record Problem(string Path, int Line, int Column, string Expected, string Found, string? Hint = null)
{
    /// <summary>The form that terminals and editors make a link of: <c>path:line:column: …</c>.</summary>
    public override string ToString() =>
        $"{Path}:{Line}:{Column}: expected {Expected}, found {Found}{(Hint is null ? "" : "; " + Hint)}";
}
