namespace Symphony.Sql.Bodies;

/// <summary>
/// Recognises the body of a PL/pgSQL trigger function that fills a column only where it is NULL (PostgreSQL manual,
/// "PL/pgSQL", chapters "Basic Statements" and "Trigger Functions"):
/// <code>
/// BEGIN
///     IF NEW.correlation_id IS NULL THEN NEW.correlation_id := gen_random_uuid(); END IF;
///     NEW.source := COALESCE(NEW.source, 'api');
///     RETURN NEW;
/// END
/// </code>
/// A body is a sequence of such statements in one plain block. What it does to other columns does not matter as long as
/// the statement is one of these.
/// </summary>
public static class SetIfNullBody
{
    /// <param name="body">The function's <c>prosrc</c>; the function is known to be in PL/pgSQL.</param>
    /// <param name="column">The column's exact name.</param>
    /// <returns>
    /// <see cref="BodyReading.FillsWhereNull"/>, <see cref="BodyReading.Refuted"/> or
    /// <see cref="BodyReading.NotRecognised"/>, whose reason names the line.
    /// </returns>
    public static BodyReading Read(string body, string column) =>
        ReadingEndedException.Catch(() =>
        {
            var reader = TokenReader.Open(body);
            return Judge(reader, SetIfNullStatement.ReadBody(reader), column);
        });

    private static BodyReading Judge(TokenReader reader, IReadOnlyList<SetIfNullStatement> statements, string column)
    {
        CheckReturn(reader, statements);
        var filler = new ColumnFilling(reader, column);
        var fills = false;
        foreach (var statement in statements)
        {
            fills |= statement switch
            {
                SetIfNullStatement.Assignment assignment => filler.Fills(assignment, testedColumn: null),
                SetIfNullStatement.WhereNull where => FillsInside(where, filler),
                _ => false,
            };
        }

        return fills
            ? new BodyReading.FillsWhereNull()
            : new BodyReading.Refuted($"no statement fills {SqlText.DisplayName(column)} where it is NULL");
    }

    private static bool FillsInside(SetIfNullStatement.WhereNull where, ColumnFilling filler)
    {
        var fills = false;
        foreach (var assignment in where.Statements.OfType<SetIfNullStatement.Assignment>())
        {
            fills |= filler.Fills(assignment, where.Column);
        }

        return fills;
    }

    private static void CheckReturn(TokenReader reader, IReadOnlyList<SetIfNullStatement> statements)
    {
        var at = statements.TakeWhile(statement => statement is not SetIfNullStatement.Return).Count();
        if (at == statements.Count)
        {
            throw reader.Refuted(null, "the body ends without RETURN NEW, which is an error in a trigger function");
        }

        var returned = ((SetIfNullStatement.Return)statements[at]).What;
        if (returned is "null" or "old")
        {
            throw reader.Refuted(statements[at].Start, $"returns {returned.ToUpperInvariant()}, not NEW");
        }

        if (returned != "new")
        {
            throw reader.NotRecognised(statements[at].Start, "returns something else than NEW");
        }

        if (at < statements.Count - 1)
        {
            throw reader.NotRecognised(statements[at + 1].Start, "a statement follows RETURN NEW");
        }
    }
}
