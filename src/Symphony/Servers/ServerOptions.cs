namespace Symphony.Servers;

/// <summary>Which PostgreSQL to start, and whether it stays when its owner is done.</summary>
/// <param name="Major">14 to 18, or null for 18 where it can be had and otherwise the newest that can.</param>
public sealed record ServerOptions(int? Major = null)
{
    /// <summary>The newest major that is supported, and the one used when none is asked for.</summary>
    public const int DefaultMajor = 18;

    /// <summary>The majors that are supported, oldest first.</summary>
    public static IReadOnlyList<int> SupportedMajors { get; } = [14, 15, 16, 17, 18];

    /// <summary>Leave the server running after its owner is done, and say how to reach and stop it.</summary>
    public bool Keep { get; init; }

    /// <summary>The process environment: SYMPHONY_PG_BIN, SYMPHONY_CACHE, PATH and their like are read from it.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// Options as a command's user gives them: the major from <paramref name="postgres"/> or else from SYMPHONY_PG,
    /// and KEEP_DB=1 to keep the server.
    /// </summary>
    /// <exception cref="InputException">The major is none of <see cref="SupportedMajors"/>.</exception>
    public static ServerOptions From(Func<string, string?> environment, string? postgres = null)
    {
        var asked = string.IsNullOrEmpty(postgres) ? environment("SYMPHONY_PG") : postgres;
        return new ServerOptions(string.IsNullOrEmpty(asked) ? null : ParseMajor(asked))
        {
            Keep = environment("KEEP_DB") is "1" or "true",
            Environment = environment,
        };
    }

    /// <exception cref="InputException">The text is none of <see cref="SupportedMajors"/>.</exception>
    public static int ParseMajor(string text) =>
        int.TryParse(text, out var major) && SupportedMajors.Contains(major)
            ? major
            : throw new InputException(
                $"PostgreSQL {text} is not supported",
                "a major version: " + string.Join(", ", SupportedMajors),
                $"\"{text}\"",
                $"give one of these with --postgres or SYMPHONY_PG, or neither for {DefaultMajor}"
            );
}
