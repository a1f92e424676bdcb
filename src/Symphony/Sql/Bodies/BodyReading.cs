namespace Symphony.Sql.Bodies;

/// <summary>What a recogniser can say of a function's body.</summary>
public abstract record BodyReading
{
    private BodyReading() { }

    /// <summary>
    /// The column asked for is assigned only where it is NULL, by an expression that is not evidently NULL, and the
    /// body returns NEW. Whether a function called in that expression returns NULL, only behaviour shows.
    /// </summary>
    public sealed record FillsWhereNull : BodyReading;

    /// <summary>The column asked about is certainly left as it is.</summary>
    public sealed record Keeps : BodyReading;

    /// <summary>The body raises an error whatever the row; <paramref name="SqlState"/> is the error's code.</summary>
    /// <param name="Fields">What it reads of the row for its message, which is evaluated first.</param>
    public sealed record Raises(string SqlState, IReadOnlyList<RowField> Fields) : BodyReading;

    /// <summary>The body is outside what is recognised: it may do what is claimed, or not.</summary>
    public sealed record NotRecognised(string Reason) : BodyReading;

    /// <summary>The body is understood, and does not do what is claimed.</summary>
    public sealed record Refuted(string Reason) : BodyReading;
}
