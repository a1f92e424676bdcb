using Symphony.Evidence;
using Symphony.Evidence.Log;
using Symphony.Evidence.Replay;
using Symphony.Evidence.Signing;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Tests.Evidence;

/// <summary>An evidence folder whose runs and log are signed.</summary>
internal sealed class SignedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _keys = new();

    public SignedFolder() => System.IO.File.WriteAllText(KeyFile, Key.ToPem());

    public SigningKey Key { get; } = SigningKey.Create();

    /// <summary>The key, beside the folder: as <c>--key</c> takes it.</summary>
    public string KeyFile => _keys.File("signing.key");

    public string Root => _folder.Path;

    public Task<RunDocument> RunAsync(ManifestSet? manifests = null, bool signed = true, Checkpoint? last = null) =>
        RunAsync(
            manifests ?? Samples.Manifests,
            new EvidenceSeal(signed ? Key : null, last is null ? null : (last, "last"))
        );

    /// <summary>The commit of every run.</summary>
    public static string Commit { get; } = new('c', 40);

    /// <summary>What the runs that follow find of their repository.</summary>
    public GitState? Git { get; set; } = new(Commit, Dirty: false);

    /// <summary>When the runs that follow begin.</summary>
    public Func<DateTimeOffset> Started { get; set; } = () => DateTimeOffset.UtcNow;

    public Task<RunDocument> RunAsync(ManifestSet manifests, EvidenceSeal seal)
    {
        var report =
            manifests == Samples.Manifests
                ? Samples.Report
                : Samples.Judge([.. manifests.Invariants], _ => Samples.Fact());
        return new EvidenceWriter(EvidenceStore.Open(Root), TimeProvider.System) { Seal = seal }.WriteAsync(
            report,
            manifests,
            [.. manifests.Invariants],
            Samples.Run(Started()) with
            {
                Git = Task.FromResult(Git),
                ExitCode = report.Count(Symphony.Verification.Verdict.Fail) > 0 ? 1 : 0,
            },
            TestContext.Current.CancellationToken
        );
    }

    public string File(string path) => _folder.File(path);

    /// <summary>The run's own folder.</summary>
    public string FolderOf(RunDocument run) => File(EvidenceStore.RunFolder(run.RunId));

    public Checkpoint Checkpoint() => LogConsistency.ReadCheckpoint(File(Symphony.Evidence.Log.Checkpoint.FileName));

    /// <summary>All files that hold evidence, with forward slashes.</summary>
    public IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => file != ".lock")
            .Order(StringComparer.Ordinal);

    public Examination Examine(Checkpoint? last = null) =>
        new FolderExamination(Root, KindRegistry.Standard)
        {
            Key = Key.Public,
            Last = last is null ? null : (last, "last"),
        }.Everything();

    public Examination ExamineUnsigned() => new FolderExamination(Root, KindRegistry.Standard).Everything();

    public void Dispose()
    {
        Key.Dispose();
        _keys.Dispose();
        _folder.Dispose();
    }
}
