using Npgsql;

namespace Symphony.Catalog;

/// <summary>
/// Where the database is: a <c>postgres://</c> URI or key=value text (libpq's or Npgsql's spelling), completed from
/// libpq's PG* variables and .pgpass (PostgreSQL manual, "Connection Strings" and "Environment Variables").
/// Shown without its password.
/// </summary>
public sealed class ConnectionTarget
{
    private static readonly (string Variable, string Keyword)[] Variables =
    [
        ("PGHOST", "host"),
        ("PGPORT", "port"),
        ("PGDATABASE", "dbname"),
        ("PGUSER", "user"),
        ("PGPASSWORD", "password"),
        ("PGPASSFILE", "passfile"),
        ("PGSSLMODE", "sslmode"),
        ("PGSSLROOTCERT", "sslrootcert"),
        ("PGSSLCERT", "sslcert"),
        ("PGSSLKEY", "sslkey"),
        ("PGGSSENCMODE", "gssencmode"),
        ("PGCONNECT_TIMEOUT", "connect_timeout"),
        ("PGOPTIONS", "options"),
    ];

    private readonly NpgsqlConnectionStringBuilder _settings;

    private ConnectionTarget(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <summary>Nowhere: a database that could not be made.</summary>
    public static ConnectionTarget Unknown { get; } = new(new NpgsqlConnectionStringBuilder());

    public string Host => _settings.Host ?? "localhost";

    public int Port => _settings.Port;

    public string Database => _settings.Database ?? _settings.Username ?? "";

    public string? Username => _settings.Username;

    /// <summary>For people: user, host, port and database; never a password.</summary>
    public override string ToString() =>
        $"postgres://{(Username is null ? "" : Username + "@")}{(Host.StartsWith('/') ? $"[{Host}]" : Host)}:{Port}/{Database}";

    /// <summary>The same server and role, another database.</summary>
    public ConnectionTarget WithDatabase(string database) =>
        new(new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Database = database });

    /// <summary>Npgsql's own connection string, with the password. Never shown, never stored.</summary>
    public string ToConnectionString() => _settings.ConnectionString;

    /// <param name="text">The <c>--database-url</c>, or null to use DATABASE_URL or the PG* variables.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="InputException">Nothing says where the database is, or the text cannot be read.</exception>
    public static ConnectionTarget Parse(string? text, Func<string, string?> environment)
    {
        text = NotEmpty(text) ?? NotEmpty(environment("DATABASE_URL"));
        var given = text is null ? [] : ConnectionText.Read(text);
        if (text is null && Array.TrueForAll(Variables, variable => NotEmpty(environment(variable.Variable)) is null))
        {
            throw new InputException(
                "it is not said which database is meant",
                "--database-url, DATABASE_URL, or libpq's PGHOST, PGDATABASE, …",
                "none of them",
                "export DATABASE_URL=postgres://user@host:5432/database, or let `symphony gate` make a server of its own"
            );
        }

        foreach (var (variable, keyword) in Variables)
        {
            if (NotEmpty(environment(variable)) is { } value)
            {
                given.TryAdd(keyword, value);
            }
        }

        return new ConnectionTarget(ConnectionText.ToSettings(given));
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
