using Symphony.Migrations;
using Symphony.Schemas;

namespace Symphony.Linting.Trials;

/// <summary>What a migration did, statement by statement, to a database as the files before it had left it.</summary>
/// <param name="Start">The schema before the first statement.</param>
/// <param name="Statements">In their order; those that were not run (BEGIN, COMMIT) are not among them.</param>
/// <param name="End">The schema after the last one.</param>
public sealed record FileTrial(
    MigrationScript Script,
    SchemaImage Start,
    IReadOnlyList<StatementTrial> Statements,
    SchemaImage End
)
{
    /// <summary>Statements that begin or end transactions: the runner refuses them.</summary>
    public IReadOnlyList<SqlStatement> TransactionControl { get; init; } = [];

    /// <summary>A statement that the server refused to run in the file's transaction.</summary>
    public (SqlStatement Statement, string Message)? OutsideTransaction { get; init; }

    /// <summary>What a second run of a file without transaction could not do, or did again.</summary>
    public IReadOnlyList<Repetition> Repetitions { get; init; } = [];

    /// <summary>Writes of the version before that this migration makes fail.</summary>
    public IReadOnlyList<RefusedWriter> RefusedWriters { get; init; } = [];

    /// <summary>Declared guarantees that held before it and do not after it.</summary>
    public IReadOnlyList<BrokenGuarantee> BrokenGuarantees { get; init; } = [];

    /// <summary>Whether others may be using it already: it was there before this migration.</summary>
    public bool IsExisting(SchemaObject entry) => Start.Has(entry.Key);

    /// <summary>A table that was there before this migration, by its OID.</summary>
    public SchemaObject? ExistingTable(uint oid) =>
        Start.Find(new ObjectKey("table", oid)) ?? Start.Find(new ObjectKey("materialized view", oid));

    /// <summary>The statements of the same transaction, in their order.</summary>
    public IEnumerable<StatementTrial> UnitOf(StatementTrial statement) =>
        Statements.Where(other => other.Unit == statement.Unit);

    /// <summary>The schema at the end of the statement's transaction: what others get to see.</summary>
    public SchemaImage Committed(StatementTrial statement) => UnitOf(statement).Last().After;

    /// <summary>Tables that were there before and that the statement worked through, row by row.</summary>
    public IEnumerable<SchemaObject> WorkedThrough(StatementTrial statement)
    {
        var scanned = statement
            .Work.Where(entry => entry.Value.Scans > 0 || entry.Value.Updated > 0 || entry.Value.Deleted > 0)
            .Select(entry => entry.Key);
        return scanned
            .Concat(statement.Rewritten)
            .Distinct()
            .Select(ExistingTable)
            .OfType<SchemaObject>()
            .OrderBy(table => table.Identity, StringComparer.Ordinal);
    }
}

/// <param name="Problem">What was refused or done a second time, as a sentence.</param>
public sealed record Repetition(SqlStatement Statement, string Problem);

/// <param name="Statement">The statement since which it is refused.</param>
/// <param name="Table">The table that is written.</param>
/// <param name="Writes">What is refused: <c>INSERT</c>, <c>UPDATE</c>, <c>DELETE</c>.</param>
/// <param name="Refusal">The server's words.</param>
public sealed record RefusedWriter(SqlStatement Statement, string Table, IReadOnlyList<string> Writes, string Refusal);

/// <param name="Statement">The statement since which it does not hold.</param>
/// <param name="Invariant">Its id.</param>
/// <param name="FailureSignature">The name under which its failure is known.</param>
/// <param name="Subjects">What it does not hold for.</param>
/// <param name="Explanation">Why, as verifying says it.</param>
public sealed record BrokenGuarantee(
    SqlStatement Statement,
    string Invariant,
    string FailureSignature,
    string Manifest,
    IReadOnlyList<string> Subjects,
    string Explanation,
    IReadOnlyList<string> Remedy
);
