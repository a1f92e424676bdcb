using System.Security.Cryptography;
using Symphony.Evidence.Replay;
using Symphony.Evidence.Signing;

namespace Symphony.Evidence.Reports;

/// <summary>
/// Binds the reports in a run's folder to the run: an index with their digests, and with a key a signature of it. A
/// report is made of the run's own files, so it can be in none of them.
/// </summary>
/// <param name="folder">The run's own folder, as a full path.</param>
/// <param name="key">Signs the index; null when nobody asked for it.</param>
public sealed class ReportBinding(string folder, SigningKey? key)
{
    /// <summary>Making all formats of a large run takes seconds: who waits longer waits for something that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Keeps other processes from putting reports into the folder, and from examining it, until it is disposed of:
    /// a report and the index that binds it are changed together.
    /// </summary>
    /// <exception cref="UnobservedException">Another process held it for too long.</exception>
    public static IDisposable Hold(string folder, TimeProvider clock, CancellationToken cancel) =>
        AdvisoryLock.Take(folder, toWrite: true, Patience, clock, cancel)
        ?? throw new UnobservedException(
            "the report was not written",
            $"a run's folder that no other process puts reports into: {folder}",
            $"one that has held it for {Patience.TotalSeconds:0} seconds",
            "end the process that holds it, then make the report with `symphony evidence report`"
        );

    /// <summary>Before anything is written: the reports of a run that is signed are signed, too.</summary>
    /// <exception cref="InputException">There is a signature, and no key to sign anew.</exception>
    public void RequireKey()
    {
        if (
            key is null
            && (File.Exists(PathOf(DsseEnvelope.FileName)) || File.Exists(PathOf(ReportIndex.SignatureName)))
        )
        {
            throw new InputException(
                "the report cannot be put into the run's folder",
                $"a key: the run is signed, and so are the reports beside it in {folder}",
                "none",
                "give --key FILE, or write the report elsewhere with --report FORMAT=FILE"
            );
        }
    }

    /// <summary>Reads the digests of reports that were written, and publishes the index with them and those there were.</summary>
    /// <param name="reports">The format and the name in the folder of each.</param>
    /// <exception cref="InputException">The folder may not be written, or its index is none.</exception>
    /// <exception cref="UnobservedException">The disk is full, or fails.</exception>
    public void Bind(IReadOnlyList<(string Format, string Name)> reports)
    {
        try
        {
            var run = File.ReadAllBytes(PathOf("run.json"));
            var index = new ReportIndex
            {
                Schema = ReportIndex.Identifier,
                RunId = Path.GetFileName(folder),
                RunSha256 = Digest(run),
                Reports =
                [
                    .. Known()
                        .Where(known => reports.All(report => report.Name != known.Name))
                        .Concat(
                            reports.Select(report => new ReportReference(
                                report.Format,
                                report.Name,
                                DigestOf(PathOf(report.Name))
                            ))
                        )
                        .OrderBy(report => report.Name, StringComparer.Ordinal),
                ],
            };
            var bytes = index.ToBytes();
            // The signature first, for it holds what it signs: where the process ends in between, the key has still
            // signed what there is, and nobody's index stands there without a signature as a forger's would.
            if (key is not null)
            {
                Write(ReportIndex.SignatureName, DsseEnvelope.Sign(bytes, key, ReportIndex.MediaType).ToBytes());
            }

            Write(ReportIndex.FileName, bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnobservedException(
                "the reports were not bound to their run",
                $"a folder that can be read and written: {folder}",
                failure.Message,
                "make room or correct its permissions, then make the reports again with `symphony evidence report`",
                failure
            );
        }
    }

    /// <summary>The reports that the index has already; what was removed since is none.</summary>
    private IEnumerable<ReportReference> Known()
    {
        if (!File.Exists(PathOf(ReportIndex.FileName)))
        {
            return [];
        }

        var examination = new Examination();
        var index = new DocumentReader(folder, examination).Read(
            ReportIndex.FileName,
            EvidenceJson.Default.ReportIndex,
            document => document.Schema,
            ReportIndex.Identifier
        );
        return index is null
            ? throw new InputException(
                "the report cannot be bound to its run",
                $"a {ReportIndex.FileName} that is as it was written, in {folder}",
                examination.Findings[0].ToString(),
                "see what is wrong with `symphony evidence verify`; remove it when the reports beside it are of no use"
            )
            : index.Value.Reports.Where(report =>
                ReportIndex.IsReportName(report.Name) && File.Exists(PathOf(report.Name))
            );
    }

    private void Write(string name, byte[] bytes)
    {
        using var file = new StagedFile(PathOf(name));
        file.Stream.Write(bytes);
        file.Complete();
        file.Publish();
        DirectoryFlush.Flush(folder);
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private static string DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
