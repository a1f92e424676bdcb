using System.Reflection;
using Symphony.Catalog;
using Symphony.Manifests.Changes;

namespace Symphony.Evidence;

/// <summary>What only the command knows of its run.</summary>
public sealed record RunInfo
{
    /// <summary>See <see cref="Evidence.RunId"/>.</summary>
    public required string RunId { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Milliseconds by phase, such as <c>manifests</c>, <c>connect</c>, <c>verify</c>. Writing evidence adds its own.</summary>
    public IReadOnlyDictionary<string, long> DurationsMs { get; init; } = new Dictionary<string, long>();

    /// <summary>Of a gate, in their order; none otherwise.</summary>
    public IReadOnlyList<StageDocument> Stages { get; init; } = [];

    /// <summary>Begun early, so that it costs no time now; see <see cref="GitRepository.ObserveAsync"/>.</summary>
    public Task<GitState?> Git { get; init; } = Task.FromResult<GitState?>(null);

    /// <summary>This Symphony's version.</summary>
    public static string Version { get; } =
        typeof(RunInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    public string ToolVersion { get; init; } = Version;

    public string? Host { get; init; }

    public int? Port { get; init; }

    /// <summary>As they were given: they are written with passwords replaced.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Written with passwords replaced, too.</summary>
    public string? ReproCommand { get; init; }

    public required string Mode { get; init; }

    /// <summary>Null when nobody asked.</summary>
    public ChangesSince? Since { get; init; }

    /// <summary>As it was asked for: also where no database answered.</summary>
    public FingerprintScope Fingerprint { get; init; }

    public required DateOnly WaiverDate { get; init; }

    public required int ExitCode { get; init; }
}
