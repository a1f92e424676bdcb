using System.Security.Cryptography;
using Symphony.Kinds;

namespace Symphony.Manifests;

/// <summary>The files that a manifest's claims speak of, found from the manifest's own folder.</summary>
/// <param name="folder">That folder, as a full path.</param>
internal sealed class FileDigests(string folder)
{
    private readonly Dictionary<string, IReadOnlyList<FileDigest>> _known = new(StringComparer.Ordinal);

    /// <summary>The files of a folder, not those of the folders in it, in the order of their names.</summary>
    /// <param name="directory">As the manifest names it.</param>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It, or a file in it, may not be read.</exception>
    public IReadOnlyList<FileDigest> Of(string directory)
    {
        if (!_known.TryGetValue(directory, out var files))
        {
            var path = Path.Combine(folder, directory);
            _known[directory] = files = Directory.Exists(path)
                ?
                [
                    .. Directory
                        .EnumerateFiles(path)
                        .OrderBy(file => Path.GetFileName(file), StringComparer.Ordinal)
                        .Select(Digest),
                ]
                : throw new DirectoryNotFoundException($"no folder `{directory}`");
        }

        return files;
    }

    private static FileDigest Digest(string path)
    {
        using var content = File.OpenRead(path);
        return new FileDigest(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
