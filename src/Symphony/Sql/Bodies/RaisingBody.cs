namespace Symphony.Sql.Bodies;

/// <summary>
/// Recognises the body of a PL/pgSQL function that raises an error whatever happens (PostgreSQL manual, "PL/pgSQL",
/// chapter "Errors and Messages"):
/// <code>
/// BEGIN
///     RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'P7201';
///     RETURN NULL;
/// END
/// </code>
/// The first statement of one plain block is the RAISE. What follows is never run; it may be RETURN, RAISE and NULL.
/// </summary>
public static class RaisingBody
{
    /// <param name="body">The function's <c>prosrc</c>; the function is known to be in PL/pgSQL.</param>
    /// <returns>
    /// <see cref="BodyReading.Raises"/>, <see cref="BodyReading.Refuted"/> or <see cref="BodyReading.NotRecognised"/>,
    /// whose reason names the line.
    /// </returns>
    public static BodyReading Read(string body) =>
        ReadingEndedException.Catch(() =>
        {
            var reader = TokenReader.Open(body);
            Block.TakeBegin(reader);
            var first = reader.Peek();
            if (reader.IsAtWord("return") || reader.IsAtWord("end"))
            {
                SkipUnreached(reader);
                throw reader.Refuted(first, "returns without raising an error");
            }

            var raise = RaiseStatement.Read(reader);
            if (!raise.RaisesError && !reader.IsAtWord("return") && !reader.IsAtWord("end"))
            {
                throw reader.NotRecognised(first, "the first statement does not raise an error");
            }

            SkipUnreached(reader);
            return raise.RaisesError
                ? new BodyReading.Raises(raise.SqlState, raise.Fields)
                : throw reader.Refuted(first, $"RAISE {raise.Level.ToUpperInvariant()} is a message, not an error");
        });

    private static void SkipUnreached(TokenReader reader)
    {
        while (reader.IsAtWord("return") || reader.IsAtWord("raise") || reader.IsAtWord("null"))
        {
            var isReturn = reader.TryTakeWord("return");
            if (Block.TakeRestOfStatement(reader).AtEnd && isReturn)
            {
                // The whole body is compiled before anything of it is run.
                throw reader.NotRecognised(reader.Previous, "a trigger's RETURN without a row is an error of its own");
            }
        }

        Block.TakeEnd(reader);
    }
}
