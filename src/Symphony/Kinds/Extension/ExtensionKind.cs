using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Extension;

[Description("An extension is installed")]
public sealed record ExtensionClaim : Claim
{
    [Description("The extension's name")]
    public required string Name { get; init; }

    [Description("The installed version, exactly; without it any will do")]
    [DisallowNull]
    public string? Version { get; init; }

    [Description("The schema that holds its objects; without it any will do")]
    [DisallowNull]
    public string? Schema { get; init; }
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="Relocatable">Whether it can be moved to another schema.</param>
public sealed record ExtensionFact(string Version, string Schema, bool Relocatable);

public sealed class ExtensionKind : InvariantKind<ExtensionClaim, ExtensionFact>
{
    public override string Key => "extension";

    public override string Summary => "An extension is installed in this database, in the claimed version and schema.";

    public override string WhyItMatters =>
        "Without it the functions, types and operators that are built on it are missing or behave otherwise.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "it is installed in this very database: that its files are on the server, or that objects of its names exist, is not enough",
            "the version is the one whose objects are installed, not the newest that the server offers",
            "its objects are in the claimed schema, where statements look for them",
            "a member that was replaced, dropped or moved to another schema by hand since is not looked at: claim the functions that matter",
        ];

    public override JsonTypeInfo ClaimType => ExtensionJson.Default.ExtensionClaim;

    private protected override JsonTypeInfo<ExtensionFact> FactType => ExtensionJson.Default.ExtensionFact;

    protected override ExtensionClaim Qualify(ExtensionClaim claim, string schema) => claim;

    protected override Subject SubjectOf(ExtensionClaim claim) => new(null, null, claim.Name);

    protected override Footing FootingOf(ExtensionClaim claim, ExtensionFact? fact) =>
        new() { Objects = [new FootingObject(FootingObject.Extension, null, claim.Name)] };

    protected override void Judge(ExtensionClaim claim, ExtensionFact fact, Judgement judgement)
    {
        if (claim.Version is not null)
        {
            judgement.Require("version", claim.Version, fact.Version, "Another version of it is installed.");
        }

        if (claim.Schema is not null)
        {
            judgement.Require("schema", claim.Schema, fact.Schema, "Its objects are in another schema.");
        }
    }

    protected override IEnumerable<string> Remedy(ExtensionClaim claim, ExtensionFact? fact)
    {
        var alter = $"ALTER EXTENSION {SqlText.QuoteName(claim.Name)}";
        if (fact is null)
        {
            yield return Create(claim);
            yield break;
        }

        if (claim.Schema is { } schema && schema != fact.Schema)
        {
            if (!fact.Relocatable)
            {
                yield break;
            }

            yield return $"{alter} SET SCHEMA {SqlText.QuoteName(schema)}";
        }

        if (claim.Version is { } version && version != fact.Version)
        {
            yield return $"{alter} UPDATE TO {SqlText.QuoteLiteral(version)}";
        }
    }

    protected override IEnumerable<Sabotage> Sabotages(ExtensionClaim claim)
    {
        var name = SqlText.QuoteName(claim.Name);
        var drop = $"DROP EXTENSION {name} CASCADE";
        yield return new("the extension is dropped", drop);
        yield return new(
            "objects stand in its place",
            drop,
            $"CREATE FUNCTION public.{name}() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
        );
        yield return SabotageSql.CatalogWrite(
            "it bears another name",
            $"UPDATE pg_catalog.pg_extension SET extname = 'symphony_decoy' WHERE extname = {SqlText.QuoteLiteral(claim.Name)}"
        ) with
        {
            BeyondRemedy = true,
        };
        yield return SabotageSql.CatalogWrite(
            "another version is installed",
            $"UPDATE pg_catalog.pg_extension SET extversion = 'symphony_decoy' WHERE extname = {SqlText.QuoteLiteral(claim.Name)}"
        ) with
        {
            BeyondRemedy = true,
            Harmless = claim.Version is null,
        };
        if (claim.Schema is not null)
        {
            yield return new(
                "it is in another schema",
                $"CREATE SCHEMA {Relations.DecoySchema}",
                drop,
                Create(claim with { Schema = Relations.DecoySchema })
            );
        }

        yield return new("it is installed anew", drop, Create(claim)) { Harmless = true };
        yield return new("a comment is set", $"COMMENT ON EXTENSION {name} IS 'looked at'") { Harmless = true };
    }

    private static string Create(ExtensionClaim claim) =>
        $"CREATE EXTENSION {SqlText.QuoteName(claim.Name)}"
        + (claim.Schema is null ? "" : $" SCHEMA {SqlText.QuoteName(claim.Schema)}")
        + (claim.Version is null ? "" : $" VERSION {SqlText.QuoteLiteral(claim.Version)}");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ExtensionClaim))]
[JsonSerializable(typeof(ExtensionFact))]
internal sealed partial class ExtensionJson : JsonSerializerContext;
