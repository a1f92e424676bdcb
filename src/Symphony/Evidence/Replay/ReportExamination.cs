using System.Security.Cryptography;
using Symphony.Evidence.Reports;
using Symphony.Evidence.Signing;

namespace Symphony.Evidence.Replay;

/// <summary>The reports in a run's folder: that each has the digest that the index gives, and that the key has signed the index.</summary>
internal sealed class ReportExamination(DocumentReader reader, Examination examination, PublicKey? key)
{
    private const string CutShort =
        $"which a process leaves as well that ended before it had written {ReportIndex.FileName}: remove both, and make the reports again with `symphony evidence report`";

    /// <param name="files">The files of the run's folder.</param>
    /// <param name="folder">It, below the folder that is examined, with a slash behind it; or nothing.</param>
    /// <returns>The files that the index speaks of, and its own.</returns>
    public IReadOnlyList<string> Examine(IReadOnlyList<string> files, string folder, ExaminedRun run)
    {
        var isSigned = files.Contains(ReportIndex.SignatureName, StringComparer.Ordinal);
        if (!files.Contains(ReportIndex.FileName, StringComparer.Ordinal))
        {
            if (isSigned)
            {
                examination.Find(
                    folder + ReportIndex.FileName,
                    "",
                    $"the index that {ReportIndex.SignatureName} beside it signs",
                    $"no such file, {CutShort}"
                );
            }

            return [ReportIndex.SignatureName];
        }

        var name = folder + ReportIndex.FileName;
        if (
            reader.Read(name, EvidenceJson.Default.ReportIndex, index => index.Schema, ReportIndex.Identifier)
            is not { } index
        )
        {
            return [ReportIndex.FileName, ReportIndex.SignatureName];
        }

        examination.Require(name, "/run_id", run.Document.Value.RunId, index.Value.RunId);
        examination.Require(name, "/run_sha256", run.Document.Sha256, index.Value.RunSha256);
        for (var i = 0; i < index.Value.Reports.Count; i++)
        {
            ExamineReport(folder, name, index.Value.Reports, i);
        }

        ExamineSignature(folder + ReportIndex.SignatureName, index, isSigned);
        return
        [
            ReportIndex.FileName,
            ReportIndex.SignatureName,
            .. index.Value.Reports.Select(report => report.Name).Where(ReportIndex.IsReportName),
        ];
    }

    private void ExamineReport(string folder, string name, IReadOnlyList<ReportReference> reports, int i)
    {
        var report = reports[i];
        var pointer = JsonPointer.Item("/reports", i);
        if (!ReportIndex.IsReportName(report.Name))
        {
            // Never a path: it would lead out of the folder, or say of evidence that it is a view.
            examination.Find(
                name,
                pointer + "/name",
                "the name of a report in the run's folder",
                Shown.Of(report.Name)
            );
        }
        else if (i > 0 && string.CompareOrdinal(reports[i - 1].Name, report.Name) >= 0)
        {
            examination.Find(name, pointer + "/name", "each report once, in the order of names", Shown.Of(report.Name));
        }
        // Annotations of a run without findings are none.
        else if (reader.ReadBytes(folder + report.Name, mayBeEmpty: true) is { } bytes)
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (digest != report.Sha256)
            {
                examination.Find(
                    folder + report.Name,
                    "",
                    $"bytes with the SHA-256 that {name} {pointer} gives: {Shown.Of(report.Sha256)}",
                    digest
                );
            }
        }
    }

    private void ExamineSignature(string name, ReadDocument<ReportIndex> index, bool isThere)
    {
        if (!isThere)
        {
            if (key is not null)
            {
                examination.Find(name, "", $"the index of reports, signed by the key {key.Id}", "no such file");
            }

            return;
        }

        if (reader.Read(name, DsseJson.Default.DsseEnvelope, _ => null, null) is not { } envelope)
        {
            return;
        }

        examination.Require(name, "/payloadType", ReportIndex.MediaType, envelope.Value.PayloadType);
        if (envelope.Value.DecodePayload() is not { } payload)
        {
            examination.Find(name, "/payload", $"the bytes of {index.Name} in base64", "something else");
        }
        else if (!payload.AsSpan().SequenceEqual(index.Bytes))
        {
            examination.Find(name, "/payload", $"the bytes of {index.Name} in base64", $"others, {CutShort}");
        }

        new EnvelopeExamination(examination, key).RequireSignature(name, envelope.Value);
    }
}
