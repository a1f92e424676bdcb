using System.CommandLine;
using System.Globalization;
using Symphony.Catalog;

namespace Symphony.Cli.Commands;

/// <summary>Where the database is, and how long it may be waited for.</summary>
internal sealed class DatabaseOptions
{
    private readonly Option<string?> _url = new("--database-url")
    {
        Description =
            "The database: postgres://user@host:port/database or key=value (default: DATABASE_URL, then libpq's PG* variables and .pgpass)",
        HelpName = "URL",
    };

    private readonly Option<double> _connect = Seconds(
        "--connect-timeout",
        "How long to wait for the server",
        SessionLimits.Default.Connect
    );

    private readonly Option<double> _statement = Seconds(
        "--statement-timeout",
        "How long one catalog query may run",
        SessionLimits.Default.Statement
    );

    private readonly Option<double> _lock = Seconds(
        "--lock-timeout",
        "How long to wait for a lock that a migration holds",
        SessionLimits.Default.Lock
    );

    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_connect);
        command.Options.Add(_statement);
        command.Options.Add(_lock);
    }

    public string? Url(ParseResult parsed) => parsed.GetValue(_url);

    public ConnectionTarget Target(ParseResult parsed, CliContext context) =>
        ConnectionTarget.Parse(Url(parsed), context.Environment);

    public SessionLimits Limits(ParseResult parsed) =>
        new(
            TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(_connect))),
            TimeSpan.FromSeconds(parsed.GetValue(_statement)),
            TimeSpan.FromSeconds(parsed.GetValue(_lock))
        );

    private static Option<double> Seconds(string name, string description, TimeSpan standard)
    {
        var option = new Option<double>(name)
        {
            Description = $"{description}, in seconds",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => standard.TotalSeconds,
            CustomParser = result =>
            {
                if (
                    double.TryParse(
                        result.Tokens[0].Value,
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture,
                        out var seconds
                    ) && seconds is > 0 and < 86_400
                )
                {
                    return seconds;
                }

                result.AddError(
                    $"{name} takes a number of seconds above 0 and below 86400, not `{result.Tokens[0].Value}`."
                );
                return 0;
            },
        };
        return option;
    }
}
