namespace Symphony.Sql;

/// <summary>The text ends inside a string, a quoted name or a comment, or holds a character SQL does not know.</summary>
public sealed class SqlSyntaxException(string message, int offset) : Exception(message)
{
    /// <summary>Where the offending token begins, counted in characters from 0.</summary>
    public int Offset { get; } = offset;
}
