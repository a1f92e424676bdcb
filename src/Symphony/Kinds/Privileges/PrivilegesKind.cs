using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;

namespace Symphony.Kinds.Privileges;

public sealed partial class PrivilegesKind : InvariantKind<PrivilegesClaim, PrivilegesFact>
{
    private static readonly string[] NamedWithSchema = ["table", "sequence", "function", "type"];

    public override string Key => "privileges";

    public override string Summary => "A role, or everyone, may do with an object what is claimed, and no more.";

    public override string WhyItMatters =>
        "Without it data is read or changed by those who were never meant to, or an application stops for want of a right.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "object and role exist: a missing one is a failure",
            "what it may not have it has in no way: by a grant to it or to PUBLIC, by membership, as the object's owner or a superuser, by a predefined role (pg_read_all_data, pg_write_all_data, pg_maintain)",
            "a right that it gets only after SET ROLE, or after granting itself a role by an ADMIN OPTION (before PostgreSQL 16: by CREATEROLE), counts against none, exactly and at_most, and not for at_least",
            "a grant on one column counts against none, exactly and at_most, and not for at_least without `columns`",
            "partitions and children, which can be named directly, give it no other privileges either",
            "rights on a table that it inherits from or is a partition of reach its rows, too, and are not looked at: claim those as well",
            "what it must have it can use: it has USAGE on the object's schema, too",
            "it may not pass its privileges on (WITH GRANT OPTION), unless claimed",
            "parameter: SET of a setting that any session may change for itself is everyone's, whatever is granted",
            "views and SECURITY DEFINER functions through which their owner's rights reach it are out of sight: claim those, too",
        ];

    public override ServerNeed? NeedOf(Claim claim) =>
        ServerNeed.When(
            claim is PrivilegesClaim { On.Parameter: not null, Required.Count: > 0 },
            15,
            "Servers before PostgreSQL 15 have no privileges on settings: nobody but a superuser can be given them."
        )
        ?? ServerNeed.When(
            claim is PrivilegesClaim { Required: var required } && required.Contains("MAINTAIN"),
            17,
            "Servers before PostgreSQL 17 have no MAINTAIN: nobody but an owner can be given VACUUM, ANALYZE and the like."
        );

    public override JsonTypeInfo ClaimType => PrivilegesJson.Default.PrivilegesClaim;

    public override string? KeyGivenBy(string over) =>
        over switch
        {
            Selector.Tables or "columns" => "on.table",
            Selector.Functions => "on.function",
            Selector.Roles => "to",
            _ => null,
        };

    private protected override JsonTypeInfo<PrivilegesFact> FactType => PrivilegesJson.Default.PrivilegesFact;

    protected override PrivilegesClaim Qualify(PrivilegesClaim claim, string schema) =>
        claim with
        {
            On = claim.On.In(schema),
        };

    protected override Subject SubjectOf(PrivilegesClaim claim) => claim.On.Subject(claim.Grantee);

    protected override Footing FootingOf(PrivilegesClaim claim, PrivilegesFact? fact)
    {
        var subject = claim.On.Subject(claim.Grantee);
        FootingObject? named = claim.On.Sort switch
        {
            "table" or "sequence" => new(FootingObject.Relation, subject.Schema, subject.Relation),
            "function" => new(FootingObject.Function, subject.Schema, subject.Relation),
            "type" => new(FootingObject.Type, subject.Schema, subject.Relation),
            "schema" => new(FootingObject.OfSchema, subject.Schema, null),
            _ => null,
        };
        return new Footing
        {
            Objects = named is null ? [] : [named],
            Privileges = true,
            Roles = Grantees.RolesOf([claim.Grantee]),
            Beyond = claim.On.Sort switch
            {
                "database" => "it is about the database itself, which the reader of a pack makes",
                "parameter" =>
                    "it is about a setting's privileges, which are of the whole server: a pack changes nothing of that",
                _ => null,
            },
        };
    }

    /// <summary>Of single columns, and of what is no table, the catalog alone has the word.</summary>
    protected override IEnumerable<Behaviour> Behaviours(PrivilegesClaim claim) =>
        claim is { On.Table: { } table, Columns: null }
            ?
            [
                new RoleIsHeld(
                    table,
                    claim.Grantee == Grantees.Public ? null : Grantees.ToSql(claim.Grantee),
                    [.. RoleIsHeld.Known.Intersect(claim.Required)],
                    claim.Allowed is { } allowed ? [.. RoleIsHeld.Known.Except(allowed)] : []
                ),
            ]
            : [];

    protected override void Judge(PrivilegesClaim claim, PrivilegesFact fact, Judgement judgement)
    {
        judgement.Require("role", true, fact.Role, $"There is no role {claim.To}.");
        if (claim.On.Parameter is { } parameter && !fact.Object)
        {
            judgement.Undecide(
                "object",
                $"The server shows no setting {parameter} to this role.",
                "Correct the name in the manifest, or grant pg_read_all_settings to the verifying role."
            );
            return;
        }

        judgement.Require("object", true, fact.Object, $"There is no {claim.On.Sort} {claim.On}.");
        if (!fact.Object || !fact.Role)
        {
            return;
        }

        if (claim.Columns is { } columns)
        {
            foreach (var column in columns)
            {
                JudgeColumn(claim, fact, column, judgement);
            }
        }
        else
        {
            JudgeWhole(claim, fact, judgement);
        }

        if (claim.Required.Count > 0 && NamedWithSchema.Contains(claim.On.Sort))
        {
            judgement.Require(
                "schema_usage",
                true,
                fact.SchemaUsage,
                $"{claim.To} has no USAGE on the schema, so that the privileges are of no use to it."
            );
        }

        if (claim.Allowed is not null)
        {
            JudgePower(claim, fact, judgement);
        }
    }

    private static void JudgePower(PrivilegesClaim claim, PrivilegesFact fact, Judgement judgement)
    {
        judgement.Require("superuser", false, fact.Superuser, $"{claim.To} is a superuser, whom nothing binds.");
        judgement.Require(
            "owned",
            false,
            fact.Owned,
            $"{claim.To} has the rights of the owner, who can grant itself everything."
        );
        if (!claim.GrantOption)
        {
            judgement.RequireNone(
                "grantable",
                fact.GrantableOf(claim.Columns),
                $"{claim.To} may pass privileges on to others."
            );
        }
    }

    private static void JudgeWhole(PrivilegesClaim claim, PrivilegesFact fact, Judgement judgement)
    {
        Compare(claim, "privileges", "", fact, (fact.Privileges, fact.BySetRole), judgement);
        if (claim.Allowed is not { } allowed)
        {
            return;
        }

        var known = allowed.Concat(fact.Privileges).Concat(fact.BySetRole).ToList();
        foreach (var (column, held) in fact.Columns.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var others = fact.ColumnsBySetRole.GetValueOrDefault(column, []);
            var excess = held.Concat(others).Except(known, StringComparer.Ordinal).ToList();
            judgement.Expect($"columns.{column}", new JsonObject { ["at_most"] = ToJson(allowed) });
            if (excess.Count > 0)
            {
                judgement.Differ(
                    $"columns.{column}",
                    ToJson(allowed),
                    ToJson(held.Concat(others)),
                    $"{claim.To} may {string.Join(", ", excess)} the column {column}."
                );
            }
        }

        JudgeChildren(claim, allowed, fact, child => child.Any, judgement);
    }

    private static void JudgeColumn(PrivilegesClaim claim, PrivilegesFact fact, string column, Judgement judgement)
    {
        if (!fact.Columns.TryGetValue(column, out var held))
        {
            judgement.Differ($"columns.{column}", "a column", null, $"There is no column {column}.");
            return;
        }

        var others = fact.ColumnsBySetRole.GetValueOrDefault(column, []);
        Compare(claim, $"columns.{column}", $" the column {column}", fact, (held, others), judgement);
        if (claim.Allowed is { } allowed)
        {
            JudgeChildren(claim, allowed, fact, child => child.Columns.GetValueOrDefault(column, []), judgement);
        }
    }

    private static void Compare(
        PrivilegesClaim claim,
        string path,
        string what,
        PrivilegesFact fact,
        (IReadOnlyList<string> Own, IReadOnlyList<string> BySetRole) held,
        Judgement judgement
    )
    {
        var expected = new JsonObject();
        if (claim.Required.Count > 0)
        {
            expected["at_least"] = ToJson(claim.Required);
        }

        if (claim.Allowed is not null)
        {
            expected["at_most"] = ToJson(claim.Allowed);
        }

        judgement.Expect(path, expected);
        var why = claim
            .Required.Except(held.Own, StringComparer.Ordinal)
            .Select(privilege => $"{claim.To} may not {privilege}{what}.")
            .ToList();
        if (claim.Allowed is { } allowed)
        {
            why.AddRange(
                held.Own.Except(allowed, StringComparer.Ordinal)
                    .Select(privilege => $"{claim.To} may {privilege}{what}{Origin(claim, fact, privilege)}.")
            );
            why.AddRange(
                held.BySetRole.Except(allowed, StringComparer.Ordinal)
                    .Select(privilege => $"{claim.To} may {privilege}{what} after becoming another role.")
            );
        }

        if (why.Count > 0)
        {
            judgement.Differ(
                path,
                expected.DeepClone(),
                ToJson(claim.Allowed is null ? held.Own : held.Own.Concat(held.BySetRole)),
                string.Join(' ', why)
            );
        }
    }

    private static string Origin(PrivilegesClaim claim, PrivilegesFact fact, string privilege) =>
        claim.Grantee == Grantees.Public || fact.Granted.Contains(privilege) || fact.Superuser ? ""
        : fact.Owned ? " as its owner"
        : fact.GrantedToPublic.Contains(privilege) ? " because everyone may"
        : " by way of a role that it is a member of";

    private static void JudgeChildren(
        PrivilegesClaim claim,
        IReadOnlyList<string> allowed,
        PrivilegesFact fact,
        Func<ChildPrivileges, IReadOnlyList<string>> held,
        Judgement judgement
    )
    {
        foreach (var (child, privileges) in fact.Children.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var excess = held(privileges).Except(allowed, StringComparer.Ordinal).ToList();
            if (excess.Count > 0)
            {
                judgement.Differ(
                    $"children.{child}",
                    ToJson(allowed),
                    ToJson(held(privileges)),
                    $"{claim.To} may {string.Join(", ", excess)} {child}, which holds rows of the table."
                );
            }
        }
    }

    private static JsonArray ToJson(IEnumerable<string> privileges) =>
        [.. privileges.Order(StringComparer.Ordinal).Select(privilege => (JsonNode?)JsonValue.Create(privilege))];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(PrivilegesClaim))]
[JsonSerializable(typeof(PrivilegesFact))]
internal sealed partial class PrivilegesJson : JsonSerializerContext;
