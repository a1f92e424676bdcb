using Symphony.Linting.Trials;

namespace Symphony.Linting.Rules;

internal sealed class GuaranteeBrokenRule : LintRule
{
    public override string Id => "guarantee-broken";

    public override string Condition =>
        "A declared invariant that held before the migration does not hold after it; the writes that the manifests' probes state are made again, too.";

    public override string Effect => "The guarantee that the manifest declares is no longer enforced.";

    public override string SafeWay =>
        "Change the migration so that the guarantee stays, or change the manifest in the same review: the claim is what was agreed.";

    public override LintExample Bad =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE TRIGGER guard BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION refuse();
            """,
            """
            -- with a manifest that claims the trigger `guard`
            DROP TRIGGER guard ON t;
            """
        );

    public override LintExample Good =>
        new(
            """
            CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer NOT NULL DEFAULT 0);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE TRIGGER guard BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION refuse();
            """,
            """
            CREATE TABLE x (id bigint);
            """
        );

    public override IEnumerable<Finding> Judge(FileTrial trial) =>
        from broken in trial.BrokenGuarantees
        select Found(
            broken.Statement,
            broken.Invariant,
            $"{broken.FailureSignature}: {broken.Invariant} ({broken.Manifest}) held before and does not now, for {string.Join(", ", broken.Subjects)}: {broken.Explanation}",
            broken.Remedy.Count > 0 ? $"Keep it: {string.Join("; ", broken.Remedy)}. Or: {SafeWay}" : SafeWay
        );
}
