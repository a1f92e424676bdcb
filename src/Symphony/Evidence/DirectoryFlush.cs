using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Symphony.Evidence;

/// <summary>
/// Brings a folder's entries to the disk (fsync(2) on the folder). .NET opens no folders, so the C library is asked.
/// Best effort: some file systems refuse it, and Windows has no such thing and needs none.
/// </summary>
internal static class DirectoryFlush
{
    private const int ReadOnly = 0;

    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = Open(folder, ReadOnly);
        if (handle.IsInvalid)
        {
            return;
        }

        try
        {
            RandomAccess.FlushToDisk(handle);
        }
        catch (IOException)
        {
            // The files themselves are on the disk; only a machine that stops this very moment could lose their names.
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
