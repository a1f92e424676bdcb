using Npgsql;

namespace Symphony.Servers;

/// <summary>The last resort: the official image in Docker or Podman. Slow to begin with, for the image may have to be fetched.</summary>
internal sealed class ContainerSource : ServerSource
{
    private readonly string engine;
    private readonly Func<string, string?> environment;

    private ContainerSource(string engine, int major, Func<string, string?> environment) =>
        (this.engine, Major, this.environment) = (engine, major, environment);

    public override int Major { get; }

    public override string Origin => $"{Path.GetFileName(engine)} postgres:{Major}";

    public override TimeSpan Patience => TimeSpan.FromMinutes(10);

    /// <summary>An engine that answers, or why there is none.</summary>
    public static async Task<(ContainerSource? Source, string Reason)> FindAsync(
        ServerOptions options,
        CancellationToken cancel
    )
    {
        var reasons = new List<string>();
        foreach (var name in new[] { "docker", "podman" })
        {
            if (Tool.Find(name, options.Environment) is not { } engine)
            {
                reasons.Add($"{name} is not in PATH");
                continue;
            }

            var asked = await Tool.RunAsync([engine, "info"], cancel);
            if (asked.Succeeded)
            {
                return (
                    new ContainerSource(engine, options.Major ?? ServerOptions.DefaultMajor, options.Environment),
                    ""
                );
            }

            reasons.Add($"{name} does not answer");
        }

        return (null, "containers: " + string.Join(", ", reasons));
    }

    public override async Task<ServerProcess> StartAsync(ServerPlace place, CancellationToken cancel)
    {
        // The engine runs as this user; only inside the container does the server run as another.
        var self = new ServerUser(null, null, []);
        await self.CreateFolderAsync(place.Folder, cancel);

        // A file, because arguments are shown to every user of the machine.
        var secrets = Path.Combine(place.Folder, "environment");
        await File.WriteAllTextAsync(
            secrets,
            $"POSTGRES_USER={place.User}\nPOSTGRES_PASSWORD={place.Password}\nPOSTGRES_DB=postgres\nPOSTGRES_INITDB_ARGS=--encoding=UTF8 --locale=C\n",
            cancel
        );
        string[] run =
        [
            engine,
            "run",
            "--rm",
            "--name",
            place.Name,
            "--env-file",
            secrets,
            "--publish",
            $"127.0.0.1:{place.Port}:5432",
            $"postgres:{Major}",
        ];
        return ServerProcess.Start(place.Folder, template: null, self, [.. run, .. SettingArguments()], environment);
    }

    public override async Task<bool> IsReadyAsync(ServerPlace place, CancellationToken cancel)
    {
        try
        {
            await using var connection = await PromptOpening.OpenAsync(
                place.ConnectionStringTo("postgres") + ";Pooling=false",
                cancel
            );
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public override (string Reach, string Stop) Commands(ServerPlace place) =>
        ($"{engine} exec -it {place.Name} psql -U {place.User} postgres", $"{engine} stop {place.Name}");
}
