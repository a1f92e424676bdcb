using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Check;

[Description("Every new row satisfies an expression")]
public sealed record CheckClaim : TableClaim
{
    [Description("The constraint's name")]
    public required string Name { get; init; }

    [Description("The condition, in SQL; equal in meaning is equal")]
    public required string Expression { get; init; }

    [Description("Whether existing rows are known to satisfy it: true, false (NOT VALID) or any")]
    public Validation Validated { get; set; } = Validation.Any;

    [Description(
        "Functions that are not built in and that the expression may call: name with argument types to the digest of the reviewed function"
    )]
    public IReadOnlyDictionary<string, string>? Functions { get; init; }

    public override IEnumerable<ClaimProblem> Problems() => Claims.ExpressionProblems("expression", Expression);
}

/// <summary>What the catalog holds; see facts.sql.</summary>
public sealed record CheckFact(
    string RelationKind,
    bool ChecksOn,
    bool Enforced,
    bool Validated,
    bool NoInherit,
    string Expression,
    IReadOnlyList<CalledFunction> Functions,
    IReadOnlyList<string> ChildrenWithout
);

public sealed class CheckKind : InvariantKind<CheckClaim, CheckFact>
{
    public override string Key => "check";

    public override string Summary => "A check constraint refuses rows that violate an expression.";

    public override string WhyItMatters => "Without it a row that violates the rule is written without an error.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "the expression is equal in meaning to the claimed one, in the server's own normal form (which keeps the sides of an operator and the order of AND and OR as they are written)",
            "the constraint is enforced (PostgreSQL 18 has NOT ENFORCED) and stands on a table that enforces checks: not on a foreign table or a view",
            "it is inherited: every partition and child has it",
            "values are compared by their columns' types and collations, and a cast to a domain goes by that domain's checks: claim those columns and domains; where a collation takes 'a' for 'A', so does the check",
            "the expression calls built-in functions only, or those listed under `functions` with their digest",
            ReviewedFunction.Scope,
        ];

    public override JsonTypeInfo ClaimType => CheckJson.Default.CheckClaim;

    private protected override JsonTypeInfo<CheckFact> FactType => CheckJson.Default.CheckFact;

    protected override CheckClaim Qualify(CheckClaim claim, string schema) =>
        claim with
        {
            Table = claim.Table.In(schema),
        };

    protected override Subject SubjectOf(CheckClaim claim) => Subject.Of(claim.Table, claim.Name);

    protected override IEnumerable<Guard> Guards(CheckClaim claim) =>
        [Guard.Of(GuardSort.Check, claim.Table, claim.Name)];

    protected override IEnumerable<Behaviour> Behaviours(CheckClaim claim) =>
        [new ViolationIsRefused(claim.Table, claim.Name, claim.Expression, claim.Functions is { Count: > 0 })];

    protected override void Judge(CheckClaim claim, CheckFact fact, Judgement judgement)
    {
        judgement.RequireOneOf(
            "relation_kind",
            Relations.Tables,
            fact.RelationKind,
            "Only ordinary and partitioned tables enforce check constraints."
        );
        judgement.Require(
            "checks_on",
            true,
            fact.ChecksOn,
            "The table's flag says that it has no check constraints, so the server evaluates none."
        );
        judgement.Require("enforced", true, fact.Enforced, "A NOT ENFORCED constraint lets every row pass.");
        judgement.RequireExpression(
            "expression",
            claim.Table,
            claim.Expression,
            fact.Expression,
            fact.Functions,
            claim.Functions,
            "The constraint checks something else than what was claimed."
        );
        judgement.Require("no_inherit", false, fact.NoInherit, "A NO INHERIT constraint does not bind child tables.");
        judgement.RequireNone(
            "children_without",
            fact.ChildrenWithout,
            "Rows written to these children or partitions are not checked."
        );
        if (claim.Validated != Validation.Any)
        {
            judgement.Require(
                "validated",
                claim.Validated == Validation.True,
                fact.Validated,
                claim.Validated == Validation.True
                    ? "Existing rows were never checked, so they may violate it."
                    : "The constraint was claimed as NOT VALID; validating it is a decision of its own."
            );
        }
    }

    protected override IEnumerable<string> Remedy(CheckClaim claim, CheckFact? fact)
    {
        var table = claim.Table.ToSql();
        var name = SqlText.QuoteName(claim.Name);
        if (fact is { ChecksOn: false })
        {
            // The server refuses to drop a constraint that its own count says is not there: the catalog is damaged.
            yield break;
        }

        yield return $"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}";
        yield return $"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({claim.Expression}) NOT VALID";
        if (claim.Validated == Validation.True)
        {
            yield return $"ALTER TABLE {table} VALIDATE CONSTRAINT {name}";
        }
    }

    protected override IEnumerable<Sabotage> Sabotages(CheckClaim claim)
    {
        var table = claim.Table.ToSql();
        var name = SqlText.QuoteName(claim.Name);
        var drop = $"ALTER TABLE {table} DROP CONSTRAINT {name}";
        var validity = claim.Validated == Validation.True ? "" : " NOT VALID";
        string Add(string expression, string suffix = "") =>
            $"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({expression}){suffix}{validity}";

        yield return new("the constraint is dropped", drop);
        yield return new("the check is gutted to true", drop, Add("true"));
        yield return new("a tautology is added", drop, Add($"({claim.Expression}) OR true"));
        yield return new("the condition is widened to pass NULL", drop, Add($"({claim.Expression}) OR NULL"));
        yield return new("the constraint no longer binds children", drop, Add(claim.Expression, " NO INHERIT"));
        yield return new(
            "the constraint is not enforced",
            drop,
            $"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({claim.Expression}) NOT ENFORCED"
        )
        {
            SinceMajor = 18,
        };
        yield return new(
            "the constraint stands in another table",
            drop,
            $"CREATE TABLE {Relations.Decoy} (LIKE {table})",
            $"ALTER TABLE {Relations.Decoy} ADD CONSTRAINT {name} CHECK ({claim.Expression}){validity}"
        );
        yield return new(
            "the table's flag switches checks off",
            $"UPDATE pg_catalog.pg_class SET relchecks = 0 WHERE oid = {SqlText.QuoteLiteral(table)}::regclass"
        )
        {
            NeedsCatalogWrite = true,
            BeyondRemedy = true,
        };
        yield return new("a session's temporary child", SabotageSql.Child(claim.Table, "TEMPORARY TABLE"))
        {
            Harmless = true,
        };
        yield return new(
            "the constraint has the same name in another schema too",
            $"CREATE SCHEMA {Relations.DecoySchema}",
            $"CREATE TABLE {Relations.DecoySchema}.{SqlText.QuoteName(claim.Table.Name)} (LIKE {table} INCLUDING CONSTRAINTS)"
        )
        {
            Harmless = true,
        };
        yield return new("the same condition in other words", drop, Add($"(({claim.Expression})) AND true"))
        {
            Harmless = true,
        };
        if (claim.Validated == Validation.Any)
        {
            yield return new("the constraint is validated", $"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
            {
                Harmless = true,
            };
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(CheckClaim))]
[JsonSerializable(typeof(CheckFact))]
internal sealed partial class CheckJson : JsonSerializerContext;
