using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Tests.Evidence;

namespace Symphony.Tests.Manifests;

/// <summary>A folder <c>invariants</c> of one test, read as a user names it.</summary>
internal sealed class ManifestFiles : IDisposable
{
    public const string Head = "symphony: 1\ntask: TSK-1\nfailure_signature: P0.SOME.SIGNATURE\n";

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.File("invariants");

    /// <summary>A manifest whose invariants begin at line 5.</summary>
    public static string Manifest(string invariants) => Head + "invariants:\n" + invariants;

    public ManifestFiles Add(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public ManifestSet Read(string name = "") =>
        ManifestFolder.Read(
            System.IO.Path.Combine(Path, name),
            name.Length == 0 ? "invariants" : System.IO.Path.Combine("invariants", name),
            KindRegistry.Standard
        );

    /// <summary>The problems, each as the line that people see.</summary>
    public string[] Problems() =>
        [.. Assert.Throws<ManifestException>(() => Read()).Problems.Select(problem => problem.ToString())];

    /// <summary>The problems of one manifest <c>m.yml</c>, without the file's name.</summary>
    public static string[] ProblemsOf(string text)
    {
        using var files = new ManifestFiles().Add("m.yml", text);
        return [.. files.Problems().Select(problem => problem["invariants/m.yml:".Length..])];
    }

    public static Invariant Single(string invariant)
    {
        using var files = new ManifestFiles().Add("m.yml", Manifest(invariant));
        return Assert.Single(files.Read().Invariants);
    }

    public void Dispose() => _folder.Dispose();
}
