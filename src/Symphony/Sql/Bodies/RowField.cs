namespace Symphony.Sql.Bodies;

/// <summary>A field of OLD or NEW that a RAISE reads, and what must be true of the column lest another error comes first.</summary>
/// <param name="Record"><c>old</c> or <c>new</c>.</param>
/// <param name="Joined">It is joined to a text with <c>||</c>, which not every type can be.</param>
/// <param name="Given">It must not be NULL.</param>
public sealed record RowField(string Record, string Column, bool Joined, bool Given)
{
    public override string ToString() => $"{Record.ToUpperInvariant()}.{SqlText.DisplayName(Column)}";
}
