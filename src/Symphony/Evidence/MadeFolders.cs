namespace Symphony.Evidence;

/// <summary>The folders that are made for files that may never appear: then they are removed again.</summary>
internal sealed class MadeFolders
{
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>Before it is made: the folder, and those around it, as far as they are not there.</summary>
    public void Expect(string folder)
    {
        for (string? at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            _made.Add(at);
        }
    }

    /// <summary>Those that are empty; what another process or a person has put there stays, and what was there before.</summary>
    public void RemoveEmpty()
    {
        foreach (var folder in _made.OrderByDescending(folder => folder.Length))
        {
            try
            {
                Directory.Delete(folder, recursive: false);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Not empty, or never made. The failure that led here, if there is one, is the one to tell.
            }
        }
    }
}
