using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.DefaultPrivileges;

/// <summary>What defaults are kept for (PostgreSQL manual, "ALTER DEFAULT PRIVILEGES").</summary>
[JsonConverter(typeof(WordConverter<DefaultObjects>))]
public sealed class DefaultObjects : Word, IWordSet<DefaultObjects>
{
    public static readonly DefaultObjects Schemas = new("schemas", "CREATE", "USAGE");

    private DefaultObjects(string text, params IReadOnlyList<string> known)
        : base(text) => Known = known;

    public static IReadOnlyList<DefaultObjects> All { get; } =
    [
        new("tables", "SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"),
        new("sequences", "USAGE", "SELECT", "UPDATE"),
        new("functions", "EXECUTE"),
        new("types", "USAGE"),
        Schemas,
    ];

    /// <summary>The privileges that there are on such objects.</summary>
    public IReadOnlyList<string> Known { get; }
}

[Description("What is granted on every new object that a role creates")]
public sealed record DefaultPrivilegesClaim : Claim
{
    [Description("The role that creates the objects: defaults are its own, whoever is a member of it")]
    public required string Role { get; init; }

    [Description("The schema they are created in; without it what is granted in a schema without defaults of its own")]
    [DisallowNull]
    public string? Schema { get; init; }

    [Description("tables (views too), sequences, functions (procedures too), types or schemas")]
    public required DefaultObjects Objects { get; init; }

    [Description(
        "Exactly who gets what: role or PUBLIC to a list of privileges; {} for nobody. The creating role has everything and is not listed"
    )]
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Grants { get; init; }

    /// <summary>As the facts hold them.</summary>
    [JsonIgnore]
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Expected =>
        Grants
            .GroupBy(grant => Grantees.Normalise(grant.Key), grant => grant.Value)
            .ToDictionary(
                group => group.Key,
                group =>
                    (IReadOnlyList<string>)
                        [
                            .. group
                                .SelectMany(privileges => privileges)
                                .Select(privilege => privilege.ToUpperInvariant())
                                .Distinct()
                                .Order(StringComparer.Ordinal),
                        ],
                StringComparer.Ordinal
            );

    public override IEnumerable<ClaimProblem> Problems()
    {
        if (Objects == DefaultObjects.Schemas && Schema is not null)
        {
            yield return new ClaimProblem("schema", "no schema: schemas are in none", $"`{Schema}`");
        }

        foreach (var (grantee, privileges) in Expected)
        {
            foreach (var unknown in privileges.Except(Objects.Known, StringComparer.Ordinal))
            {
                yield return new ClaimProblem(
                    "grants",
                    $"privileges of {string.Join(", ", Objects.Known)}",
                    $"`{unknown}` for {grantee}"
                );
            }

            if (privileges.Count == 0)
            {
                yield return new ClaimProblem("grants", "at least one privilege", $"none for {grantee}");
            }
        }
    }
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Schema">Whether the schema is there.</param>
/// <param name="Grants">Who gets what, the creating role apart.</param>
/// <param name="Grantable">Who may pass it on.</param>
public sealed record DefaultPrivilegesFact(
    bool Schema,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Grants,
    IReadOnlyList<string> Grantable
);

public sealed partial class DefaultPrivilegesKind : InvariantKind<DefaultPrivilegesClaim, DefaultPrivilegesFact>
{
    public override string Key => "default_privileges";

    public override string Summary => "Every new object that a role creates is open to exactly those who are claimed.";

    public override string WhyItMatters =>
        "Without it tomorrow's table or function is open to everyone, or closed to the application, on its first day.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "the defaults of the one schema and those of all schemas, which add up, give exactly the claimed privileges: what a new function or type gives PUBLIC by itself counts until it is revoked for all schemas",
            "without `schema` what a schema's own defaults add there is not looked at: claim each schema that objects are created in",
            "the creating role is this very role: who is only a member of it has defaults of its own",
            "nobody may pass them on (WITH GRANT OPTION)",
            "objects that exist already are not looked at: claim their privileges",
        ];

    public override ServerNeed? NeedOf(Claim claim) =>
        ServerNeed.When(
            claim is DefaultPrivilegesClaim { Expected: var expected }
                && expected.Values.Any(list => list.Contains("MAINTAIN")),
            17,
            "Servers before PostgreSQL 17 have no MAINTAIN: nobody but an owner can be given VACUUM, ANALYZE and the like."
        );

    public override JsonTypeInfo ClaimType => DefaultPrivilegesJson.Default.DefaultPrivilegesClaim;

    private protected override JsonTypeInfo<DefaultPrivilegesFact> FactType =>
        DefaultPrivilegesJson.Default.DefaultPrivilegesFact;

    protected override DefaultPrivilegesClaim Qualify(DefaultPrivilegesClaim claim, string schema) => claim;

    protected override Subject SubjectOf(DefaultPrivilegesClaim claim) =>
        new(claim.Schema, null, $"{claim.Objects}:{claim.Role}")
        {
            Text = $"new {claim.Objects} of {claim.Role}" + (claim.Schema is null ? "" : $" in {claim.Schema}"),
        };

    protected override Footing FootingOf(DefaultPrivilegesClaim claim, DefaultPrivilegesFact? fact) =>
        fact is null
            ? Footing.None
            : new()
            {
                Objects =
                [
                    new FootingObject(FootingObject.Defaults, null, claim.Role),
                    .. claim.Schema is { } schema
                        ? [new FootingObject(FootingObject.OfSchema, schema, null)]
                        : Array.Empty<FootingObject>(),
                ],
                NamedRoles = [claim.Role],
            };

    protected override void Judge(DefaultPrivilegesClaim claim, DefaultPrivilegesFact fact, Judgement judgement)
    {
        judgement.Require("schema", true, fact.Schema, $"There is no schema {claim.Schema}.");
        var expected = claim.Expected;
        foreach (var grantee in expected.Keys.Union(fact.Grants.Keys).Order(StringComparer.Ordinal))
        {
            judgement.Require(
                $"grants.{grantee}",
                expected.GetValueOrDefault(grantee, []),
                fact.Grants.GetValueOrDefault(grantee, []),
                $"{(grantee == Grantees.Public ? "Everyone" : grantee)} gets other privileges on new {claim.Objects} than claimed."
            );
        }

        if (expected.Count == 0)
        {
            judgement.Expect("grants", new JsonObject());
        }

        judgement.RequireNone("grantable", fact.Grantable, "What is granted may be passed on to others.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(DefaultPrivilegesClaim))]
[JsonSerializable(typeof(DefaultPrivilegesFact))]
internal sealed partial class DefaultPrivilegesJson : JsonSerializerContext;
