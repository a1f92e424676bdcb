using Npgsql;

namespace Symphony.Catalog;

/// <summary>What the server said when it refused a statement. Never an error's DETAIL, which may hold rows.</summary>
/// <param name="Relation">The table that the refusal is about, with its schema; null where the server names none.</param>
/// <param name="Column">The column, where the server names one.</param>
/// <param name="Constraint">The constraint or unique index, where the server names one.</param>
public sealed record Refusal(string SqlState, string Message, ObjectName? Relation, string? Column, string? Constraint)
{
    /// <summary>
    /// A trigger's own error, as far as its code tells: not a constraint's, not one of privileges or of the transaction.
    /// </summary>
    public bool IsByTrigger =>
        Constraint is null
        && !SqlState.StartsWith("23", StringComparison.Ordinal)
        && SqlState is not (PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction);

    /// <summary>
    /// A policy refused to let a row be written. A missing privilege has the same code, and messages speak many
    /// languages: the server's routine tells them apart.
    /// </summary>
    public bool IsByRowSecurity { get; init; }

    internal static Refusal Of(PostgresException refused) =>
        new(
            refused.SqlState,
            refused.MessageText,
            refused.TableName is { } table ? new ObjectName(refused.SchemaName, table) : null,
            refused.ColumnName,
            refused.ConstraintName
        )
        {
            IsByRowSecurity =
                refused
                    is {
                        SqlState: PostgresErrorCodes.InsufficientPrivilege,
                        Routine: "ExecWithCheckOptions" or "check_enable_rls"
                    },
        };

    public override string ToString() => $"{SqlState}: {Message}";
}
