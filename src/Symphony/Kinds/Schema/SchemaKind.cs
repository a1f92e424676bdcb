using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Sql;

namespace Symphony.Kinds.Schema;

[Description("A schema exists, and only those who are meant to create objects in it")]
public sealed record SchemaClaim : Claim
{
    [Description("The schema's name")]
    public required string Name { get; init; }

    [Description(
        "Exactly the roles that may CREATE in it, PUBLIC by that name; members of a listed role need not be listed. Without it everyone but PUBLIC may"
    )]
    [DisallowNull]
    public IReadOnlyList<string>? Create { get; init; }

    [Description("Exactly the roles that have USAGE; without it this is not looked at")]
    [DisallowNull]
    public IReadOnlyList<string>? Usage { get; init; }

    [Description("The role that owns it; without it the owner is not looked at")]
    [DisallowNull]
    public string? Owner { get; init; }

    public override IEnumerable<ClaimProblem> Problems() =>
        Name.Length == 0 ? [new ClaimProblem("name", "a schema's name", "an empty text")] : [];
}

/// <summary>What the catalog holds; see facts.sql.</summary>
public sealed record SchemaFact(string Owner, IReadOnlyList<Grant> Create, IReadOnlyList<Grant> Usage);

public sealed class SchemaKind : InvariantKind<SchemaClaim, SchemaFact>
{
    private const string Decoy = "symphony_decoy_creator";

    public override string Key => "schema";

    public override string Summary => "A schema exists, and only those who are meant to create objects in it.";

    public override string WhyItMatters =>
        "Without it anyone can put a function or a table of their own where other people's queries find it first.";

    public override IReadOnlyList<string> HoldsOnlyWhen =>
        [
            "PUBLIC cannot CREATE in it unless claimed: before PostgreSQL 15 it could in the schema public of every new database",
            "exactly the listed roles may CREATE, none of them may pass that on, and nobody else may but their members, its owner and superusers, who always may: claim the owner, too",
            "a right that goes through membership counts: who inherits it from a role that has it has it",
            "USAGE that pg_read_all_data and pg_write_all_data have in every schema is not looked at: the kind `role` says who is a member of those",
        ];

    public override JsonTypeInfo ClaimType => SchemaJson.Default.SchemaClaim;

    private protected override JsonTypeInfo<SchemaFact> FactType => SchemaJson.Default.SchemaFact;

    protected override SchemaClaim Qualify(SchemaClaim claim, string schema) => claim;

    protected override Subject SubjectOf(SchemaClaim claim) => new(claim.Name, null, null);

    protected override Footing FootingOf(SchemaClaim claim, SchemaFact? fact) =>
        new()
        {
            Objects = [new FootingObject(FootingObject.OfSchema, claim.Name, null)],
            Privileges = true,
            Roles = fact is null ? [] : [.. Grants.Holders(fact.Create), .. Grants.Holders(fact.Usage)],
        };

    protected override void Judge(SchemaClaim claim, SchemaFact fact, Judgement judgement)
    {
        Grants.Judge("create", claim.Create, fact.Create, "CREATE in it", judgement);
        if (claim.Usage is not null)
        {
            Grants.Judge("usage", claim.Usage, fact.Usage, "use what is in it", judgement);
        }

        if (claim.Owner is not null)
        {
            judgement.Require(
                "owner",
                claim.Owner,
                fact.Owner,
                "It belongs to another role, which can create and drop everything in it."
            );
        }
    }

    protected override IEnumerable<string> Remedy(SchemaClaim claim, SchemaFact? fact)
    {
        var schema = SqlText.QuoteName(claim.Name);
        if (fact is null)
        {
            yield return $"CREATE SCHEMA {schema}"
                + (claim.Owner is null ? "" : $" AUTHORIZATION {SqlText.QuoteName(claim.Owner)}");
        }
        else if (claim.Owner is { } owner && owner != fact.Owner)
        {
            yield return $"ALTER SCHEMA {schema} OWNER TO {SqlText.QuoteName(owner)}";
        }

        foreach (var statement in Grants.Repair($"CREATE ON SCHEMA {schema}", claim.Create, fact?.Create ?? []))
        {
            yield return statement;
        }

        if (claim.Usage is not null)
        {
            foreach (var statement in Grants.Repair($"USAGE ON SCHEMA {schema}", claim.Usage, fact?.Usage ?? []))
            {
                yield return statement;
            }
        }
    }

    protected override IEnumerable<Sabotage> Sabotages(SchemaClaim claim)
    {
        var schema = SqlText.QuoteName(claim.Name);
        var role = $"CREATE ROLE {Decoy}";
        yield return new("the schema is dropped", $"DROP SCHEMA {schema} CASCADE");
        yield return new("the schema is renamed", $"ALTER SCHEMA {schema} RENAME TO symphony_decoys");
        if (claim.Create?.Contains(Grantees.Public) is not true)
        {
            yield return new("everyone may create in it", $"GRANT CREATE ON SCHEMA {schema} TO PUBLIC");
            yield return new("everyone has every right on it", $"GRANT ALL ON SCHEMA {schema} TO PUBLIC");
        }

        foreach (
            var (right, listed) in new[] { ("CREATE", claim.Create), ("USAGE", claim.Usage) }.Where(entry =>
                entry.Item2 is not null
            )
        )
        {
            yield return new($"another role gets {right}", role, $"GRANT {right} ON SCHEMA {schema} TO {Decoy}");
            yield return new(
                $"another role gets {right} and may pass it on",
                role,
                $"GRANT {right} ON SCHEMA {schema} TO {Decoy} WITH GRANT OPTION"
            );
            yield return new(
                $"a role that is itself called PUBLIC gets {right}",
                "CREATE ROLE \"PUBLIC\"",
                $"GRANT {right} ON SCHEMA {schema} TO \"PUBLIC\""
            );
            foreach (var grantee in listed!)
            {
                if (Grantees.Normalise(grantee) != Grantees.Public)
                {
                    yield return new(
                        $"{grantee} may pass {right} on",
                        $"GRANT {right} ON SCHEMA {schema} TO {Grantees.ToSql(grantee)} WITH GRANT OPTION"
                    );
                }

                yield return new(
                    $"{grantee} loses {right}",
                    $"REVOKE {right} ON SCHEMA {schema} FROM {Grantees.ToSql(grantee)}"
                );
            }
        }

        if (claim.Owner is not null)
        {
            yield return new("the schema belongs to another role", role, $"ALTER SCHEMA {schema} OWNER TO {Decoy}");
        }

        foreach (var change in Harmless(claim, schema, role))
        {
            yield return change with
            {
                Harmless = true,
            };
        }
    }

    private static IEnumerable<Sabotage> Harmless(SchemaClaim claim, string schema, string role)
    {
        yield return new("a comment is set", $"COMMENT ON SCHEMA {schema} IS 'looked at'");
        yield return new("a table is created in it", $"CREATE TABLE {schema}.symphony_decoy (a integer)");
        yield return new(
            "a superuser is granted what it has anyway",
            $"{role} SUPERUSER",
            $"GRANT ALL ON SCHEMA {schema} TO {Decoy}"
        );
        yield return new(
            "everyone may create in another schema of that name in capitals",
            $"CREATE SCHEMA {SqlText.QuoteName(claim.Name.ToUpperInvariant())}",
            $"GRANT CREATE ON SCHEMA {SqlText.QuoteName(claim.Name.ToUpperInvariant())} TO PUBLIC"
        );
        if (claim.Create is null)
        {
            yield return new("a role gets CREATE", role, $"GRANT CREATE ON SCHEMA {schema} TO {Decoy}");
            yield return new(
                "a role that is itself called PUBLIC gets CREATE",
                "CREATE ROLE \"PUBLIC\"",
                $"GRANT CREATE ON SCHEMA {schema} TO \"PUBLIC\""
            );
        }

        if (claim.Usage is null)
        {
            yield return new("everyone gets USAGE", $"GRANT USAGE ON SCHEMA {schema} TO PUBLIC");
        }

        if (claim.Create is [var first, ..] && first != Grantees.Public)
        {
            var group = SqlText.QuoteName(first);
            yield return new($"a role is put into {first}", role, $"GRANT {group} TO {Decoy}");
            yield return new(
                $"a member of {first} is granted what it has by that",
                role,
                $"GRANT {group} TO {Decoy}",
                $"GRANT CREATE ON SCHEMA {schema} TO {Decoy}"
            );
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(SchemaClaim))]
[JsonSerializable(typeof(SchemaFact))]
internal sealed partial class SchemaJson : JsonSerializerContext;
