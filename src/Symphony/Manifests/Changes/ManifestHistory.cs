using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Symphony.Kinds;

namespace Symphony.Manifests.Changes;

/// <summary>The manifests as they were at a git revision, read from git's objects: nothing is checked out.</summary>
public static class ManifestHistory
{
    /// <summary>Where <paramref name="now"/> asks for less than the manifests of a revision did, or for something else.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<ChangesSince> CompareAsync(
        string path,
        string shown,
        string revision,
        ManifestSet now,
        CancellationToken cancel
    )
    {
        var (commit, before) = await ReadAsync(path, shown, revision, KindRegistry.Standard, cancel);
        return new ChangesSince(revision, commit, ManifestComparison.Compare(before, now));
    }

    /// <param name="path">The folder of manifests, or one manifest, as a full path.</param>
    /// <param name="shown">The same as the user wrote it.</param>
    /// <param name="revision">Whatever git understands as a commit.</param>
    /// <returns>The commit's digest, and what was declared there: nothing, where the folder did not exist yet.</returns>
    /// <exception cref="InputException">There is no such revision, no repository, or no git.</exception>
    /// <exception cref="ManifestException">A manifest of then cannot be read now.</exception>
    public static async Task<(string Commit, ManifestSet Set)> ReadAsync(
        string path,
        string shown,
        string revision,
        KindRegistry kinds,
        CancellationToken cancel
    )
    {
        var isFile = File.Exists(path);
        var folder = isFile ? Path.GetDirectoryName(path)! : path;
        var git = new Git(folder, revision);
        var commit = (
            await git.TextAsync(["rev-parse", "--verify", "--end-of-options", revision + "^{commit}"], cancel)
        ).Trim();
        // In a folder, its own files only, and named from there.
        var listing = await git.TextAsync(["ls-tree", "-r", "-z", commit], cancel);
        var root = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var sources = new List<ManifestSource>();
        foreach (var (blob, name) in Blobs(listing).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (!ManifestFolder.IsManifest(name) || (isFile && name != Path.GetFileName(path)))
            {
                continue;
            }

            var content = await git.BytesAsync(["cat-file", "blob", blob], cancel);
            var known = isFile ? name : $"{root}/{name}";
            sources.Add(
                new ManifestSource(known, $"{revision}:{(isFile ? shown : Path.Combine(shown, name))}", content, null)
            );
        }

        return (commit, ManifestFolder.ReadFiles(sources, kinds));
    }

    /// <summary>Of <c>mode type object TAB path NUL</c> the files: a symbolic link's content is not a manifest.</summary>
    private static IEnumerable<(string Blob, string Name)> Blobs(string listing) =>
        from line in listing.Split('\0', StringSplitOptions.RemoveEmptyEntries)
        let tab = line.IndexOf('\t', StringComparison.Ordinal)
        let fields = line[..tab].Split(' ')
        where fields[0].StartsWith("100", StringComparison.Ordinal)
        select (fields[2], line[(tab + 1)..]);

    private sealed class Git(string folder, string revision)
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        public async Task<string> TextAsync(IReadOnlyList<string> arguments, CancellationToken cancel) =>
            Encoding.UTF8.GetString(await BytesAsync(arguments, cancel));

        public async Task<byte[]> BytesAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
        {
            var start = new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                Environment = { ["GIT_OPTIONAL_LOCKS"] = "0", ["LC_ALL"] = "C" },
            };
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Patience);
            try
            {
                using var git = Process.Start(start)!;
                try
                {
                    using var output = new MemoryStream();
                    var words = git.StandardError.ReadToEndAsync(limit.Token);
                    await git.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
                    await git.WaitForExitAsync(limit.Token);
                    return git.ExitCode == 0 ? output.ToArray() : throw Refused((await words).Trim());
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    git.Kill();
                    throw Refused(
                        string.Create(CultureInfo.InvariantCulture, $"no answer within {Patience.TotalSeconds} s")
                    );
                }
            }
            catch (Exception absent) when (absent is Win32Exception or DirectoryNotFoundException)
            {
                throw Refused(absent.Message);
            }
        }

        private InputException Refused(string found) =>
            new(
                $"the manifests cannot be compared with those of {revision}",
                "--since with a commit of the repository that holds the manifests, and git on the PATH",
                found.Length > 0 ? found : "git refused without a word",
                "name a commit, a tag or a branch; a shallow clone may have to fetch it first"
            );
    }
}
