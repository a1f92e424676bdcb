using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class DropIndexRule : LintRule
{
    public override string Id => "drop-index";

    public override string Condition =>
        "An index that existed before the migration is dropped, and nothing takes its place.";

    public override string Effect =>
        "Queries that used it read whole tables; if it was unique, duplicates are accepted from then on.";

    public override string SafeWay =>
        "Make sure by pg_stat_user_indexes that nobody uses it, and drop it CONCURRENTLY in a migration of its own with a waiver that says so.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE INDEX t_a ON t (a);
            """,
            """
            -- symphony:no_tx
            DROP INDEX CONCURRENTLY IF EXISTS t_a;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE INDEX t_a ON t (a);
            """,
            """
            -- symphony:no_tx
            CREATE INDEX CONCURRENTLY IF NOT EXISTS t_a_n ON t (a, n);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from entry in trial.Dropped("index")
        where entry.Object.Flag("valid")
        where
            entry.Object.Number("constraint") is not { } owner
            || entry.Trial.After.Has(new Schemas.ObjectKey("constraint", (uint)owner))
        where trial.End.Objects.All(other => other.Class != "index" || other.Identity != entry.Object.Identity)
        select Found(entry.Trial, entry.Object.Identity, $"{entry.Object.Title} is dropped.");
}
