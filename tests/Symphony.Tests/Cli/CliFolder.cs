using Symphony.Tests.Evidence;
using Symphony.Tests.Manifests;

namespace Symphony.Tests.Cli;

/// <summary>A folder to start a command in, with one manifest below it.</summary>
internal static class CliFolder
{
    /// <param name="invariants">The lines below <c>invariants:</c>, the fifth of the file and those after it.</param>
    public static TemporaryFolder With(string invariants)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("invariants"));
        File.WriteAllText(folder.File("invariants/m.yml"), ManifestFiles.Manifest(invariants));
        return folder;
    }
}
