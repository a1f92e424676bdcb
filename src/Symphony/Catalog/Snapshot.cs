using System.Text.Json;

namespace Symphony.Catalog;

/// <summary>Which database was read, and by whom.</summary>
/// <param name="SystemIdentifier">The cluster's identifier (PostgreSQL manual, "pg_control_system"); null when the role may not see it.</param>
/// <param name="Database">The database's name.</param>
/// <param name="ServerVersionNum">The server's version as a number, such as 180004; 0 when nothing answered.</param>
/// <param name="SchemaFingerprint">Lower-case hex SHA-256 over the definitions of every relation the plan touches; null when it could not be read.</param>
/// <param name="Role">The role the session ran as.</param>
/// <param name="IsStandby">Whether the server was in recovery.</param>
public sealed record Target(
    string? SystemIdentifier,
    string? Database,
    int ServerVersionNum,
    string? SchemaFingerprint,
    string? Role,
    bool IsStandby
)
{
    /// <summary>How far the database was migrated; null when it has no ledger, or none that the role may read.</summary>
    public LedgerPosition? Ledger { get; init; }

    /// <summary>A server that did not say who it is.</summary>
    public static Target Unknown { get; } = new(null, null, 0, null, null, IsStandby: false);
}

/// <summary>The last migration in <c>public.schema_migrations</c>, in the order of versions.</summary>
/// <param name="Version">As the ledger has it.</param>
/// <param name="Checksum">The applied file's digest, as the ledger has it.</param>
public sealed record LedgerPosition(string Version, string Checksum);

/// <summary>Why a query could not be answered: the server's words and code. Never an error's DETAIL, which may hold rows.</summary>
public sealed record ObservationError(string Message, string? SqlState)
{
    /// <summary>What to do about it, as a sentence.</summary>
    public string Next => ConnectionFailures.Next(this);
}

/// <summary>The answers to one <see cref="FactQuery"/>, in the order of its subjects; null where the subject does not exist.</summary>
public sealed record FactSet(FactQuery Query, IReadOnlyList<JsonElement?> Facts, ObservationError? Error);

/// <summary>All facts of one run, read in one transaction.</summary>
/// <param name="Facts">By the queries' names.</param>
/// <param name="Forms">The normal forms of the expressions that were compared.</param>
/// <param name="Error">Why the run as a whole was not observed; null when everything was.</param>
public sealed record Snapshot(
    Target Target,
    IReadOnlyDictionary<string, FactSet> Facts,
    ExpressionForms Forms,
    ObservationError? Error
);
