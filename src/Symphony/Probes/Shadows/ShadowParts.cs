using System.Text.Json.Serialization;
using Symphony.Sql;

namespace Symphony.Probes.Shadows;

/// <summary>What a temporary table needs beyond columns and checks; see shadow.sql.</summary>
internal sealed record ShadowParts(
    IReadOnlyList<ShadowPart> Keys,
    IReadOnlyList<ShadowPart> References,
    IReadOnlyList<ShadowPart> Indexes,
    IReadOnlyList<ShadowPart> Triggers
);

/// <param name="Definition">As the server prints it, with every name's schema.</param>
/// <param name="Enabled"><c>pg_trigger.tgenabled</c>; null for what is no trigger.</param>
internal sealed record ShadowPart(string Name, string Definition, string? Enabled)
{
    /// <summary>The definition with another table after the first <paramref name="word"/>, ON or REFERENCES.</summary>
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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ShadowParts))]
internal sealed partial class ShadowJson : JsonSerializerContext;
