using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>
/// What a claim says the database does when it is written to: a kind derives it from the claim, and a probe sees
/// whether it is so. A refusal counts only where the same write without the fault is accepted.
/// </summary>
/// <param name="Table">The table that is written to.</param>
public abstract record Behaviour(ObjectName Table);

/// <summary>A row whose column is NULL is refused with 23502, for that column.</summary>
public sealed record NullIsRefused(ObjectName Table, string Column) : Behaviour(Table);

/// <summary>A row that violates the condition is refused with 23514, by that very constraint.</summary>
/// <param name="CallsOwn">It calls functions or operators that are not built in, which may do something else than they did.</param>
public sealed record ViolationIsRefused(ObjectName Table, string Constraint, string Condition, bool CallsOwn = false)
    : Behaviour(Table);

/// <summary>
/// A second row with the same key is refused by that very constraint or index: 23505 for uniqueness, 23P01 for an
/// exclusion constraint, whose columns are those that it compares.
/// </summary>
/// <param name="Constraint">Null for a table's primary key, whatever it is called.</param>
/// <param name="Predicate">The rows that it is about; null for all.</param>
public sealed record DuplicateIsRefused(
    ObjectName Table,
    string? Constraint,
    IReadOnlyList<string> Columns,
    string? Predicate = null,
    string SqlState = "23505"
) : Behaviour(Table);

/// <summary>
/// A row that conflicts with another by an exclusion constraint's own operators is refused with 23P01 by that very
/// constraint; what conflicts, the operators say.
/// </summary>
/// <param name="Predicate">The rows that it is about; null for all.</param>
/// <param name="CallsOwn">They, or what they compare, call functions that are not built in.</param>
public sealed record ConflictIsRefused(
    ObjectName Table,
    string Constraint,
    IReadOnlyList<ConflictElement> Elements,
    string? Predicate,
    bool CallsOwn
) : Behaviour(Table);

/// <param name="Expression">What is compared, as SQL.</param>
/// <param name="Operator">As SQL, with its schema.</param>
public sealed record ConflictElement(string Expression, string Operator);

/// <summary>A row that references nothing is refused with 23503, by that very constraint.</summary>
/// <param name="OnDelete">What becomes of a row whose reference is deleted, in the words of the claim.</param>
public sealed record OrphanIsRefused(
    ObjectName Table,
    string Constraint,
    IReadOnlyList<string> Columns,
    ObjectName References,
    IReadOnlyList<string> Referenced,
    string OnDelete
) : Behaviour(Table);

/// <summary>A column that is left out, or NULL, comes back filled; a supplied value is kept.</summary>
public sealed record NullIsFilled(ObjectName Table, string Column) : Behaviour(Table);

/// <summary>An operation on a row is refused with that SQLSTATE: <c>update</c>, <c>delete</c> or <c>truncate</c>.</summary>
public sealed record ChangeIsRefused(ObjectName Table, string Operation, string SqlState) : Behaviour(Table);

/// <summary>A role may do some things with a table, and others are refused with 42501.</summary>
/// <param name="Role">As SQL names it; null for a role that has nothing but what everyone has.</param>
/// <param name="Granted">Of SELECT, INSERT, UPDATE, DELETE and TRUNCATE what it may do.</param>
/// <param name="Denied">Of the same what it may not.</param>
public sealed record RoleIsHeld(
    ObjectName Table,
    string? Role,
    IReadOnlyList<string> Granted,
    IReadOnlyList<string> Denied
) : Behaviour(Table)
{
    public static IReadOnlyList<string> Known { get; } = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"];
}

/// <summary>
/// The rows that satisfy a policy's condition are let through for its roles, and no others: they are not seen, not
/// changed, and refused with 42501 by row security where they are written.
/// </summary>
/// <param name="Command">In the words of the claim: <c>all</c>, <c>select</c>, <c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Roles">Their names; null for a role that is any.</param>
/// <param name="Using">The condition of the rows that are read, updated and deleted; null where there is none.</param>
/// <param name="Check">The condition of the rows that are written; null where there is none.</param>
/// <param name="Reads">Other tables that the conditions read.</param>
/// <param name="Functions">Functions that are not built in and that the conditions call, with their argument types.</param>
public sealed record RowsAreGuarded(
    ObjectName Table,
    string Policy,
    string Command,
    bool Permissive,
    IReadOnlyList<string?> Roles,
    string? Using,
    string? Check,
    IReadOnlyList<ObjectName> Reads,
    IReadOnlyList<string> Functions
) : Behaviour(Table)
{
    private static readonly string[] Known = ["select", "insert", "update", "delete"];

    /// <summary>The commands that it is about, and in which a row can be let through or held back.</summary>
    public IEnumerable<string> Commands =>
        Known.Where(command =>
            (Command == "all" || Command == command) && (command == "insert" ? Check : Using) is not null
        );
}

/// <summary>Row security holds a role back that has all privileges on the table; where it is forced, its owner, too.</summary>
public sealed record RowSecurityBinds(ObjectName Table, bool Forced) : Behaviour(Table);

/// <summary>What a manifest states itself: rows, a statement, an outcome.</summary>
/// <param name="Control">The values with which a refused insert is accepted; null when it is the row without those of the statement.</param>
public sealed record Scenario(
    ObjectName Table,
    IReadOnlyList<RowToInsert> Given,
    ScenarioStatement When,
    ScenarioOutcome Then,
    IReadOnlyDictionary<string, RowValue>? Control
) : Behaviour(Table);

/// <summary>The statement of a scenario.</summary>
/// <param name="Operation"><c>insert</c>, <c>update</c>, <c>delete</c>, <c>truncate</c> or <c>sql</c>.</param>
/// <param name="Values">The columns that are written, by name.</param>
/// <param name="Where">The columns by which rows are chosen; without any, every row.</param>
/// <param name="Sql">The text of <c>sql</c>.</param>
public sealed record ScenarioStatement(
    string Operation,
    IReadOnlyDictionary<string, RowValue> Values,
    IReadOnlyDictionary<string, RowValue> Where,
    string? Sql
);

/// <summary>What a scenario expects: a refusal, or acceptance and perhaps a row.</summary>
/// <param name="SqlState">The code of the refusal; null when the statement is accepted.</param>
/// <param name="Constraint">The constraint that refuses; null for any.</param>
/// <param name="Row">What the written row must be, by column; null when it is not looked at.</param>
public sealed record ScenarioOutcome(string? SqlState, string? Constraint, IReadOnlyDictionary<string, RowValue>? Row);
