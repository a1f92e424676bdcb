using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Probe;

/// <summary>What the catalog holds: only whether there is something to probe; see facts.sql.</summary>
/// <param name="RelationKind"><c>pg_class.relkind</c>; null for a probe that names no table.</param>
public sealed record ProbeFact(string? RelationKind);

public sealed class ProbeKind : InvariantKind<ProbeClaim, ProbeFact>
{
    public override string Key => "probe";

    public override string Summary =>
        "Rows, a statement and its outcome: what the database does, seen by doing it and rolling it back.";

    public override string WhyItMatters =>
        "Without it something that only behaviour shows is lost: a trigger's work undone, a refusal swallowed, a function hollowed out.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "the run probes (`verify --probe direct` or `shadow`, or the gate on a fresh server); otherwise nothing is known, which is an ERROR",
            "the outcome is exactly the claimed one: a refusal by another SQLSTATE or constraint is not a proof",
            "a refusal has its positive control: the same insert with the values under `control`, or else with none of its `values`, is accepted; an update or delete is about a row that is there",
            "constraints that are deferred are checked before the outcome is decided",
            "with `--probe shadow` privileges on tables are not looked at, and the copy of a SECURITY DEFINER function runs with the prober's rights: where its owner lacks one that it may need, or its body asks who runs it or puts SQL together itself, that is an ERROR which says so",
        ];

    public override bool IsBehavioural => true;

    public override string SubjectNoun => "table";

    public override JsonTypeInfo ClaimType => ProbeJson.Default.ProbeClaim;

    private protected override JsonTypeInfo<ProbeFact> FactType => ProbeJson.Default.ProbeFact;

    protected override ProbeClaim Qualify(ProbeClaim claim, string schema) =>
        claim with
        {
            Given = claim.Given is null ? null : [.. claim.Given.Select(row => row.In(schema))],
            When = claim.When.In(schema),
        };

    protected override Subject SubjectOf(ProbeClaim claim) =>
        TableOf(claim) is { } table ? Subject.Of(table) : new Subject(null, null, "sql");

    protected override void Judge(ProbeClaim claim, ProbeFact fact, Judgement judgement)
    {
        if (fact.RelationKind is { } kind)
        {
            judgement.RequireOneOf(
                "relation_kind",
                Relations.Tables,
                kind,
                "Only an ordinary or partitioned table is written to by a probe."
            );
        }

        judgement.Undecide(
            "behaviour",
            "The probe was not run: only a run that probes makes the database act.",
            "Run it where writing and rolling back is allowed: --probe shadow, --probe direct --i-own-this-database, or `symphony gate`."
        );
    }

    /// <summary>What undoes an outcome is not known from the outcome.</summary>
    protected override IEnumerable<string> Remedy(ProbeClaim claim, ProbeFact? fact) => [];

    protected override IEnumerable<Behaviour> Behaviours(ProbeClaim claim) =>
        [
            new Scenario(
                TableOf(claim) ?? new ObjectName("pg_catalog", "pg_class"),
                claim.Given ?? [],
                new ScenarioStatement(
                    claim.When.Operation,
                    claim.When.Values ?? RowValues.None,
                    claim.When.Where ?? RowValues.None,
                    claim.When.Sql
                ),
                new ScenarioOutcome(claim.Then.Rejected?.Sqlstate, claim.Then.Rejected?.Constraint, claim.Then.Row),
                claim.Control
            ),
        ];

    /// <summary>
    /// Whatever the outcome rests on is one of these: the guards of the tables that are written to, or that rows get
    /// there at all. A probe that none of them makes fail cannot fail.
    /// </summary>
    protected override IEnumerable<Sabotage> Sabotages(ProbeClaim claim)
    {
        if (TableOf(claim) is { } written)
        {
            yield return claim.When.Insert is null
                ? Swallowed(written, claim.When.Operation.ToUpperInvariant())
                : Swallowed(written, "INSERT");
        }

        yield return new("another table is added", $"CREATE TABLE {Relations.Decoy} ()") { Harmless = true };
        foreach (var table in Tables(claim))
        {
            yield return new(
                $"a column is added to {table}",
                $"ALTER TABLE {table.ToSql()} ADD COLUMN symphony_extra integer"
            )
            {
                Harmless = true,
            };
            foreach (var sabotage in Guards(table))
            {
                yield return sabotage with
                {
                    Speculative = true,
                    BeyondRemedy = true,
                };
            }
        }
    }

    private static Sabotage Swallowed(ObjectName table, string verb) =>
        (
            verb == "TRUNCATE"
                ? new Sabotage(
                    $"the triggers of {table} are disabled",
                    $"ALTER TABLE {table.ToSql()} DISABLE TRIGGER USER"
                )
                : new Sabotage(
                    $"a rule swallows every {verb} of {table}",
                    $"CREATE RULE symphony_swallow AS ON {verb} TO {table.ToSql()} DO INSTEAD NOTHING"
                )
        ) with
        {
            BeyondRemedy = true,
            Speculative = verb == "TRUNCATE",
        };

    private static IEnumerable<Sabotage> Guards(ObjectName table)
    {
        var alter = $"ALTER TABLE {table.ToSql()}";
        yield return new($"the triggers of {table} are disabled", $"{alter} DISABLE TRIGGER USER");
        yield return new($"the checks of {table} are dropped", DropAll(table, "c", ""));
        yield return new($"the foreign keys of {table} are dropped", DropAll(table, "f", ""));
        yield return new(
            $"the keys of {table} are dropped",
            DropAll(table, "u", " CASCADE"),
            DropAll(table, "p", " CASCADE")
        );
        yield return new(
            $"the unique indexes of {table} are dropped",
            SabotageSql.Execute(
                "SELECT pg_catalog.format('DROP INDEX %s', indexrelid::pg_catalog.regclass) FROM pg_catalog.pg_index "
                    + $"WHERE indrelid = {SabotageSql.Regclass(table)} AND indisunique AND NOT EXISTS "
                    + "(SELECT FROM pg_catalog.pg_constraint WHERE conindid = indexrelid)"
            )
        );
        yield return new(
            $"the columns of {table} accept NULL",
            SabotageSql.Execute(
                SabotageSql.Format($"{alter} ALTER COLUMN ", "%I", " DROP NOT NULL", "attname")
                    + $" FROM pg_catalog.pg_attribute a WHERE attrelid = {SabotageSql.Regclass(table)} AND attnum > 0 AND attnotnull "
                    + "AND attidentity = '' AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = attrelid AND contype = 'p' "
                    + "AND attnum = ANY (conkey))"
            )
        );
    }

    private static string DropAll(ObjectName table, string type, string suffix) =>
        SabotageSql.Execute(
            SabotageSql.Format($"ALTER TABLE {table.ToSql()} DROP CONSTRAINT ", "%I", suffix, "conname")
                + $" FROM pg_catalog.pg_constraint WHERE conrelid = {SabotageSql.Regclass(table)} AND contype = {SqlText.QuoteLiteral(type)}"
        );

    private static ObjectName? TableOf(ProbeClaim claim) =>
        claim.When.Table ?? (claim.Given is [var first, ..] ? first.Insert : null);

    private static IEnumerable<ObjectName> Tables(ProbeClaim claim) =>
        (claim.When.Table is { } table ? [table] : Array.Empty<ObjectName>())
            .Concat((claim.Given ?? []).Select(row => row.Insert))
            .Distinct();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ProbeClaim))]
[JsonSerializable(typeof(ProbeFact))]
internal sealed partial class ProbeJson : JsonSerializerContext;
