namespace Symphony.Sql.Bodies;

/// <summary>
/// What a BEFORE UPDATE ROW trigger's body does where nothing changes: <c>IF NEW IS NOT DISTINCT FROM OLD THEN RETURN
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

    /// <summary>The tokens without such statements.</summary>
    public static IReadOnlyList<SqlToken> LeaveOut(IReadOnlyList<SqlToken> tokens)
    {
        var left = new List<SqlToken>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].IsWord("if") && Forms.FirstOrDefault(form => StandsAt(at, form)) is { } found)
            {
                at += found.Length - 1;
            }
            else
            {
                left.Add(tokens[at]);
            }
        }

        return left;

        bool StandsAt(int at, string[] form) =>
            tokens.Skip(at).Take(form.Length).Select(token => token.Canonical).SequenceEqual(form);
    }
}
