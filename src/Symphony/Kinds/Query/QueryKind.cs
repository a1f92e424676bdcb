using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.Query;

[JsonConverter(typeof(WordConverter<ExpectedRows>))]
public sealed class ExpectedRows : Word, IWordSet<ExpectedRows>
{
    public static readonly ExpectedRows None = new("no_rows");
    public static readonly ExpectedRows Some = new("rows");

    private ExpectedRows(string text)
        : base(text) { }

    public static IReadOnlyList<ExpectedRows> All { get; } = [None, Some];
}

[Description("What no other kind can say, as a question to the database")]
public sealed record QueryClaim : Claim
{
    [Description(
        "One query (SELECT, WITH, VALUES or TABLE) without a semicolon; names outside pg_catalog are written with their schema"
    )]
    public required string Sql { get; init; }

    [Description("no_rows: the query finds offenders, and there are none; rows: it finds what must be there")]
    public ExpectedRows Expect { get; set; } = ExpectedRows.None;

    public override IEnumerable<ClaimProblem> Problems() =>
        Claims
            .ExpressionProblems("sql", Sql)
            .Select(problem => problem with { Expected = "one SQL query, without a semicolon" });
}

/// <param name="Rows">How many rows the query returned; 1000 stands for that many or more.</param>
public sealed record QueryFact(int Rows);

public sealed class QueryKind : InvariantKind<QueryClaim, QueryFact>
{
    public override string Key => "query";

    public override string Summary => "A query of your own returns no rows, or some.";

    public override string WhyItMatters => "What it looks for was worth a query: the rule it states does not hold.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "the query runs: one that the server refuses, or that takes longer than --statement-timeout, is an ERROR",
            "what it names exists: a table that is not there is a FAIL, also for no_rows",
            "the verifying role sees every row: where row security would hide one from it the query is an ERROR",
            "it is one statement that only reads; it runs in the run's own read-only transaction, and no row of it is kept",
        ];

    public override JsonTypeInfo ClaimType => QueryJson.Default.QueryClaim;

    private protected override JsonTypeInfo<QueryFact> FactType => QueryJson.Default.QueryFact;

    public override string StatementFor(Claim claim) =>
        FactsSql(0).Replace("{statement}", ((QueryClaim)claim).Sql, StringComparison.Ordinal);

    public override IReadOnlyList<ObjectName> TablesRead(Claim claim) =>
        QueryTables.MentionedIn(((QueryClaim)claim).Sql);

    public override bool SaysAbsent(string sqlState) =>
        sqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName;

    protected override QueryClaim Qualify(QueryClaim claim, string schema) => claim;

    /// <summary>A query has no name of its own: the digest of its text tells it from others.</summary>
    protected override Subject SubjectOf(QueryClaim claim) =>
        new(null, null, "query-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(claim.Sql)))[..12]);

    protected override void Judge(QueryClaim claim, QueryFact fact, Judgement judgement)
    {
        judgement.Expect("rows", claim.Expect.Text);
        if (claim.Expect == ExpectedRows.None && fact.Rows > 0)
        {
            judgement.Differ("rows", claim.Expect.Text, fact.Rows, "The query returns rows, and each is an offender.");
        }
        else if (claim.Expect == ExpectedRows.Some && fact.Rows == 0)
        {
            judgement.Differ(
                "rows",
                claim.Expect.Text,
                fact.Rows,
                "The query returns no row: what it looks for is gone."
            );
        }
    }

    /// <summary>Only its author knows what would make the answer right.</summary>
    protected override IEnumerable<string> Remedy(QueryClaim claim, QueryFact? fact) => [];

    /// <summary>
    /// Which rows would break it is in the author's head, and not in the claim; that it asks the tables it names is
    /// shown by taking one away.
    /// </summary>
    protected override IEnumerable<Sabotage> Sabotages(QueryClaim claim)
    {
        foreach (var table in QueryTables.Of(claim.Sql))
        {
            yield return new($"the table {table} is renamed", $"ALTER TABLE {table.ToSql()} RENAME TO symphony_decoy")
            {
                BeyondRemedy = true,
            };
        }

        yield return new("another table", $"CREATE TABLE {Relations.Decoy} ()") { Harmless = true };
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(QueryClaim))]
[JsonSerializable(typeof(QueryFact))]
internal sealed partial class QueryJson : JsonSerializerContext;
