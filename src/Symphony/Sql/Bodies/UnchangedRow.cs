namespace Symphony.Sql.Bodies;

/// <summary>
/// What a BEFORE UPDATE ROW trigger's body may begin with: <c>IF NEW IS NOT DISTINCT FROM OLD THEN RETURN
/// NULL; END IF;</c> only spares the write. An action changes the referencing columns, and never gets there.
/// </summary>
internal static class UnchangedRow
{
    private static readonly string[][] Forms =
    [
        .. from compared in (string[])
            [
                "new is not distinct from old",
                "old is not distinct from new",
                "new . * is not distinct from old . *",
                "old . * is not distinct from new . *",
                "new = old",
                "old = new",
            ]
        from condition in (string[])[compared, $"( {compared} )"]
        from row in (string[])["null", "old", "new"]
        select $"if {condition} then return {row} ; end if ;".Split(' '),
    ];

    /// <summary>The tokens without such a statement. It comes first: behind another, the row may have been changed back.</summary>
    public static IReadOnlyList<SqlToken> LeaveOut(IReadOnlyList<SqlToken> tokens)
    {
        var first = tokens.TakeWhile(token => !token.IsWord("begin")).Count() + 1;
        var words = tokens.Skip(first).Select(token => token.Canonical).ToList();
        return Forms.FirstOrDefault(form => words.Take(form.Length).SequenceEqual(form)) is { } found
            ? [.. tokens.Take(first), .. tokens.Skip(first + found.Length)]
            : tokens;
    }
}
