using Symphony.Kinds;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>Reads every manifest below a folder, and the waivers and the registry of signatures beside them.</summary>
public static class ManifestFolder
{
    private const string WaiverFileName = "waivers.yml";

    private const string SignatureFileName = "signatures.yml";

    /// <param name="path">The folder, or one manifest, as a full path.</param>
    /// <param name="shown">The same as the user wrote it, for messages.</param>
    /// <param name="kinds">The kinds that manifests may use.</param>
    /// <exception cref="ManifestException">A manifest cannot be used; it holds every problem of every file.</exception>
    /// <exception cref="InputException">There is no such folder, or no manifest in it.</exception>
    public static ManifestSet Read(string path, string shown, KindRegistry kinds)
    {
        var set = ReadFiles(
            Find(path, shown)
                .Select(file => new ManifestSource(
                    file.Name,
                    file.Shown,
                    ReadFile(file.FullPath, file.Shown, wasNamed: file.FullPath == path),
                    Path.GetDirectoryName(file.FullPath)
                )),
            kinds
        );
        return set.Manifests.Count > 0 ? set : throw NoManifest(shown);
    }

    /// <summary>The same of files that were read already; there may be none.</summary>
    /// <exception cref="ManifestException">A manifest cannot be used; it holds every problem of every file.</exception>
    internal static ManifestSet ReadFiles(IEnumerable<ManifestSource> files, KindRegistry kinds)
    {
        var problems = new ProblemList();
        // Not disposed: rules bind their claims later, when it is known what they match.
        var binder = new NodeBinder();
        var ids = new InvariantIds(problems);
        var signatures = new SignatureNames(problems);
        var reader = new ManifestReader(kinds, binder, ids, signatures, problems);
        var manifests = new List<Manifest>();
        var waivers = new List<Waiver>();
        foreach (var file in files)
        {
            if (Path.GetFileName(file.Name) == WaiverFileName)
            {
                waivers.AddRange(new WaiverReader(binder, problems).Read(file.Content, file.Name, file.Shown));
            }
            else if (Path.GetFileName(file.Name) == SignatureFileName)
            {
                new SignatureReader(binder, problems, signatures).Read(file.Content, file.Name, file.Shown);
            }
            else if (reader.Read(file) is { } manifest)
            {
                manifests.Add(manifest);
            }
        }

        signatures.Check();
        return problems.Count == 0
            ? new ManifestSet(manifests, waivers) { Signatures = signatures.Registered }
            : throw new ManifestException(problems);
    }

    /// <summary>Whether a file of that name is one of those that are read.</summary>
    internal static bool IsManifest(string name) => Path.GetExtension(name).ToLowerInvariant() is ".yml" or ".yaml";

    private static List<ManifestFile> Find(string path, string shown)
    {
        if (File.Exists(path))
        {
            return [new ManifestFile(path, Path.GetFileName(path), shown)];
        }

        if (!Directory.Exists(path))
        {
            throw new InputException(
                "there are no manifests to verify",
                "a folder of manifests, or one manifest",
                $"no file or folder {shown}",
                "name it with --invariants, or write a first manifest there; `symphony explain check` shows one"
            );
        }

        var folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var found = FilesBelow(path, shown)
            .Where(IsManifest)
            .Select(file => FileBelow(path, folder, shown, file))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        return found.Count > 0 ? found : throw NoManifest(shown);
    }

    private static ManifestFile FileBelow(string path, string folder, string shown, string file)
    {
        var relative = Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/');
        return new ManifestFile(file, $"{folder}/{relative}", Path.Combine(shown, relative));
    }

    /// <summary>A folder that cannot be looked into is an error: what is in it would silently not be verified.</summary>
    private static string[] FilesBelow(string path, string shown)
    {
        try
        {
            return Directory.GetFiles(
                path,
                "*",
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    MaxRecursionDepth = 16,
                    IgnoreInaccessible = false,
                }
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                "the manifests cannot be read",
                $"folders below {shown} that can be listed",
                failure.Message,
                "check the folders and their permissions",
                failure
            );
        }
    }

    private static InputException NoManifest(string shown) =>
        new(
            "there are no manifests to verify",
            "at least one manifest (*.yml)",
            $"none below {shown}",
            "name another folder with --invariants"
        );

    /// <summary>What was found in a folder and has no length is empty: a pipe there would be waited for for ever.</summary>
    private static byte[] ReadFile(string path, string shown, bool wasNamed)
    {
        try
        {
            return !wasNamed && new FileInfo(path).Length == 0 ? [] : SmallFile.Read(path, YamlLimits.FileBytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                "a manifest cannot be read",
                $"a readable file {shown}",
                failure.Message,
                "check the file and its permissions",
                failure
            );
        }
    }

    /// <param name="FullPath">Where it is.</param>
    /// <param name="Name">How evidence names it: the same wherever the checkout is.</param>
    /// <param name="Shown">How the user would name it.</param>
    private sealed record ManifestFile(string FullPath, string Name, string Shown);
}
