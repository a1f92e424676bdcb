namespace Symphony;

/// <summary>
/// A failure told to people: what was expected, what was found, what to do next. The message is one line per part;
/// it never holds a password, and text that came from a server or a file is shown as it came (the output escapes it).
/// </summary>
public abstract class SymphonyException : Exception
{
    private protected SymphonyException(string problem, string expected, string found, string next, Exception? inner)
        : base(problem, inner) => (Expected, Found, Next) = (expected, found, next);

    public string Expected { get; }

    public string Found { get; }

    public string Next { get; }
}

/// <summary>Arguments, a manifest, a migration file: what the caller gave cannot be used. Exit code 3.</summary>
public sealed class InputException(string problem, string expected, string found, string next, Exception? inner = null)
    : SymphonyException(problem, expected, found, next, inner);

/// <summary>The database or a server could not be observed, so nothing is known about it. Exit code 2.</summary>
public sealed class UnobservedException(
    string problem,
    string expected,
    string found,
    string next,
    Exception? inner = null
) : SymphonyException(problem, expected, found, next, inner)
{
    /// <summary>The server's own code, when a server refused.</summary>
    public string? SqlState { get; init; }

    /// <summary>The session ended, and there is another one: what was under way is not known, what comes next can be.</summary>
    public bool IsSessionLost { get; init; }
}
