using System.Buffers;
using System.Data.Common;
using Npgsql;

namespace Symphony.Catalog;

/// <summary>Reads the spellings of a connection into libpq's keywords, and those into Npgsql's settings.</summary>
internal static class ConnectionText
{
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["server"] = "host",
        ["hostaddr"] = "host",
        ["database"] = "dbname",
        ["db"] = "dbname",
        ["username"] = "user",
        ["user id"] = "user",
        ["userid"] = "user",
        ["pwd"] = "password",
        ["timeout"] = "connect_timeout",
        ["ssl mode"] = "sslmode",
        ["root certificate"] = "sslrootcert",
    };

    /// <summary>A session of ours says itself who it is, and in which encoding it speaks.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "application_name",
        "fallback_application_name",
        "client_encoding",
    };

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-"
    );

    /// <summary>Never contains the text itself: it may hold a password.</summary>
    private static InputException Unreadable(string found) =>
        new(
            "the database's address cannot be read",
            "postgres://user@host:5432/database, or host=… dbname=… user=…",
            found,
            "correct --database-url or DATABASE_URL"
        );

    public static Dictionary<string, string> Read(string text)
    {
        if (
            text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
        )
        {
            return ReadUri(text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..]);
        }

        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        // Further on it is part of a value, perhaps of a password.
        if (scheme >= 0 && text.AsSpan(0, scheme).IndexOfAnyExcept(SchemeCharacters) < 0)
        {
            throw Unreadable($"the scheme {text[..scheme]}://");
        }

        return text.Contains(';', StringComparison.Ordinal) ? ReadSemicolons(text) : ReadKeywords(text);
    }

    public static NpgsqlConnectionStringBuilder ToSettings(Dictionary<string, string> given)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "localhost",
            // Whoever wants Kerberos says so: to try it first, as libpq does, costs all others a second connection.
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        foreach (var (keyword, value) in given)
        {
            try
            {
                if (!Ignored.Contains(keyword))
                {
                    settings[NpgsqlKeyword(keyword)] =
                        keyword == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
                }
            }
            catch (Exception refused)
                when (refused is ArgumentException or FormatException or InvalidCastException or OverflowException)
            {
                throw Unreadable(
                    settings.ContainsKey(NpgsqlKeyword(keyword))
                        ? $"a value of {keyword} that cannot be used"
                        : $"the unknown setting {keyword}"
                );
            }
        }

        settings.Username ??= Environment.UserName;
        settings.Database ??= settings.Username;
        return settings;
    }

    private static string NpgsqlKeyword(string keyword) =>
        keyword switch
        {
            "host" => "Host",
            "dbname" => "Database",
            "user" => "Username",
            "password" => "Password",
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "sslpassword" => "SSL Password",
            "sslnegotiation" => "SSL Negotiation",
            "channel_binding" => "Channel Binding",
            "gssencmode" => "GSS Encryption Mode",
            "require_auth" => "Require Auth",
            "krbsrvname" => "Kerberos Service Name",
            "connect_timeout" => "Timeout",
            _ => keyword,
        };

    /// <summary>user:password@host:port/database?keyword=value, any part percent-encoded, any part absent.</summary>
    private static Dictionary<string, string> ReadUri(string text)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (address, query) = SplitOnce(text, '?');
        var (authority, database) = SplitOnce(address, '/');
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var (user, password) = SplitOnce(authority[..at], ':');
            Put("user", user);
            Put("password", password);
        }

        ReadHost(authority[(at + 1)..], Put);
        Put("dbname", database);
        foreach (var setting in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (keyword, value) = SplitOnce(setting, '=');
            Put(Canonical(Uri.UnescapeDataString(keyword)), value);
        }

        return given;

        void Put(string keyword, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                given[keyword] = Uri.UnescapeDataString(value);
            }
        }
    }

    private static void ReadHost(string text, Action<string, string?> put)
    {
        if (text.Contains(',', StringComparison.Ordinal))
        {
            throw Unreadable("several hosts; one is needed, because evidence names one database");
        }

        var bracket = text.LastIndexOf(']');
        var colon = text.IndexOf(':', Math.Max(bracket, 0));
        put("host", (colon < 0 ? text : text[..colon]).Trim('[', ']'));
        put("port", colon < 0 ? null : text[(colon + 1)..]);
    }

    private static Dictionary<string, string> ReadSemicolons(string text)
    {
        try
        {
            var reader = new DbConnectionStringBuilder { ConnectionString = text };
            return reader
                .Keys!.Cast<string>()
                .ToDictionary(Canonical, key => (string)reader[key], StringComparer.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            throw Unreadable("key=value pairs that do not parse");
        }
    }

    /// <summary>libpq's form: keyword = value pairs, values with blanks in single quotes, backslash escapes.</summary>
    private static Dictionary<string, string> ReadKeywords(string text)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (SkipBlanks(text, ref at))
        {
            var equals = text.IndexOf('=', at);
            var keyword = equals < 0 ? "" : text[at..equals].Trim();
            if (keyword.Length == 0 || keyword.AsSpan().ContainsAny(' ', '\''))
            {
                throw Unreadable("text that is not keyword=value");
            }

            at = equals + 1;
            SkipBlanks(text, ref at);
            given[Canonical(keyword)] = ReadValue(text, ref at);
        }

        return given;
    }

    private static bool SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length;
    }

    private static string ReadValue(string text, ref int at)
    {
        var quoted = at < text.Length && text[at] == '\'';
        at += quoted ? 1 : 0;
        var value = new System.Text.StringBuilder();
        while (at < text.Length && (quoted ? text[at] != '\'' : !char.IsWhiteSpace(text[at])))
        {
            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            value.Append(text[at++]);
        }

        if (quoted && at++ >= text.Length)
        {
            throw Unreadable("a quoted value that is not closed");
        }

        return value.ToString();
    }

    private static string Canonical(string keyword) => Spellings.GetValueOrDefault(keyword, keyword.ToLowerInvariant());

    private static (string First, string? Remainder) SplitOnce(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
