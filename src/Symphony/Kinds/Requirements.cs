using System.Text.Json.Nodes;

namespace Symphony.Kinds;

/// <summary>One of several texts is required.</summary>
public sealed record Choice(IReadOnlyList<string> OneOf);

/// <summary>
/// What a claim requires of a fact: a value of each path, in the order of the paths' UTF-16 code units, as evidence
/// writes them (RFC 8785). Most values are a word or a yes or no, and are kept as such: a tree of JSON nodes for each
/// check was a quarter of all that a run allocated.
/// </summary>
public sealed class Requirements
{
    public static readonly Requirements None = new();

    private static readonly object True = true;
    private static readonly object False = false;

    private string[] _paths = [];
    private object?[] _values = [];

    public int Count { get; private set; }

    /// <summary>The path at a place, and what is required of it: a bool, a text, a list of texts, a <see cref="Choice"/> or JSON; null where there must be nothing.</summary>
    public (string Path, object? Value) this[int place] => (_paths[place], _values[place]);

    /// <summary>One requirement by itself.</summary>
    public static Requirements Of(string path, JsonNode? value)
    {
        var only = new Requirements();
        only.Set(path, value);
        return only;
    }

    public bool Contains(string path) => Find(path) >= 0;

    internal void Set(string path, bool value) => Put(path, value ? True : False);

    internal void Set(string path, string? value) => Put(path, value);

    internal void Set(string path, IReadOnlyList<string> value) => Put(path, value);

    internal void Set(string path, Choice value) => Put(path, value);

    internal void Set(string path, JsonNode? value) => Put(path, value);

    private void Put(string path, object? value)
    {
        var place = Find(path);
        if (place >= 0)
        {
            _values[place] = value;
            return;
        }

        if (Count == _paths.Length)
        {
            var room = Math.Max(8, Count * 2);
            Array.Resize(ref _paths, room);
            Array.Resize(ref _values, room);
        }

        place = ~place;
        Array.Copy(_paths, place, _paths, place + 1, Count - place);
        Array.Copy(_values, place, _values, place + 1, Count - place);
        (_paths[place], _values[place]) = (path, value);
        Count++;
    }

    /// <summary>Its place, or the complement of the place where it belongs.</summary>
    private int Find(string path) => Array.BinarySearch(_paths, 0, Count, path, StringComparer.Ordinal);
}
