using System.Globalization;
using Symphony.Manifests.Changes;
using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>A <see cref="RunDocument"/>, its members in the order of their names.</summary>
internal static class RunWriter
{
    public static void Write(CanonicalWriter json, RunDocument run, EvidenceSink sink)
    {
        json.BeginObject();
        json.Name("argv"u8).Strings(run.Argv);
        WriteBundles(json, run.Bundles);
        WriteDurations(json, run.DurationsMs);
        json.Name("ended"u8).String(run.Ended);
        json.Name("exit_code"u8).Number(run.ExitCode);
        json.Name("fingerprint"u8).String(run.Fingerprint);
        WriteGit(json, run.Git);
        json.Name("host"u8).String(run.Host);
        WriteLedger(json, run.Ledger);
        json.Name("mode"u8).String(run.Mode);
        WritePort(json, run.Port);
        json.Name("repro_command"u8).String(run.ReproCommand);
        json.Name("role"u8).String(run.Role);
        json.Name("run_id"u8).String(run.RunId);
        json.Name("schema"u8).String(run.Schema);
        WriteSince(json, run.Since);
        WriteStages(json, run.Stages);
        json.Name("standby"u8).Boolean(run.Standby);
        json.Name("started"u8).String(run.Started);
        json.Name("tool_version"u8).String(run.ToolVersion);
        json.Name("verdict"u8).String(run.Verdict.Word());
        json.Name("waiver_date"u8).String(run.WaiverDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.Name("waiver_notes"u8).Strings(run.WaiverNotes);
        json.EndObject();
        sink.Take(json.Output);
    }

    private static void WriteBundles(CanonicalWriter json, IReadOnlyList<BundleReference> bundles)
    {
        json.Name("bundles"u8).BeginArray();
        foreach (var bundle in bundles)
        {
            json.BeginObject();
            json.Name("failure_signature"u8).String(bundle.FailureSignature);
            json.Name("path"u8).String(bundle.Path);
            json.Name("sha256"u8).String(bundle.Sha256);
            json.Name("task_id"u8).String(bundle.TaskId);
            json.Name("verdict"u8).String(bundle.Verdict.Word());
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteStages(CanonicalWriter json, IReadOnlyList<StageDocument> stages)
    {
        json.Name("stages"u8).BeginArray();
        foreach (var stage in stages)
        {
            json.BeginObject();
            json.Name("duration_ms"u8).Number(stage.DurationMs);
            json.Name("name"u8).String(stage.Name);
            json.Name("note"u8).String(Redaction.Of(stage.Note));
            json.Name("result"u8).String(stage.Result);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteDurations(CanonicalWriter json, IReadOnlyDictionary<string, long> durations)
    {
        json.Name("durations_ms"u8).BeginObject();
        foreach (var phase in durations.Keys.Order(StringComparer.Ordinal))
        {
            json.Name(phase).Number(durations[phase]);
        }

        json.EndObject();
    }

    private static void WriteGit(CanonicalWriter json, GitState? git)
    {
        json.Name("git"u8);
        if (git is null)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("commit"u8).String(git.Commit);
        json.Name("dirty"u8);
        if (git.Dirty is { } dirty)
        {
            json.Boolean(dirty);
        }
        else
        {
            json.Null();
        }

        json.EndObject();
    }

    private static void WriteLedger(CanonicalWriter json, LedgerDocument? ledger)
    {
        json.Name("ledger"u8);
        if (ledger is null)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("checksum"u8).String(ledger.Checksum);
        json.Name("version"u8).String(ledger.Version);
        json.EndObject();
    }

    private static void WriteSince(CanonicalWriter json, ChangesSince? since)
    {
        json.Name("since"u8);
        if (since is null)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("changes"u8).BeginArray();
        foreach (var change in since.Changes)
        {
            json.BeginObject();
            json.Name("change"u8).String(change.Change.Text);
            json.Name("from"u8).String(change.From);
            json.Name("invariant"u8).String(change.Invariant);
            json.Name("path"u8).String(change.Path);
            json.Name("to"u8).String(change.To);
            json.EndObject();
        }

        json.EndArray();
        json.Name("commit"u8).String(since.Commit);
        json.Name("revision"u8).String(since.Revision);
        json.EndObject();
    }

    private static void WritePort(CanonicalWriter json, int? port)
    {
        json.Name("port"u8);
        if (port is { } known)
        {
            json.Number(known);
        }
        else
        {
            json.Null();
        }
    }
}
