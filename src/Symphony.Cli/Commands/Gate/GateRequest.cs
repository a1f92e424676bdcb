using Symphony.Catalog;
using Symphony.Manifests;

namespace Symphony.Cli.Commands.Gate;

/// <summary>What was asked of a gate.</summary>
internal sealed record GateRequest
{
    /// <summary>Whether it makes a server of its own, or gates a database that is given (FRESH_DB=0).</summary>
    public required bool Fresh { get; init; }

    /// <summary>The fresh server's major version, as given.</summary>
    public string? Postgres { get; init; }

    /// <summary>The folder of migrations, as given.</summary>
    public required string Migrations { get; init; }

    /// <summary>The folder of manifests, as given.</summary>
    public required string Invariants { get; init; }

    public required string EvidenceFolder { get; init; }

    /// <summary>Reads the manifests and chooses the invariants that are meant.</summary>
    public required Func<(ManifestSet Set, IReadOnlyList<Invariant> Selected)> ReadManifests { get; init; }

    /// <summary>The given database; asked only when it is gated.</summary>
    public required Func<ConnectionTarget> GivenDatabase { get; init; }
}
