namespace Symphony.Kinds.Role;

/// <summary>One of the rights that CREATE ROLE gives (PostgreSQL manual, "Role Attributes").</summary>
/// <param name="Name">As claims and facts name it; upper-cased, as SQL does.</param>
/// <param name="Harm">What a role that should not have it can do, as a part of a sentence.</param>
internal sealed record RoleRight(
    string Name,
    string Harm,
    Func<RoleClaim, bool?> Claimed,
    Func<RoleFact, bool> Own,
    Func<RoleRights, IReadOnlyList<string>> Through
)
{
    public static readonly IReadOnlyList<RoleRight> All =
    [
        new(
            "superuser",
            "nothing binds it",
            claim => claim.Superuser,
            fact => fact.Superuser,
            others => others.Superuser
        ),
        new(
            "bypassrls",
            "no policy binds it",
            claim => claim.Bypassrls,
            fact => fact.Bypassrls,
            others => others.Bypassrls
        ),
        new(
            "createrole",
            "it changes who may do what",
            claim => claim.Createrole,
            fact => fact.Createrole,
            others => others.Createrole
        ),
        new(
            "createdb",
            "it creates databases and owns them",
            claim => claim.Createdb,
            fact => fact.Createdb,
            others => others.Createdb
        ),
        new(
            "replication",
            "it copies every row of the cluster",
            claim => claim.Replication,
            fact => fact.Replication,
            others => others.Replication
        ),
    ];

    /// <summary>As ALTER ROLE writes it.</summary>
    public string Sql => Name.ToUpperInvariant();
}
