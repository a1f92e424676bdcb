using System.ComponentModel;
using System.Text.Json.Serialization;
using Symphony.Catalog;
using Symphony.Contracts;
using Symphony.Sql;

namespace Symphony.Kinds.Probe;

[Description("What the database does when it is written to; the probe is always rolled back")]
public sealed record ProbeClaim : Claim
{
    [Description("Rows that are inserted before, in order")]
    public IReadOnlyList<RowToInsert>? Given { get; init; }

    [Description("The one statement whose outcome is claimed")]
    public required ProbeStatement When { get; init; }

    [Description(
        "For an insert that is rejected, the values with which it is accepted: a refusal counts only beside them. Without it the row without "
            + "the values of `when` must be accepted"
    )]
    public IReadOnlyDictionary<string, RowValue>? Control { get; init; }

    [Description("The outcome")]
    public required ProbeOutcome Then { get; init; }

    public override IEnumerable<ClaimProblem> Problems()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. RowValues.Problems("given", Given ?? [], known),
            .. When.Problems(known),
            .. RowValues.Unknown("control", Control, known),
            .. Then.Problems(When, known),
            .. Control is not null && (When.Insert is null || Then.Rejected is null)
                ? [new ClaimProblem("control", "`control` only beside an insert that is rejected", "another probe")]
                : Array.Empty<ClaimProblem>(),
        ];
    }
}

[Description("Exactly one of insert, update, delete, truncate and sql")]
public sealed record ProbeStatement
{
    private static readonly string[] Verbs =
    [
        "insert",
        "update",
        "delete",
        "merge",
        "truncate",
        "select",
        "with",
        "values",
        "call",
        "do",
        "alter",
        "create",
        "drop",
        "grant",
        "revoke",
        "comment",
    ];

    [Description("The table that a row is inserted into")]
    public ObjectName? Insert { get; init; }

    [Description("The table whose rows are updated")]
    public ObjectName? Update { get; init; }

    [Description("The table whose rows are deleted")]
    public ObjectName? Delete { get; init; }

    [Description("The table that is truncated, CASCADE")]
    public ObjectName? Truncate { get; init; }

    [Description("One statement, sent as it stands; it names its tables with their schema")]
    public string? Sql { get; init; }

    [Description("The columns that are written, by name")]
    public IReadOnlyDictionary<string, RowValue>? Values { get; init; }

    [Description("The rows that are meant: columns and the values they have; without it every row")]
    public IReadOnlyDictionary<string, RowValue>? Where { get; init; }

    [JsonIgnore]
    internal ObjectName? Table => Insert ?? Update ?? Delete ?? Truncate;

    [JsonIgnore]
    internal string Operation =>
        Insert is not null ? "insert"
        : Update is not null ? "update"
        : Delete is not null ? "delete"
        : Truncate is not null ? "truncate"
        : "sql";

    internal ProbeStatement In(string schema) =>
        this with
        {
            Insert = Insert?.In(schema),
            Update = Update?.In(schema),
            Delete = Delete?.In(schema),
            Truncate = Truncate?.In(schema),
        };

    internal IEnumerable<ClaimProblem> Problems(ISet<string> known)
    {
        object?[] statements = [Insert, Update, Delete, Truncate, Sql];
        if (statements.Count(statement => statement is not null) != 1)
        {
            yield return new ClaimProblem(
                "when",
                "exactly one of insert, update, delete, truncate and sql",
                statements.All(statement => statement is null) ? "none of them" : "several"
            );
            yield break;
        }

        if (Sql is not null && SqlProblem(Sql) is { } problem)
        {
            yield return new ClaimProblem(
                "when.sql",
                $"one statement that begins with {string.Join(", ", Verbs).ToUpperInvariant()}",
                problem
            );
        }

        if (Values is not null && Insert is null && Update is null)
        {
            yield return new ClaimProblem(
                "when.values",
                "`values` only with insert and update",
                $"`values` with {Operation}"
            );
        }

        if (Update is not null && Values is not { Count: > 0 })
        {
            yield return new ClaimProblem(
                "when",
                "the columns that are updated, under `values`",
                "an update of nothing"
            );
        }

        if (Where is not null && Update is null && Delete is null)
        {
            yield return new ClaimProblem(
                "when.where",
                "`where` only with update and delete",
                $"`where` with {Operation}"
            );
        }

        foreach (
            var unknown in RowValues
                .Unknown("when.values", Values, known)
                .Concat(RowValues.Unknown("when.where", Where, known))
        )
        {
            yield return unknown;
        }
    }

    /// <summary>A statement that ends the transaction would let everything stay: COMMIT and its like cannot be written here.</summary>
    private static string? SqlProblem(string sql)
    {
        try
        {
            var tokens = SqlLexer.Read(sql);
            return tokens.Count == 0 ? "nothing"
                : tokens.SkipLast(1).Any(token => token.IsSymbol(";")) ? "several statements"
                : tokens[0].Kind == SqlTokenKind.Word && Verbs.Contains(tokens[0].Text) ? null
                : $"`{tokens[0].Text}`";
        }
        catch (SqlSyntaxException failure)
        {
            return failure.Message;
        }
    }
}

[Description("Exactly one of rejected, accepted and row")]
public sealed record ProbeOutcome
{
    /// <summary>In an expected row: any value but NULL.</summary>
    internal const string NotNull = "not_null";

    [Description("It is refused with this SQLSTATE and by no other constraint than this")]
    public ProbeRefusal? Rejected { get; init; }

    [Description("true: it is accepted, and the rows are there")]
    public bool? Accepted { get; init; }

    [Description("It is accepted, and the row that it wrote has these values: a value, null, not_null or $row.column")]
    public IReadOnlyDictionary<string, RowValue>? Row { get; init; }

    internal IEnumerable<ClaimProblem> Problems(ProbeStatement when, ISet<string> known)
    {
        object?[] outcomes = [Rejected, Accepted, Row];
        if (outcomes.Count(outcome => outcome is not null) != 1)
        {
            yield return new ClaimProblem(
                "then",
                "exactly one of rejected, accepted and row",
                outcomes.All(outcome => outcome is null) ? "none of them" : "several"
            );
        }

        if (Accepted == false)
        {
            yield return new ClaimProblem(
                "then.accepted",
                "true, or `rejected: {sqlstate: …}`: a refusal is only known by its code",
                "false"
            );
        }

        if (Row is not null && when.Insert is null && when.Update is null)
        {
            yield return new ClaimProblem(
                "then.row",
                "`row` only after an insert or an update",
                $"`row` after {when.Operation}"
            );
        }

        foreach (
            var problem in (
                Rejected is null ? [] : Claims.SqlStateProblems("then.rejected.sqlstate", Rejected.Sqlstate)
            ).Concat(RowValues.Unknown("then.row", Row, known))
        )
        {
            yield return problem;
        }
    }
}

[Description("How a statement is refused")]
[Shorthand("sqlstate")]
public sealed record ProbeRefusal
{
    [Description("The SQLSTATE")]
    public required string Sqlstate { get; init; }

    [Description("The constraint or unique index that refuses; without it any")]
    public string? Constraint { get; init; }
}
