using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class TransactionControlRule : LintRule
{
    public override string Id => "transaction-control";

    public override string Condition => "A migration begins or ends transactions itself.";

    public override string Effect =>
        "What it commits is committed without its entry in the ledger: after a failure nobody knows what was applied. The runner refuses such a file.";

    public override string SafeWay =>
        "Remove it: a file is one transaction. Where each statement is to be committed alone, write -- symphony:no_tx on a line of its own.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            BEGIN;
            CREATE TABLE x (id bigint);
            COMMIT;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            """,
            """
            CREATE TABLE x (id bigint);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        trial.TransactionControl.Select(statement =>
            Found(statement, trial.Script.Version, $"{statement.Summary} stands in a migration.")
        );
}
