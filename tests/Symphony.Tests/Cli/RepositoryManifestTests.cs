using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Tests.Cli;

public sealed class RepositoryManifestTests
{
    [Fact]
    public void The_repositorys_own_manifests_are_read_and_stand_in_the_folder_of_their_task()
    {
        var set = ManifestFolder.Read(Repository.File("invariants"), "invariants", KindRegistry.Standard);

        Assert.NotEmpty(set.Invariants);
        Assert.All(
            set.Manifests,
            manifest => Assert.StartsWith($"invariants/{manifest.Task}/", manifest.Path, StringComparison.Ordinal)
        );
        Assert.All(
            set.Manifests,
            manifest => Assert.True(File.Exists(Repository.File($"invariants/{manifest.Task}/PLAN.md")))
        );
    }
}
