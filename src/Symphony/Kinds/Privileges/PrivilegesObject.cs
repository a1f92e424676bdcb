using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Symphony.Catalog;
using Symphony.Contracts;
using Symphony.Sql;

namespace Symphony.Kinds.Privileges;

/// <summary>What privileges are on: exactly one of these.</summary>
[Shorthand("table")]
public sealed record PrivilegesObject
{
    [Description("A table, partitioned table, view, materialized view or foreign table")]
    [DisallowNull]
    public ObjectName? Table { get; init; }

    [Description("A sequence")]
    [DisallowNull]
    public ObjectName? Sequence { get; init; }

    [Description("A schema")]
    [DisallowNull]
    public string? Schema { get; init; }

    [Description("A function or procedure with the types of its input arguments, as the kind `function` names it")]
    [DisallowNull]
    public FunctionName? Function { get; init; }

    [Description("A type or domain")]
    [DisallowNull]
    public ObjectName? Type { get; init; }

    [Description("A setting of the server, as GRANT SET and GRANT ALTER SYSTEM ON PARAMETER name it (PostgreSQL 15)")]
    [DisallowNull]
    public string? Parameter { get; init; }

    [Description("true: the database that is verified")]
    public bool Database { get; set; }

    [JsonIgnore]
    internal int Count =>
        new object?[] { Table, Sequence, Schema, Function, Type, Parameter }.Count(named => named is not null)
        + (Database ? 1 : 0);

    /// <summary>As facts.sql knows it.</summary>
    [JsonIgnore]
    internal string Sort =>
        Table is not null ? "table"
        : Sequence is not null ? "sequence"
        : Schema is not null ? "schema"
        : Function is not null ? "function"
        : Type is not null ? "type"
        : Parameter is not null ? "parameter"
        : "database";

    /// <summary>The privileges that there are on such an object (PostgreSQL manual, "Privileges").</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Known =>
        Sort switch
        {
            "table" => ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"],
            "sequence" => ["USAGE", "SELECT", "UPDATE"],
            "schema" => ["CREATE", "USAGE"],
            "function" => ["EXECUTE"],
            "type" => ["USAGE"],
            "parameter" => ["SET", "ALTER SYSTEM"],
            _ => ["CREATE", "CONNECT", "TEMPORARY"],
        };

    internal PrivilegesObject In(string schema) =>
        this with
        {
            Table = Table?.In(schema)!,
            Sequence = Sequence?.In(schema)!,
            Function = Function?.In(schema)!,
            Type = Type?.In(schema)!,
        };

    internal Subject Subject(string to) =>
        new(
            Table?.Schema ?? Sequence?.Schema ?? Schema ?? Function?.Name.Schema ?? Type?.Schema,
            Table?.Name ?? Sequence?.Name ?? Function?.Signature ?? Type?.Name ?? Parameter,
            $"{Sort}:{to}"
        )
        {
            Text = $"{this} to {to}",
        };

    /// <summary>As evidence names it: a table by its name, everything else with its sort before it.</summary>
    public override string ToString() =>
        Table is not null ? Table.ToString()
        : Database ? "database"
        : $"{Sort} {Sequence?.ToString() ?? Schema ?? Function?.ToString() ?? Type?.ToString() ?? Parameter}";

    /// <summary>As GRANT names it.</summary>
    internal string ToSql(string? database) =>
        Function is not null ? $"ROUTINE {Function.ToSql()}"
        : Parameter is not null ? $"PARAMETER {string.Join('.', Parameter.Split('.').Select(SqlText.QuoteName))}"
        : $"{Sort.ToUpperInvariant()} "
            + ((Table ?? Sequence ?? Type)?.ToSql() ?? SqlText.QuoteName(Schema ?? database!));
}
