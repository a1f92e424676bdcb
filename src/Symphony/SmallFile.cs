using System.Text;

namespace Symphony;

/// <summary>A file that somebody named, and that may be a pipe (a shell's process substitution) or a device without end.</summary>
internal static class SmallFile
{
    /// <summary>Its bytes; of more than a limit, that many and one more.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static byte[] Read(string path, int longest)
    {
        // What has a length ends there.
        if (new FileInfo(path).Length is > 0 and var known && known <= longest)
        {
            return File.ReadAllBytes(path);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[longest + 1];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Without the byte order mark that some editors write.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).TrimStart('\ufeff');
}
