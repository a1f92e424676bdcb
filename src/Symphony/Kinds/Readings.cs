using System.Runtime.InteropServices;
using System.Text.Json;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds;

/// <summary>What was read once in a run: many tables share one trigger function, and some the very fact.</summary>
public sealed class Readings
{
    private readonly Dictionary<object, BodyReading> _known = [];
    private JsonElement _json;
    private object? _fact;

    public BodyReading Find<TKey>(TKey key, Func<TKey, BodyReading> read)
        where TKey : struct
    {
        if (!_known.TryGetValue(key, out var reading))
        {
            _known[key] = reading = read(key);
        }

        return reading;
    }

    /// <summary>The fact; that of the check before it where both stand in one place.</summary>
    internal TFact FactOf<TFact>(JsonElement json, Func<JsonElement, TFact> read)
        where TFact : class
    {
        // Compared is where the JSON stands, not what it says.
        if (_fact is not TFact known || JsonMarshal.GetRawUtf8Value(json) != JsonMarshal.GetRawUtf8Value(_json))
        {
            (_json, _fact) = (json, known = read(json));
        }

        return known;
    }
}
