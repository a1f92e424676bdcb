using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Symphony.Schemas;

/// <summary>
/// A schema as text: names and definitions, one object a line, in the order of classes and names, without OIDs. Two
/// databases with the same schema give the same bytes; a line tool shows what differs.
/// </summary>
public static class SchemaDump
{
    public const string Identifier = "symphony/schema/v1";

    public const string MigrationClass = "migration";

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Roles are the server's, and no part of one database's schema.</summary>
    private static readonly string[] Omitted = ["role"];

    public static IReadOnlyList<SchemaEntry> Entries(SchemaImage image) =>
        [
            .. image
                .Objects.Where(entry => !Omitted.Contains(entry.Class))
                .Select(entry => new SchemaEntry(
                    entry.Class,
                    entry.Identity,
                    Canonical(JsonNode.Parse(entry.Definition))
                ))
                .OrderBy(entry => entry.Class, StringComparer.Ordinal)
                .ThenBy(entry => entry.Identity, StringComparer.Ordinal),
        ];

    /// <summary>What a ledger says was applied, or what lies on disk: a class of its own beside the objects.</summary>
    /// <param name="migrations">Version and checksum of each.</param>
    public static IReadOnlyList<SchemaEntry> Migrations(IEnumerable<(string Version, string Checksum)> migrations) =>
        [
            .. migrations
                .OrderBy(migration => migration.Version, StringComparer.Ordinal)
                .Select(migration => new SchemaEntry(
                    MigrationClass,
                    migration.Version,
                    new JsonObject { ["checksum"] = migration.Checksum.ToLowerInvariant() }
                )),
        ];

    public static void Write(IReadOnlyList<SchemaEntry> entries, TextWriter output)
    {
        output.Write($"{{\"schema\":\"{Identifier}\",\"objects\":[");
        for (var i = 0; i < entries.Count; i++)
        {
            output.Write(i == 0 ? "\n" : ",\n");
            output.Write(entries[i].ToJson());
        }

        output.Write("\n]}\n");
    }

    /// <exception cref="InputException">The text is not a dump.</exception>
    public static IReadOnlyList<SchemaEntry> Read(byte[] content, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            IReadOnlyList<SchemaEntry> entries =
                document.RootElement.GetProperty("schema").GetString() == Identifier
                    ?
                    [
                        .. document
                            .RootElement.GetProperty("objects")
                            .EnumerateArray()
                            .Select(entry => new SchemaEntry(
                                entry.GetProperty("class").GetString()!,
                                entry.GetProperty("name").GetString()!,
                                Canonical(JsonNode.Parse(entry.GetProperty("definition").GetRawText()))
                            )),
                    ]
                    : throw NoDump(name, $"schema {document.RootElement.GetProperty("schema")}", null);
            var twice = entries
                .GroupBy(entry => (entry.Class, entry.Identity))
                .FirstOrDefault(group => group.Count() > 1);
            return twice is null ? entries : throw NoDump(name, $"{twice.Key.Class} {twice.Key.Identity} twice", null);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw NoDump(name, failure.Message, failure);
        }
    }

    internal static string ToText(JsonNode? value) => value?.ToJsonString(Plain) ?? "null";

    /// <summary>Members in the order of their names.</summary>
    private static JsonNode? Canonical(JsonNode? value) =>
        value switch
        {
            JsonObject members => new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Canonical(member.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Canonical)]),
            _ => value?.DeepClone(),
        };

    private static InputException NoDump(string name, string found, Exception? failure) =>
        new(
            $"{name} is not a dump of a schema",
            $"what `symphony schema dump` writes ({Identifier})",
            found,
            "make it again with `symphony schema dump`",
            failure
        );
}

/// <summary>One line of a dump.</summary>
/// <param name="Definition">An object whose members are in the order of their names.</param>
public sealed record SchemaEntry(string Class, string Identity, JsonNode? Definition)
{
    public string ToJson()
    {
        var text = new StringBuilder();
        text.Append("{\"class\":").Append(SchemaDump.ToText(Class)).Append(",\"name\":");
        text.Append(SchemaDump.ToText(Identity)).Append(",\"definition\":");
        return text.Append(SchemaDump.ToText(Definition)).Append('}').ToString();
    }
}
