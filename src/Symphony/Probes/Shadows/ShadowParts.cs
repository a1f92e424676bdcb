using System.Text.Json.Serialization;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Probes.Shadows;

/// <summary>What a temporary table needs beyond columns and checks; see shadow.sql.</summary>
/// <param name="Binds">Row security of the real table holds the probing role back.</param>
/// <param name="Policies">Each from AS on.</param>
internal sealed record ShadowParts(
    IReadOnlyList<ShadowPart> Keys,
    IReadOnlyList<ShadowPart> References,
    IReadOnlyList<ShadowPart> Indexes,
    IReadOnlyList<ShadowPart> Triggers,
    IReadOnlyList<ShadowPart> Rules,
    string Owner,
    bool RowSecurity,
    bool Forced,
    bool Binds,
    IReadOnlyList<ShadowPart> Policies
)
{
    /// <summary>What names other tables, and functions that may.</summary>
    [JsonIgnore]
    public IEnumerable<string> Texts => Triggers.Concat(Rules).Concat(Policies).Select(part => part.Definition);
}

/// <param name="Definition">As the server prints it, with every name's schema.</param>
/// <param name="Enabled"><c>pg_trigger.tgenabled</c>, or a rule's; null for what is neither.</param>
internal sealed record ShadowPart(string Name, string Definition, string? Enabled)
{
    /// <summary>How ALTER TABLE brings it into its state; null where it is in it from the beginning.</summary>
    [JsonIgnore]
    public string? State =>
        Enabled switch
        {
            "D" => "DISABLE",
            "R" => "ENABLE REPLICA",
            "A" => "ENABLE ALWAYS",
            _ => null,
        };

    /// <summary>The definition with another table after the first <paramref name="word"/>: ON, REFERENCES or TO.</summary>
    public string Moved(string word, Func<string, string, string> to)
    {
        var tokens = SqlLexer.Read(Definition).ToList();
        var at = tokens.FindIndex(token => token.IsWord(word)) + 1;
        at += tokens[at].IsWord("only") ? 1 : 0;
        var (schema, dot, table) = (tokens[at], tokens[at + 1], tokens[at + 2]);
        return dot.IsSymbol(".")
            ? Definition[..schema.Start] + to(schema.Text, table.Text) + Definition[table.End..]
            : throw new SqlSyntaxException($"the server's definition of {Name} names no schema", schema.Start);
    }
}

/// <summary>What is meant by names in a text; see named.sql.</summary>
/// <param name="Unread">The signatures of functions that run with their caller's rights, and of which no copy is made.</param>
internal sealed record NamedObjects(
    IReadOnlyList<NamedTable> Tables,
    IReadOnlyList<NamedFunction> Functions,
    IReadOnlyList<string> Unread
);

/// <summary>What texts may touch.</summary>
internal sealed class Reach
{
    public HashSet<ObjectName> Tables { get; } = [];

    /// <summary>By their signatures.</summary>
    public Dictionary<string, NamedFunction> Functions { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc cref="NamedObjects.Unread"/>
    public SortedSet<string> Unread { get; } = new(StringComparer.Ordinal);
}

internal sealed record NamedTable(string Schema, string Name)
{
    [JsonIgnore]
    public ObjectName Table => new(Schema, Name);
}

/// <param name="Signature">Name and argument types, as SQL.</param>
/// <param name="RunsAs">The owner whose rights it runs with (SECURITY DEFINER); null where it runs with its caller's.</param>
/// <param name="Path">Its own search_path, as it is set; null where it takes the session's.</param>
internal sealed record NamedFunction(
    string Schema,
    string Name,
    string Signature,
    string Definition,
    string? RunsAs,
    string? Path
)
{
    [JsonIgnore]
    public string Body =>
        SqlLexer.Read(Definition).LastOrDefault(token => token.Kind == SqlTokenKind.String)?.Text ?? "";
}

/// <summary>How a role's rights differ from those of who makes shadows; see rights.sql.</summary>
internal sealed record RoleRights(bool IsProber, IReadOnlyList<string> Lacks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ShadowParts))]
[JsonSerializable(typeof(NamedObjects))]
[JsonSerializable(typeof(RoleRights))]
internal sealed partial class ShadowJson : JsonSerializerContext;
