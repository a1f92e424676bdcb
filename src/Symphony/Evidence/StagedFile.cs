using System.Security.Cryptography;

namespace Symphony.Evidence;

/// <summary>
/// A file that appears whole or not at all: written beside its place under another name, flushed to the disk, then
/// renamed over what was there (rename(2) is atomic). Not published, it is removed.
/// </summary>
public sealed class StagedFile : IDisposable
{
    private const string Suffix = ".tmp";

    /// <summary>No run takes so long between closing and renaming: what is older was left by a run that was killed.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Of making a folder that others remove.</summary>
    private const int MostAttempts = 100;

    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private bool _published;

    public StagedFile(string path)
    {
        _path = path;
        var folder = Path.GetDirectoryName(path)!;
        _temporary = Path.Combine(folder, "." + RandomNumberGenerator.GetHexString(16, lowercase: true) + Suffix);
        _stream = Create(folder, _temporary);
    }

    public Stream Stream => _stream;

    public string Folder => Path.GetDirectoryName(_path)!;

    public void Flush() => _stream.Flush(flushToDisk: true);

    /// <summary>All bytes are on the disk before the name is: a machine that stops between them keeps the old file.</summary>
    public void Complete()
    {
        Flush();
        _stream.Dispose();
    }

    public void Publish()
    {
        File.Move(_temporary, _path, overwrite: true);
        _published = true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_published)
        {
            Remove(_temporary);
        }
    }

    /// <summary>Removes what killed runs left in a folder.</summary>
    public static void Sweep(string folder, DateTimeOffset now)
    {
        // A run of a part of a key's invariants publishes nothing there: the folder may never have been made.
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var left in Directory.EnumerateFiles(folder, ".*" + Suffix))
        {
            if (File.GetLastWriteTimeUtc(left) < (now - Abandoned).UtcDateTime && !IsOpen(left))
            {
                Remove(left);
            }
        }
    }

    /// <summary>What a run has begun stays open as long as the server takes to answer. Where that cannot be seen, age decides.</summary>
    private static bool IsOpen(string path)
    {
        try
        {
            using (new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None))
            {
                return false;
            }
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Another process may remove the folder, while it is empty, because its own run came to nothing.</summary>
    private static FileStream Create(string folder, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                MakeFolder(folder, attempt);
                return new FileStream(
                    path,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        Share = FileShare.None,
                        BufferSize = 0,
                    }
                );
            }
            catch (IOException gone)
                when (attempt < MostAttempts && gone is (DirectoryNotFoundException or FileNotFoundException))
            {
                // Made anew.
            }
        }
    }

    /// <summary>Its parent is not found, or it "already exists" and no longer does: the next attempt tells.</summary>
    private static void MakeFolder(string folder, int attempt)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException) when (attempt < MostAttempts)
        {
            // Where it cannot be made the file cannot either.
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is nobody's evidence: another name than any that is read. The failure that led here is the one to tell.
        }
    }
}
