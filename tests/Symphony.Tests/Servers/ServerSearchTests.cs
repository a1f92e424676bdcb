using System.Text.Json.Nodes;
using Symphony.Servers;

namespace Symphony.Tests.Servers;

/// <summary>What is pinned, and what is said when there is nothing to start. No server is started here.</summary>
public sealed class ServerSearchTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("symphony-search-").FullName;

    public static TheoryData<int> Majors => [.. ServerOptions.SupportedMajors];

    [Theory]
    [MemberData(nameof(Majors))]
    public void Every_pinned_package_carries_its_digest_and_no_registry(int major)
    {
        var packages = JsonNode.Parse(EmbeddedFile.Read($"Servers/Embedded/{major}/package-lock.json"))![
            "packages"
        ]!.AsObject();

        var builds = packages.Where(package => package.Key.Length > 0).Select(package => package.Value!).ToList();
        Assert.NotEmpty(builds);
        Assert.All(
            builds,
            build => Assert.StartsWith($"{major}.", (string)build["version"]!, StringComparison.Ordinal)
        );
        Assert.All(
            builds,
            build => Assert.StartsWith("sha512-", (string)build["integrity"]!, StringComparison.Ordinal)
        );
        Assert.All(builds, build => Assert.Null(build["resolved"]));
    }

    [Fact]
    public async Task Without_any_PostgreSQL_every_way_to_one_is_named()
    {
        // Programs that change the user, and nothing else: no npm, no PostgreSQL, no container engine.
        foreach (var name in new[] { "setpriv", "runuser" })
        {
            if (Tool.Find(name, Environment.GetEnvironmentVariable) is { } program)
            {
                File.CreateSymbolicLink(Path.Combine(folder, name), program);
            }
        }

        var failure = await Assert.ThrowsAsync<UnobservedException>(() =>
            ServerSearch.FindAsync(
                Options(MajorNotOnThisMachine()),
                progress: null,
                TestContext.Current.CancellationToken
            )
        );

        foreach (var way in new[] { "SYMPHONY_PG_BIN", "npm", "PostgreSQL on this machine", "Docker", "Podman" })
        {
            Assert.Contains(way, failure.Expected, StringComparison.Ordinal);
        }

        foreach (
            var answer in new[]
            {
                "SYMPHONY_PG_BIN is not set",
                "npm is not in PATH",
                "the machine:",
                "docker is not in PATH",
            }
        )
        {
            Assert.Contains(answer, failure.Found, StringComparison.Ordinal);
        }

        Assert.Contains("symphony server install", failure.Next, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ServerOptions Options(int major) =>
        new(major)
        {
            Environment = name =>
                name switch
                {
                    "PATH" => folder,
                    "SYMPHONY_CACHE" => Path.Combine(folder, "cache"),
                    _ => null,
                },
        };

    private static int MajorNotOnThisMachine() =>
        ServerOptions.SupportedMajors.First(major =>
            !Directory.Exists($"/usr/lib/postgresql/{major}")
            && !Directory.Exists($"/usr/pgsql-{major}")
            && !Directory.Exists($"/opt/homebrew/opt/postgresql@{major}")
            && !Directory.Exists($"/usr/local/opt/postgresql@{major}")
        );
}
