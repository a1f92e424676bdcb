using System.Text;
using Symphony.Evidence;
using Symphony.Evidence.Log;
using Symphony.Evidence.Reports;
using Symphony.Manifests;

namespace Symphony.Cli.Output.Reports;

/// <summary>The file of a view: the old one or the new one whole, never a part.</summary>
internal static class ReportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Tries the file's folder, and leaves the file as it is.</summary>
    /// <exception cref="InputException">The file could not be written.</exception>
    public static void RequireWritable(string path)
    {
        try
        {
            if (Obstacle(path) is { } obstacle)
            {
                throw new IOException(obstacle);
            }

            using var trial = new StagedFile(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, failure);
        }
    }

    /// <exception cref="InputException">The file may not be written.</exception>
    /// <exception cref="UnobservedException">The disk is full, or fails.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        try
        {
            using var file = new StagedFile(path);
            using (var buffer = new BufferedStream(file.Stream, 64 * 1024))
            using (var writer = new StreamWriter(buffer, Utf8, leaveOpen: true) { NewLine = "\n" })
            {
                write(writer);
                writer.Flush();
                buffer.Flush();
                file.Complete();
            }

            file.Publish();
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Refused(path, failure);
        }
        catch (IOException failure)
        {
            throw new UnobservedException(
                "the report was not written",
                $"room on a working disk for {path}",
                failure.Message,
                "the evidence is whole: make the report of it with `symphony evidence report`",
                failure
            );
        }
    }

    /// <summary>What stands at the path and is no file to be replaced; a rename would take its place.</summary>
    private static string? Obstacle(string path) =>
        Directory.Exists(path) ? "a folder has that name"
        : new FileInfo(path).LinkTarget is { } target ? $"it is a symbolic link to {target}"
        : path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)
            ? "it is a device; - is standard output"
        : IsEvidence(path) ? "it is evidence, which no view replaces"
        : null;

    /// <summary>A file by the name of a log, a run's own document or a bundle, where there is one.</summary>
    private static bool IsEvidence(string path)
    {
        var name = Path.GetFileName(path);
        return File.Exists(path)
            && (
                name is EvidenceLog.FileName or Checkpoint.FileName
                || !ReportIndex.IsReportName(name)
                || (
                    name.EndsWith(".json", StringComparison.Ordinal)
                    && Identifiers.IsSignature(name[..^".json".Length])
                    && Identifiers.IsTask(Path.GetFileName(Path.GetDirectoryName(path)) ?? "")
                )
            );
    }

    private static InputException Refused(string path, Exception failure) =>
        new(
            "the report cannot be written",
            $"a file that this user may write: {path}",
            failure.Message,
            "correct --report FORMAT=FILE, or the folder's owner and permissions",
            failure
        );
}
