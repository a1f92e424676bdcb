namespace Symphony.Migrations;

/// <summary>Statements that PostgreSQL would run and that would break what the runner promises.</summary>
internal static class RefusedStatement
{
    private static readonly string[][] TransactionControl =
    [
        ["begin"],
        ["start", "transaction"],
        ["commit"],
        ["end"],
        ["rollback"],
        ["abort"],
        ["savepoint"],
        ["release"],
        ["prepare", "transaction"],
    ];

    /// <summary>Whether it begins or ends a transaction, or a part of one.</summary>
    public static bool IsTransactionControl(SqlStatement statement) =>
        TransactionControl.Any(words => statement.StartsWith(words));

    /// <exception cref="InputException">The statement is one of them; the message names its line.</exception>
    public static void Check(MigrationFile file, SqlStatement statement)
    {
        if (IsTransactionControl(statement))
        {
            throw Refuse(
                file,
                statement,
                "a migration does not begin or end transactions",
                "statements only: the runner commits a file and its ledger entry together",
                "remove it; with -- symphony:no_tx on a line of its own, each statement is committed alone"
            );
        }

        CheckSession(file, statement);
    }

    /// <summary>Those that break the session itself, whoever runs it.</summary>
    /// <exception cref="InputException">The statement is one of them; the message names its line.</exception>
    public static void CheckSession(MigrationFile file, SqlStatement statement)
    {
        if (
            statement.StartsWith("copy")
            && statement.Tokens.Any(token => token.IsWord("stdin") || token.IsWord("stdout"))
        )
        {
            throw Refuse(
                file,
                statement,
                "COPY has nobody to talk to",
                "statements that bring their data along",
                "write INSERT … VALUES"
            );
        }

        if (statement.StartsWith("discard"))
        {
            throw Refuse(
                file,
                statement,
                "DISCARD would give up the lock that keeps other runs out",
                "statements that leave the session alone",
                "remove it: every file begins with fresh session settings"
            );
        }
    }

    private static InputException Refuse(
        MigrationFile file,
        SqlStatement statement,
        string problem,
        string expected,
        string next
    ) => new($"{file.Path}:{statement.Line}: {problem}", expected, statement.Summary, next);
}
