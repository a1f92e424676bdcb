using System.Runtime.InteropServices;
using System.Text.Json;
using Symphony.Sql;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds;

/// <summary>What was read once in a run: many tables share one trigger function, and some the very fact.</summary>
public sealed class Readings
{
    private readonly Dictionary<object, BodyReading> _known = [];
    private readonly Dictionary<string, Comparison> _compared = new(StringComparer.Ordinal);
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

    /// <inheritdoc cref="ExpressionText.SameTokens"/>
    internal bool SameTokens(string expected, string observed)
    {
        if (!_compared.TryGetValue(expected, out var last) || last.Observed != observed)
        {
            _compared[expected] = last = new Comparison(observed, ExpressionText.SameTokens(expected, observed));
        }

        return last.IsSame;
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

    /// <summary>What a claimed expression was compared with last: a rule's stands in many tables, printed the same.</summary>
    private sealed record Comparison(string Observed, bool IsSame);
}
