using System.ComponentModel;
using Symphony.Verification;

namespace Symphony.Evidence.Log;

[Description("A line of the log: one run, bound by its digests")]
public sealed record LogEntry
{
    public const string Identifier = "symphony/evidence-log-entry/v1";

    [Description("This line's contract and version")]
    public required string Schema { get; init; }

    [Description("The run's id")]
    public required string RunId { get; init; }

    [Description("When the run began: UTC, ISO 8601, milliseconds")]
    public required string Started { get; init; }

    [Description("The worst verdict of the run")]
    public required Verdict Verdict { get; init; }

    [Description("Lower-case hex SHA-256 of the run's run.json")]
    public required string RunSha256 { get; init; }

    [Description("Lower-case hex SHA-256 of the run's statement.dsse.json; null when the run was not signed")]
    public required string? StatementSha256 { get; init; }

    [Description("The bundles of the run, in the order of tasks and signatures")]
    public required IReadOnlyList<LoggedBundle> Bundles { get; init; }

    public static LogEntry Of(
        RunDocument run,
        string runSha256,
        string? statementSha256,
        IEnumerable<LoggedBundle> bundles
    ) =>
        new()
        {
            Schema = Identifier,
            RunId = run.RunId,
            Started = run.Started,
            Verdict = run.Verdict,
            RunSha256 = runSha256,
            StatementSha256 = statementSha256,
            Bundles = [.. bundles],
        };

    /// <summary>The line's canonical bytes, without its end.</summary>
    public byte[] ToBytes()
    {
        using var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("bundles"u8).BeginArray();
        foreach (var bundle in Bundles)
        {
            json.BeginObject();
            json.Name("failure_signature"u8).String(bundle.FailureSignature);
            json.Name("sha256"u8).String(bundle.Sha256);
            json.Name("task_id"u8).String(bundle.TaskId);
            json.Name("verdict"u8).String(bundle.Verdict.Word());
            json.Name("whole"u8).Boolean(bundle.Whole);
            json.EndObject();
        }

        json.EndArray();
        json.Name("run_id"u8).String(RunId);
        json.Name("run_sha256"u8).String(RunSha256);
        json.Name("schema"u8).String(Schema);
        json.Name("started"u8).String(Started);
        json.Name("statement_sha256"u8).String(StatementSha256);
        json.Name("verdict"u8).String(Verdict.Word());
        json.EndObject();
        return json.Output.Written.ToArray();
    }
}

[Description("A bundle of a logged run")]
public sealed record LoggedBundle(
    [property: Description("The bundle's task")] string TaskId,
    [property: Description("The bundle's failure signature")] string FailureSignature,
    [property: Description("The bundle's verdict")] Verdict Verdict,
    [property: Description("Lower-case hex SHA-256 of the bundle's bytes")] string Sha256,
    [property: Description("Whether no invariant was left out, so that it became the newest of its key")] bool Whole
);
