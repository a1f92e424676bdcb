using System.Text.Json;

namespace Symphony.Schemas;

/// <summary>What tells one object from every other within a database, whatever it is called now.</summary>
/// <param name="Class">In SQL's words: <c>table</c>, <c>column</c>, <c>constraint</c>, <c>index</c>, <c>function</c>, …</param>
/// <param name="Sub">A column's number; 0 for everything else.</param>
public readonly record struct ObjectKey(string Class, uint Oid, int Sub = 0);

/// <summary>One object of a schema as the catalog has it.</summary>
/// <param name="Parent">The relation it belongs to; null for what stands alone.</param>
/// <param name="Namespace">The schema's name; empty for what has none.</param>
/// <param name="Identity">The whole name, quoted as SQL needs it.</param>
/// <param name="Definition">What it is, as JSON text without OIDs: two databases can be compared by it.</param>
/// <param name="InnerState">What holds inside this database only, as JSON text: OIDs, files, flags.</param>
public sealed record SchemaObject(
    ObjectKey Key,
    uint? Parent,
    string Namespace,
    string Name,
    string Identity,
    string Definition,
    string InnerState
)
{
    private readonly JsonElement _definition = JsonElement.Parse(Definition);

    private JsonElement State { get; } = JsonElement.Parse(InnerState);

    public string Class => Key.Class;

    /// <summary>For messages: <c>column public.tenants.tenant_id</c>.</summary>
    public string Title => $"{Class} {Identity}";

    public JsonElement Read() => _definition;

    /// <summary>A member of <see cref="Definition"/>, or null.</summary>
    public string? Text(string member) =>
        Read().TryGetProperty(member, out var value)
            ? value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : value.GetRawText()
            : null;

    /// <summary>A number of the inner state, or null.</summary>
    public long? Number(string member) =>
        State.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetInt64()
            : null;

    /// <summary>A flag of the inner state; false where it is not given.</summary>
    public bool Flag(string member) =>
        State.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A text of the inner state, or null.</summary>
    public string? Word(string member) =>
        State.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The numbers of a list in the inner state.</summary>
    public IReadOnlyList<int> Numbers(string member) =>
        State.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(entry => entry.GetInt32())]
            : [];

    /// <summary>The texts of a list in the inner state; null where it is not given.</summary>
    public IReadOnlyList<string>? Texts(string member) =>
        State.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(entry => entry.GetString()!)]
            : null;

    /// <summary>Who holds which privileges, the owner left out.</summary>
    public IEnumerable<(string Grantee, string Privilege)> Privileges() =>
        Read().TryGetProperty("privileges", out var held)
            ? held.EnumerateObject()
                .SelectMany(entry =>
                    entry.Value.EnumerateArray().Select(privilege => (entry.Name, privilege.GetString()!))
                )
            : [];
}
