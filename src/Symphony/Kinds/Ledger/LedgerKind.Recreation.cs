using System.Globalization;
using System.Text.Json;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Ledger;

/// <content>A ledger made again from its fact, which holds every row of it that matters.</content>
public sealed partial class LedgerKind
{
    private const string Columns = "version text, checksum text, applied_at timestamptz";

    public override IReadOnlyList<string> PlacesInClaim => ["directory"];

    public override IReadOnlyList<ObjectName> TablesRead(Claim claim) => [((LedgerClaim)claim).Table];

    public override IReadOnlyList<string> Recreate(Claim claim, JsonElement fact)
    {
        var table = ((LedgerClaim)claim).Table;
        var ledger = fact.Deserialize(FactType) ?? throw new JsonException("the fact is null");
        var schema = table.Schema is { } name ? $"CREATE SCHEMA IF NOT EXISTS {SqlText.QuoteName(name)}" : null;
        var persistence = ledger.Unlogged.Count == 0 ? "" : "UNLOGGED ";
        string[] relation = ledger.RelationKind switch
        {
            "r" => [$"CREATE {persistence}TABLE {table.ToSql()} ({Columns})", .. Insert(table, ledger.Applied)],
            "p" =>
            [
                $"CREATE TABLE {table.ToSql()} ({Columns}) PARTITION BY RANGE (applied_at)",
                $"CREATE {persistence}TABLE {new ObjectName(table.Schema, "symphony_partition").ToSql()} PARTITION OF {table.ToSql()} DEFAULT",
                .. Insert(table, ledger.Applied),
            ],
            "v" => [$"CREATE VIEW {table.ToSql()} AS {Rows(ledger.Applied)}"],
            "m" => [$"CREATE MATERIALIZED VIEW {table.ToSql()} AS {Rows(ledger.Applied)}"],
            _ => [],
        };
        return relation.Length == 0 || schema is null ? relation : [schema, .. relation];
    }

    private static IEnumerable<string> Insert(ObjectName table, IReadOnlyList<LedgerRow> applied) =>
        applied.Count == 0 ? [] : [$"INSERT INTO {table.ToSql()} (version, checksum, applied_at) {Rows(applied)}"];

    /// <summary>Each a second after the one before: the fact holds their order and not their times.</summary>
    private static string Rows(IReadOnlyList<LedgerRow> applied) =>
        "SELECT l.version::text, l.checksum::text, l.applied_at::timestamptz FROM (VALUES\n  "
        + string.Join(
            ",\n  ",
            applied
                .Select((row, i) => $"({Literal(row.Version)}, {Literal(row.Checksum)}, {Literal(Time(i))})")
                .DefaultIfEmpty("(NULL, NULL, NULL)")
        )
        + "\n) AS l (version, checksum, applied_at)"
        + (applied.Count == 0 ? " WHERE false" : "");

    private static string Time(int second) =>
        DateTimeOffset.UnixEpoch.AddSeconds(second).ToString("yyyy-MM-dd HH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Literal(string? text) => text is null ? "NULL" : SqlText.QuoteLiteral(text);
}
