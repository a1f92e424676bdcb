using System.Globalization;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>
/// A table about which there is a verdict for each of many columns: its evidence is begun as soon as they are judged,
/// which a lock on the table does not keep them from. Its fingerprint waits for the lock: it prints an expression.
/// </summary>
internal static class WideTable
{
    public const int Columns = 300;

    public const string Claim = "- {id: a, for_each: {columns: {table: wide}}, column: {nullable: false}}";

    public static string Schema { get; } =
        "CREATE TABLE wide ("
        + string.Concat(
            Enumerable
                .Range(0, Columns)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i:d3} integer NOT NULL, "))
        )
        + "CONSTRAINT c000_positive CHECK (c000 > 0))";

    /// <summary>Evidence that is not there yet, under temporary names.</summary>
    public static IReadOnlyList<string> BegunIn(Workspace workspace) =>
        Directory.Exists(workspace.Evidence)
            ? Directory.GetFiles(workspace.Evidence, ".*.tmp", SearchOption.AllDirectories)
            : [];
}
