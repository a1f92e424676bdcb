namespace Symphony.Sql.Bodies;

/// <summary>Thrown inside a recogniser as soon as its answer is known; it never leaves this folder.</summary>
internal sealed class ReadingEndedException(BodyReading reading) : Exception
{
    public BodyReading Reading { get; } = reading;

    public static BodyReading Catch(Func<BodyReading> read)
    {
        try
        {
            return read();
        }
        catch (ReadingEndedException ended)
        {
            return ended.Reading;
        }
    }
}
