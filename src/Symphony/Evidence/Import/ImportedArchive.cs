using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Symphony.Verification;

namespace Symphony.Evidence.Import;

[Description(
    "A file of the older flat format, kept readable. It holds no facts, so it is judged by nobody and counts for nothing"
)]
public sealed record ImportedArchive
{
    public const string Identifier = "symphony/evidence-imported/v1";

    [Description("This document's contract and version")]
    public required string Schema { get; init; }

    [Description("The file's name")]
    public required string Source { get; init; }

    [Description("Lower-case hex SHA-256 of the file's bytes")]
    public required string SourceSha256 { get; init; }

    [Description("Its records, in their order")]
    public required IReadOnlyList<ImportedRecord> Records { get; init; }

    public byte[] ToBytes() =>
        CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(this, ImportJson.Default.ImportedArchive));
}

[Description("A record of the older flat format")]
public sealed record ImportedRecord(
    [property: Description("The check's name")] string CheckId,
    [property: Description("When it was made: UTC, ISO 8601")] string Timestamp,
    [property: Description("The commit that it names")] string GitSha,
    [property: Description("Its status as it stands there")] string Status,
    [property: Description(
        "Its status as a verdict; what is neither a pass nor a failure is an ERROR, for there is no skip"
    )]
        Verdict Verdict,
    [property: Description("Its details as they stand there, passwords replaced by ***; null when there are none")]
        JsonElement? Details
);

/// <summary>Reads the older flat format: <c>check_id</c>, <c>timestamp_utc</c>, <c>git_sha</c>, <c>status</c>, <c>details</c>.</summary>
public static class FlatFormat
{
    /// <summary>One record, a list of them, or one a line.</summary>
    /// <exception cref="InputException">It is something else; the message says where.</exception>
    public static ImportedArchive Read(byte[] bytes, string name)
    {
        var records = new List<ImportedRecord>();
        foreach (var (json, place) in Split(bytes, name))
        {
            records.Add(RecordOf(json, place));
        }

        return records.Count > 0
            ? new ImportedArchive
            {
                Schema = ImportedArchive.Identifier,
                Source = Path.GetFileName(name),
                SourceSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                Records = records,
            }
            : throw Refused(name, "at least one record", "none");
    }

    private static IEnumerable<(JsonElement Json, string Place)> Split(byte[] bytes, string name)
    {
        if (TryParse(bytes) is { } whole)
        {
            return whole.ValueKind == JsonValueKind.Array
                ? whole.EnumerateArray().Select((record, i) => (record, $"{name} /{i}"))
                : [(whole, name)];
        }

        return Encoding
            .UTF8.GetString(bytes)
            .Split('\n')
            .Select((line, i) => (Line: line.Trim(), Place: $"{name}:{i + 1}"))
            .Where(line => line.Line.Length > 0)
            .Select(line =>
                (
                    TryParse(Encoding.UTF8.GetBytes(line.Line)) ?? throw Refused(line.Place, "JSON", "something else"),
                    line.Place
                )
            );
    }

    private static JsonElement? TryParse(byte[] json)
    {
        try
        {
            // As everywhere in evidence, an integer that a double does not hold is kept as its digits.
            var output = new ByteBuffer();
            new CanonicalJson { WideIntegersAsStrings = true }.Write(json, output);
            return JsonElement.Parse(output.Written);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImportedRecord RecordOf(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Refused(place, "an object", json.ValueKind.ToString());
        }

        var time = Text(json, "timestamp_utc", place);
        if (
            !DateTimeOffset.TryParse(
                time,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var timestamp
            )
        )
        {
            throw Refused(place, "a time in timestamp_utc", $"\"{time}\"");
        }

        var status = Text(json, "status", place);
        return new ImportedRecord(
            Text(json, "check_id", place),
            timestamp.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Text(json, "git_sha", place),
            status,
            status.ToUpperInvariant() switch
            {
                "PASS" or "PASSED" => Verdict.Pass,
                "FAIL" or "FAILED" => Verdict.Fail,
                "WAIVED" => Verdict.Waived,
                _ => Verdict.Error,
            },
            json.TryGetProperty("details", out var details) && details.ValueKind != JsonValueKind.Null
                ? Redaction.Of(details)
                : null
        );
    }

    private static string Text(JsonElement json, string member, string place) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Refused(
                place,
                $"the text {member}",
                value.ValueKind == JsonValueKind.Undefined ? "none" : value.GetRawText()
            );

    private static InputException Refused(string place, string expected, string found) =>
        new(
            "the archive cannot be read",
            $"{expected} in {place}: records with check_id, timestamp_utc, git_sha, status and details",
            found.Length > 200 ? found[..200] + "…" : found,
            "correct the path; a bundle of Symphony is shown with `symphony evidence show`"
        );
}
