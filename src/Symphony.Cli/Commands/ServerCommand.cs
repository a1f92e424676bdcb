using System.CommandLine;
using Symphony.Cli.Output;
using Symphony.Servers;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony server</c>: a PostgreSQL for one command, and the builds it is started from.</summary>
internal static class ServerCommand
{
    public static Command Create(CliContext context) =>
        new(
            "server",
            "Start PostgreSQL servers that are gone when their command ends, and install the builds for them."
        )
        {
            CreateRun(context),
            CreateInstall(context),
        };

    private static Command CreateRun(CliContext context)
    {
        var postgres = new Option<string?>("--postgres")
        {
            Description = "PostgreSQL's major version: 14 to 18 (default: SYMPHONY_PG, or else 18)",
            HelpName = "MAJOR",
        };
        var words = new Argument<string[]>("CMD")
        {
            Description = "The command and its arguments, after \"--\"",
            Arity = ArgumentArity.OneOrMore,
        };
        var run = new Command(
            "run",
            "Run a command with a PostgreSQL server of its own: DATABASE_URL and libpq's PGHOST, PGPORT, PGUSER, PGPASSWORD "
                + "and PGDATABASE are set for it. The exit code is the command's. The server goes when the command ends, "
                + "however it ends; KEEP_DB=1 keeps it and says how to stop it.\n\n"
                + "PostgreSQL is looked for in SYMPHONY_PG_BIN, then the pinned build (installed at first need, kept in "
                + "SYMPHONY_CACHE), then this machine, then Docker or Podman.\n\n"
                + "Example: symphony server run --postgres 16 -- psql -c \"SELECT version()\""
        )
        {
            postgres,
            words,
        };
        run.SetAction(
            async (parsed, cancel) =>
            {
                var options = ServerOptions.From(context.Environment, parsed.GetValue(postgres));
                await using var server = await EphemeralServer.StartAsync(
                    options,
                    new LineProgress(context.Error),
                    cancel
                );
                return await ChildCommand.RunAsync(parsed.GetValue(words)!, server.Variables, context, cancel);
            }
        );
        return run;
    }

    private static Command CreateInstall(CliContext context)
    {
        var postgres = new Option<string?>("--postgres")
        {
            Description = "PostgreSQL's major version, 14 to 18, or \"all\" (default: SYMPHONY_PG, or else 18)",
            HelpName = "MAJOR",
        };
        var install = new Command(
            "install",
            "Install pinned PostgreSQL builds with npm, checked against the digests in symphony's own lock files, into "
                + "SYMPHONY_CACHE (default: XDG_CACHE_HOME/symphony, or ~/.cache/symphony; /var/cache/symphony for root)."
        )
        {
            postgres,
        };
        install.SetAction(
            async (parsed, cancel) =>
            {
                var majors =
                    parsed.GetValue(postgres) == "all"
                        ? ServerOptions.SupportedMajors
                        :
                        [
                            ServerOptions.From(context.Environment, parsed.GetValue(postgres)).Major
                                ?? ServerOptions.DefaultMajor,
                        ];
                var progress = new LineProgress(context.Error);
                foreach (var major in majors)
                {
                    var build = await PinnedBuilds.InstallAsync(major, context.Environment, progress, cancel);
                    await context.Output.WriteLineAsync($"{build.Origin}  {build.BinFolder}");
                }

                return (int)ExitCode.Ok;
            }
        );
        return install;
    }
}
