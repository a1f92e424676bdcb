using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Sql;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds.Function;

public sealed partial class FunctionKind : InvariantKind<FunctionClaim, FunctionFact>
{
    private const string TemporarySchema = "pg_temp";

    public override string Key => "function";

    public override string Summary =>
        "A function is the reviewed one, runs with the claimed rights, and only the claimed roles may run it.";

    public override string WhyItMatters =>
        "Without it a caller does with the owner's rights what was never meant, or the function does something else.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is the function with exactly these argument types: an overload, an aggregate, or one of that name in another schema does not count",
            "a SECURITY DEFINER function has its own search_path with pg_temp named last: where pg_temp is not named, even with an empty path, it is searched first, and a caller's temporary table, or a domain called text, stands for the real one",
            "nobody but its owner, who can become its owner, superusers and the roles under `trusted` can connect and may CREATE in a schema of that path, or may create one that is missing",
            "a SQL-standard body (BEGIN ATOMIC) that calls built-in functions only needs no path: its names were resolved when it was made",
            "exactly the roles under `execute` may run it, and none of them may pass that on; a function made without a REVOKE may be run by PUBLIC",
            "it is not LEAKPROOF unless claimed",
            "it has no SUPPORT function unless claimed, which can put something else in the place of a call; what an extension made may have one",
            "no SET clause of its own switches enforcement off, unless it is claimed under `settings`: session_replication_role = replica, event_triggers = off (PostgreSQL 17), plpgsql.check_asserts = off where its body has an ASSERT; and none sets a role where `security` is claimed",
            "other SET clauses are looked at where `settings` is claimed; row_security = off, for instance, makes a query fail that policies would narrow, and shows it no row more",
            "what its body does is known only with `body_sha256`, which is of the body alone here: `strict`, `security`, `volatility`, `settings` and `search_path` have keys of their own, and `arguments` and `returns` complete it: the same body over arguments whose names are swapped, or whose defaults are others, does something else, and what it gives is cut to the type or the columns that are returned; what the functions that it calls do is out of sight: claim them too",
        ];

    public override JsonTypeInfo ClaimType => FunctionJson.Default.FunctionClaim;

    public override string? KeyGivenBy(string over) => over == Selector.Functions ? "name" : null;

    private protected override JsonTypeInfo<FunctionFact> FactType => FunctionJson.Default.FunctionFact;

    protected override FunctionClaim Qualify(FunctionClaim claim, string schema) =>
        claim with
        {
            Name = claim.Name.In(schema),
            Support = claim.Support?.In(schema)!,
        };

    protected override Subject SubjectOf(FunctionClaim claim) =>
        new(claim.Name.Name.Schema, null, claim.Name.Signature) { Text = claim.Name.ToString() };

    protected override Footing FootingOf(FunctionClaim claim, FunctionFact? fact) =>
        new()
        {
            Objects =
            [
                new FootingObject(FootingObject.Function, claim.Name.Name.Schema, claim.Name.Signature),
                .. (fact?.SearchPath ?? []).Select(schema => new FootingObject(FootingObject.OfSchema, schema, null)),
            ],
            Privileges = true,
            Roles = fact is null
                ? []
                :
                [
                    .. Grants.Holders(fact.Execute),
                    .. Grantees.RolesOf(
                        fact.OpenSchemas.SelectMany(open => new[] { open.Role, open.Grantee }).OfType<string>()
                    ),
                ],
        };

    protected override IEnumerable<Guard> Guards(FunctionClaim claim) =>
        [new(GuardSort.DefinerFunction, claim.Name.Name.Schema, null, claim.Name.Signature)];

    protected override void Judge(FunctionClaim claim, FunctionFact fact, Judgement judgement)
    {
        judgement.Require("kind", claim.Kind.Text, fact.Kind, $"It is no {claim.Kind.Text}.");
        judgement.Require(
            "leakproof",
            claim.Leakproof,
            fact.Leakproof,
            claim.Leakproof
                ? "It is not LEAKPROOF."
                : "It is LEAKPROOF: it is given rows that row security would have hidden."
        );
        judgement.Require(
            "support",
            claim.Support?.ToString(),
            fact.Support?.ToString(),
            claim.Support is null
                ? "The planner asks a support function, which may put something else in the place of a call: the body is not run then."
                : "The planner asks another support function than claimed."
        );
        JudgeSettings(claim, fact, judgement);
        JudgeClaimed(claim, fact, judgement);
        JudgeArguments(claim, fact, judgement);
        JudgePath(claim, fact, judgement);
        if (claim.Execute is not null)
        {
            Grants.Judge("execute", claim.Execute, fact.Execute, "EXECUTE it", judgement);
        }

        if (claim.BodySha256 is { } digest)
        {
            judgement.Require(
                "body_sha256",
                digest,
                BodyDigest.Of(fact.Body, fact.Language),
                "Its body is not the one that was reviewed."
            );
        }
    }

    private static void JudgeClaimed(FunctionClaim claim, FunctionFact fact, Judgement judgement)
    {
        void Compare(string path, string? expected, string? observed, string why)
        {
            if (expected is not null)
            {
                judgement.Require(path, expected, observed, why);
            }
        }

        Compare("language", claim.Language, fact.Language, "It is written in another language.");
        Compare(
            "security",
            claim.Security?.Text,
            fact.Security,
            fact.Security == FunctionSecurity.Definer.Text
                ? "It runs with its owner's rights."
                : "It runs with its caller's rights."
        );
        Compare("volatility", claim.Volatility?.Text, fact.Volatility, "It has another volatility.");
        Compare("parallel", claim.Parallel?.Text, fact.Parallel, "It has another parallel safety.");
        Compare(
            "returns",
            claim.Returns is null ? null : FunctionClaim.Returned(claim.Returns),
            fact.Returns,
            "It returns something else."
        );
        Compare("owner", claim.Owner, fact.Owner, "It belongs to another role, which can change it.");
        if (claim.Strict is { } strict)
        {
            judgement.Require("strict", strict, fact.Strict, "It treats NULL arguments in another way.");
        }
    }

    private static void JudgeArguments(FunctionClaim claim, FunctionFact fact, Judgement judgement)
    {
        if (claim.Arguments is not { } arguments)
        {
            return;
        }

        judgement.Expect("arguments", arguments);
        if (!ExpressionText.SameTokens(arguments, fact.Arguments))
        {
            judgement.Differ(
                "arguments",
                arguments,
                fact.Arguments,
                "Its arguments have other names or defaults than claimed: the same body does something else with them."
            );
        }
    }

    private static void JudgePath(FunctionClaim claim, FunctionFact fact, Judgement judgement)
    {
        var needsPath = fact.Security == FunctionSecurity.Definer.Text && !fact.NamesFixed;
        if (claim.SearchPath is { } claimed)
        {
            const string why = "It looks for names in other schemas than claimed.";
            judgement.Require("search_path", claimed, fact.SearchPath ?? claimed, why);
            judgement.Require("search_path_set", true, fact.SearchPath is not null, why);
        }

        if (!needsPath)
        {
            return;
        }

        judgement.Require(
            "search_path_pinned",
            true,
            fact.SearchPath is not null,
            "It runs with its owner's rights and its caller's search_path: the caller chooses what its names mean."
        );
        if (fact.SearchPath is not { } path)
        {
            return;
        }

        judgement.Require(
            "pg_temp_last",
            true,
            path.Count > 0 && path.ToList().IndexOf(TemporarySchema) == path.Count - 1,
            path.Contains(TemporarySchema)
                ? "Its search_path does not name pg_temp last: a caller's temporary objects come before those of the schemas after it."
                : "Its search_path does not name pg_temp, which is then searched first: a caller's temporary table or type stands for the one that is meant."
        );
        judgement.RequireNone(
            "open_schemas",
            [.. Untrusted(claim, fact).Select(open => $"{open.Role} may CREATE in {open.Schema}").Distinct()],
            "Others may create in a schema of its search_path what its body then takes for its own."
        );
    }

    private static IEnumerable<OpenSchema> Untrusted(FunctionClaim claim, FunctionFact fact) =>
        fact.OpenSchemas.Where(open =>
            !claim.Trusted.Contains(open.Role) && (open.Grantee is null || !claim.Trusted.Contains(open.Grantee))
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(FunctionClaim))]
[JsonSerializable(typeof(FunctionFact))]
internal sealed partial class FunctionJson : JsonSerializerContext;
