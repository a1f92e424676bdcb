namespace Symphony.Evidence.Signing;

/// <summary>Keys in files. Nothing is ever overwritten: a lost key cannot be made again.</summary>
public static class KeyFiles
{
    /// <summary>A key is a few lines.</summary>
    private const int Longest = 16 * 1024;

    /// <summary>Makes a pair: FILE, which only its owner may read, and FILE.pub.</summary>
    /// <exception cref="InputException">One of the files exists, or cannot be written.</exception>
    public static PublicKey Create(string path)
    {
        using var key = SigningKey.Create();
        var publicPath = path + ".pub";
        RequireFree(publicPath);
        try
        {
            Write(path, key.ToPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, failure);
        }

        try
        {
            Write(
                publicPath,
                key.Public.ToPem(),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            );
            return key.Public;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Half a pair is of no use, and would stand in the way of the next attempt.
            File.Delete(path);
            throw NotWritten(publicPath, failure);
        }
    }

    /// <exception cref="InputException">There is no such file, or it holds no such key.</exception>
    public static SigningKey ReadSigningKey(string path) => SigningKey.Parse(Read(path, "private"), path);

    /// <exception cref="InputException">There is no such file, or it holds no such key.</exception>
    public static PublicKey ReadPublicKey(string path) => PublicKey.Parse(Read(path, "public"), path);

    private static string Read(string path, string sort)
    {
        try
        {
            return Directory.Exists(path) ? throw SigningKey.Unusable(path, "a folder", sort)
                : !File.Exists(path) ? throw SigningKey.Unusable(path, "no such file", sort)
                : SmallFile.Read(path, Longest) is { Length: <= Longest } bytes ? SmallFile.Text(bytes)
                : throw SigningKey.Unusable(path, "a file that is too large for a key", sort);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SigningKey.Unusable(path, failure.Message, sort);
        }
    }

    private static void Write(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    private static void RequireFree(string path)
    {
        if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            throw NotWritten(path, new IOException("The file exists."));
        }
    }

    private static InputException NotWritten(string path, Exception failure) =>
        new(
            "the key was not written",
            $"a new file in a folder that may be written: {path}",
            failure.Message,
            "choose another name with --out; keys are never overwritten",
            failure
        );
}
