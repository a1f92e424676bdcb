using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Ledger;

[Description("What was applied to the database is what lies on disk")]
public sealed record LedgerClaim : TableClaim
{
    [Description("The folder of the migrations (*.sql), as seen from the manifest's own")]
    public string? Directory { get; init; }

    [Description("The migrations themselves; read from `directory` when that is given")]
    public IReadOnlyList<FileDigest>? Files { get; init; }

    public override IEnumerable<ClaimProblem> Problems()
    {
        if (Files is null && Directory is null)
        {
            yield return new ClaimProblem("table", "`directory`, or `files`, beside it", "neither");
        }
        else if (Files is { Count: 0 })
        {
            yield return new ClaimProblem(
                Directory is null ? "files" : "directory",
                "at least one migration (*.sql)",
                "none"
            );
        }
    }
}

/// <summary>What the ledger holds; see facts.sql.</summary>
/// <param name="Unlogged">The tables that hold its rows and are emptied by a crash, as SQL.</param>
/// <param name="Applied">In the order in which they were applied.</param>
public sealed record LedgerFact(string RelationKind, IReadOnlyList<string> Unlogged, IReadOnlyList<LedgerRow> Applied);

public sealed record LedgerRow(string? Version, string? Checksum);

public sealed partial class LedgerKind : InvariantKind<LedgerClaim, LedgerFact>
{
    public override string Key => "ledger";

    public override string Summary => "The migrations that were applied are the files on disk, and all of them.";

    public override string WhyItMatters =>
        "Without it nobody can say from which files this database was made, and the next migration builds on guesses.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "every applied migration lies on disk with the checksum (SHA-256 of the file's bytes) that the ledger has",
            "every file on disk was applied: none is pending, and none was slipped in before those applied",
            "they were applied in the order of their names, each once",
            "the ledger is an ordinary or partitioned table with the columns version, checksum and applied_at, and the verifying role may SELECT from it; versions may end in .sql",
            "no table that holds its rows is unlogged: after a crash it would be empty, and every migration pending",
        ];

    public override JsonTypeInfo ClaimType => LedgerJson.Default.LedgerClaim;

    private protected override JsonTypeInfo<LedgerFact> FactType => LedgerJson.Default.LedgerFact;

    public override Claim WithFiles(Claim claim, Func<string, IReadOnlyList<FileDigest>> read) =>
        claim is LedgerClaim { Directory: { } directory } ledger
            ? ledger with
            {
                Files = [.. read(directory).Where(file => file.Name.EndsWith(".sql", StringComparison.Ordinal))],
            }
            : claim;

    public override string StatementFor(Claim claim)
    {
        var table = ((LedgerClaim)claim).Table.ToSql();
        // The name is filled in last and between the parts: a table may be called {table}.
        var parts = FactsSql(0)
            .Split("{name}")
            .Select(part => part.Replace("{table}", table, StringComparison.Ordinal));
        return string.Join(SqlText.QuoteLiteral(table), parts);
    }

    public override bool SaysAbsent(string sqlState) =>
        sqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName;

    protected override LedgerClaim Qualify(LedgerClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(LedgerClaim claim) => Subject.Of(claim.Table);

    protected override void Judge(LedgerClaim claim, LedgerFact fact, Judgement judgement)
    {
        var files = claim.Files!.ToDictionary(file => VersionOf(file.Name), file => file.Sha256);
        var applied = fact.Applied.Select(row => row with { Version = VersionOf(row.Version ?? "") }).ToList();
        var versions = applied.Select(row => row.Version!).ToList();
        judgement.RequireOneOf(
            "relation_kind",
            Relations.Tables,
            fact.RelationKind,
            "The ledger is not a table: what it shows can be made up."
        );
        judgement.RequireNone(
            "unlogged",
            fact.Unlogged,
            "What is unlogged is emptied by a crash: the ledger would forget what was applied."
        );
        judgement.RequireNone(
            "missing",
            [.. versions.Where(version => !files.ContainsKey(version)).Order(StringComparer.Ordinal)],
            "These migrations were applied, and their files are gone or renamed."
        );
        judgement.RequireNone(
            "changed",
            [
                .. applied
                    .Where(row =>
                        files.TryGetValue(row.Version!, out var sha256)
                        && !sha256.Equals(row.Checksum, StringComparison.OrdinalIgnoreCase)
                    )
                    .Select(row => row.Version!)
                    .Order(StringComparer.Ordinal),
            ],
            "These files are not what was applied."
        );
        judgement.RequireNone(
            "pending",
            [.. files.Keys.Where(version => !versions.Contains(version)).Order(StringComparer.Ordinal)],
            "These files were not applied: run `symphony migrate`, or give those a later number that stand before an applied one."
        );
        judgement.Require(
            "order",
            [.. versions.Distinct().Order(StringComparer.Ordinal)],
            versions,
            "The migrations were not applied in the order of their names, each once."
        );
    }

    /// <summary>Neither the files nor the past are made right by SQL; that they are kept is.</summary>
    protected override IEnumerable<string> Remedy(LedgerClaim claim, LedgerFact? fact) =>
        (fact?.Unlogged ?? []).Select(table => $"ALTER TABLE {table} SET LOGGED");

    protected override IEnumerable<Sabotage> Sabotages(LedgerClaim claim)
    {
        var table = claim.Table.ToSql();
        var name = SqlText.QuoteName(claim.Table.Name);
        var last = SqlText.QuoteLiteral(VersionOf(claim.Files![^1].Name));
        return
        [
            Broken(
                "an applied migration's checksum is another",
                $"UPDATE {table} SET checksum = pg_catalog.repeat('0', 64) WHERE version = {last}"
            ),
            Broken("the ledger forgets a migration", $"DELETE FROM {table} WHERE version = {last}"),
            Broken("the ledger is emptied", $"DELETE FROM {table}"),
            Broken(
                "something was applied that is not on disk",
                $"INSERT INTO {table} VALUES ('9999_by_hand', pg_catalog.repeat('a', 64), now())"
            ),
            Broken(
                "a migration was slipped in before those applied",
                $"INSERT INTO {table} VALUES ('0000_before', pg_catalog.repeat('a', 64), now())"
            ),
            Broken(
                "the last migration was applied before the first",
                $"UPDATE {table} SET applied_at = '1999-12-31' WHERE version = {last}"
            ),
            Broken(
                "a version differs by its letters' case",
                $"UPDATE {table} SET version = pg_catalog.upper(version) WHERE version = {last}"
            ),
            Broken("the ledger is renamed", $"ALTER TABLE {table} RENAME TO symphony_decoy"),
            Broken(
                "a view shows what the ledger showed",
                $"ALTER TABLE {table} RENAME TO symphony_decoy",
                $"CREATE VIEW {table} AS SELECT * FROM {new ObjectName(claim.Table.Schema, "symphony_decoy").ToSql()}"
            ),
            new("a crash empties the ledger", $"ALTER TABLE {table} SET UNLOGGED"),
            Broken("a column of the ledger is gone", $"ALTER TABLE {table} DROP COLUMN checksum"),
            new("versions end in .sql", $"UPDATE {table} SET version = version || '.sql'") { Harmless = true },
            new("checksums in upper case", $"UPDATE {table} SET checksum = pg_catalog.upper(checksum)")
            {
                Harmless = true,
            },
            new("one moment for all of them", $"UPDATE {table} SET applied_at = '2026-01-01'") { Harmless = true },
            new("a column more", $"ALTER TABLE {table} ADD COLUMN applied_by text DEFAULT current_user")
            {
                Harmless = true,
            },
            new(
                "a temporary ledger of the same name",
                $"CREATE TEMP TABLE {name} (version text, checksum text, applied_at timestamptz)"
            )
            {
                Harmless = true,
            },
        ];
    }

    private static Sabotage Broken(string name, params IReadOnlyList<string> statements) =>
        new(name, statements) { BeyondRemedy = true };

    private static string VersionOf(string name) => name.EndsWith(".sql", StringComparison.Ordinal) ? name[..^4] : name;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(LedgerClaim))]
[JsonSerializable(typeof(LedgerFact))]
internal sealed partial class LedgerJson : JsonSerializerContext;
