namespace Symphony.Sql.Bodies;

/// <summary>What assignments to NEW mean for one column of it.</summary>
internal sealed class ColumnFilling(TokenReader body, string column)
{
    private string Shown => SqlText.DisplayName(column);

    /// <summary>
    /// Whether the assignment fills the column where it is NULL. Ends the reading when it may change a value that is
    /// there. <paramref name="testedColumn"/> is the one the IF around it found to be NULL.
    /// </summary>
    public bool Fills(SetIfNullStatement.Assignment assignment, string? testedColumn)
    {
        if (assignment.Column != column)
        {
            return false;
        }

        if (testedColumn == column)
        {
            RequireVouched(assignment, AssignedValue.Read(assignment.Value.Copy()), $"assigns NULL to {Shown}");
            return true;
        }

        if (CoalescedWithItself(assignment.Value.Copy()) is { } otherwise)
        {
            RequireVouched(assignment, AssignedValue.FirstNotNull(otherwise), $"leaves {Shown} NULL where it is NULL");
            return testedColumn is null;
        }

        throw Overwrites(assignment);
    }

    /// <summary>The further arguments of <c>COALESCE(NEW.column, …)</c> when that is the whole value, else null.</summary>
    private IReadOnlyList<TokenReader>? CoalescedWithItself(TokenReader value)
    {
        while (value.IsAtSymbol("("))
        {
            var inner = value.TakeParenthesised();
            if (!value.AtEnd)
            {
                return null;
            }

            value = inner;
        }

        if (!value.TryTakeWord("coalesce") || !value.IsAtSymbol("("))
        {
            return null;
        }

        var arguments = value.TakeParenthesised().SplitAtCommas();
        return value.AtEnd && arguments.Count > 0 && IsTheColumn(arguments[0]) ? [.. arguments.Skip(1)] : null;
    }

    private bool IsTheColumn(TokenReader argument)
    {
        if (!SetIfNullStatement.IsAtNewField(argument))
        {
            return false;
        }

        var reader = argument.Copy();
        return SetIfNullStatement.TakeNewField(reader) == column && reader.AtEnd;
    }

    private void RequireVouched(SetIfNullStatement.Assignment assignment, AssignedValue value, string nullMeans)
    {
        switch (value)
        {
            case AssignedValue.Null:
                throw body.Refuted(assignment.Start, nullMeans);
            case AssignedValue.Doubtful doubtful:
                throw body.NotRecognised(
                    assignment.Start,
                    $"the value assigned to {Shown} may be NULL: {doubtful.Reason}"
                );
        }
    }

    /// <summary>A value that does not read NEW cannot keep what the column held.</summary>
    private ReadingEndedException Overwrites(SetIfNullStatement.Assignment assignment)
    {
        if (AssignedValue.Read(assignment.Value.Copy()) is AssignedValue.Null)
        {
            return body.Refuted(assignment.Start, $"assigns NULL to {Shown}");
        }

        return assignment.Value.Rest().Any(token => token.IsName("new"))
            ? body.NotRecognised(
                assignment.Start,
                $"assigns {Shown} a value of which it is not known that it keeps the one supplied"
            )
            : body.Refuted(assignment.Start, $"assigns {Shown} whether or not it is NULL");
    }
}
