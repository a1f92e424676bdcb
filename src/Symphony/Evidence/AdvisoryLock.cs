using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Symphony.Evidence;

/// <summary>
/// Who writes, one process at a time, or reads while nobody writes: flock(2) on a folder itself, which leaves no file in
/// it, or on a file that is there for it. It asks for no right to write. The operating system frees it when its holder
/// ends, however it ends. A file system that knows no locks, and Windows, have none here: what is torn there is a finding.
/// </summary>
internal sealed class AdvisoryLock : IDisposable
{
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int NonBlocking = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SafeFileHandle? _handle;

    private AdvisoryLock(SafeFileHandle? handle) => _handle = handle;

    private static bool IsMac => OperatingSystem.IsMacOS();

    /// <summary>
    /// O_CLOEXEC: a process that is started meanwhile does not get it, or it would hold the lock as well. O_NONBLOCK:
    /// somebody else may have put a pipe there, whose writer would be waited for.
    /// </summary>
    private static int ReadOnly => IsMac ? 0x1000000 | 0x4 : 0x80000 | 0x800;

    /// <summary>EWOULDBLOCK: another holds it.</summary>
    private static int Held => IsMac ? 35 : 11;

    /// <summary>EINTR: a signal came in between.</summary>
    private static int Interrupted => 4;

    /// <param name="path">The folder or file, as a full path. One that is not there is held by nobody.</param>
    /// <param name="toWrite">Alone; otherwise beside other readers.</param>
    /// <param name="patience">How long another may hold it.</param>
    /// <param name="clock">Measures the patience.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Null when another held it for too long.</returns>
    public static AdvisoryLock? Take(
        string path,
        bool toWrite,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        if (OperatingSystem.IsWindows())
        {
            return new AdvisoryLock(null);
        }

        var handle = Open(path, ReadOnly);
        var taken = false;
        try
        {
            var began = clock.GetTimestamp();
            while (!(taken = TryLock(handle, toWrite)) && clock.GetElapsedTime(began) <= patience)
            {
                cancel.WaitHandle.WaitOne(Pause);
                cancel.ThrowIfCancellationRequested();
            }

            return taken ? new AdvisoryLock(handle) : null;
        }
        finally
        {
            if (!taken)
            {
                handle.Dispose();
            }
        }
    }

    /// <summary>False while another holds it. What is not there, or cannot be locked, nobody holds.</summary>
    private static bool TryLock(SafeFileHandle handle, bool toWrite)
    {
        if (handle.IsInvalid || Lock(handle, (toWrite ? Exclusive : Shared) | NonBlocking) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error != Held && error != Interrupted;
    }

    public void Dispose() => _handle?.Dispose();

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Lock(SafeFileHandle file, int operation);
}
