using Symphony.Evidence.Log;

namespace Symphony.Evidence.Import;

/// <summary><c>imported/</c> in an evidence folder: a file for each archive that was imported, called by its digest.</summary>
public static class ArchiveStore
{
    public const string Folder = "imported";

    /// <returns>The file below the evidence folder. The same archive again is the same file.</returns>
    /// <exception cref="InputException">The folder may not be written.</exception>
    /// <exception cref="UnobservedException">The disk is full, or fails; or another process holds the folder.</exception>
    public static async Task<string> WriteAsync(
        EvidenceStore store,
        ImportedArchive archive,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var name = $"{Folder}/{archive.SourceSha256}.json";
        try
        {
            using var file = new StagedFile(store.PathToWrite(name));
            file.Stream.Write(archive.ToBytes());
            file.Complete();
            using var held = await EvidenceLock.TakeAsync(store.Root, TimeSpan.FromSeconds(30), clock, cancel);
            file.Publish();
            return name;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw store.Describe(failure);
        }
    }
}
