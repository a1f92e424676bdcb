namespace Symphony.Cli;

/// <summary>Everything a command takes from its process, handed in so that it can run inside a test.</summary>
internal sealed record CliContext(
    TextWriter Output,
    TextWriter Error,
    string WorkingDirectory,
    Func<string, string?> Environment,
    TimeProvider Clock
)
{
    /// <summary>Where documents for other programs go: standard output, also when people are told elsewhere.</summary>
    public TextWriter Data
    {
        get => field ?? Output;
        init;
    }

    /// <summary>Whether <see cref="Output"/> is a terminal that wants colour.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal: progress is shown on it and nowhere else.</summary>
    public bool Progress { get; init; }

    /// <summary>A path as the user meant it: relative to where the command was started.</summary>
    /// <exception cref="InputException">There is none: a variable that was to hold it is empty, and nobody means this folder.</exception>
    public string FullPath(string path) =>
        path.Length > 0
            ? Path.GetFullPath(path, WorkingDirectory)
            : throw new InputException(
                "a path is empty",
                "the name of a file or folder; . is this folder",
                "nothing",
                "give one, or look at the variable that was to hold it"
            );

    public static CliContext OfProcess() =>
        new(
            Console.Out,
            Console.Error,
            Directory.GetCurrentDirectory(),
            System.Environment.GetEnvironmentVariable,
            TimeProvider.System
        )
        {
            Colour =
                !Console.IsOutputRedirected
                && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR")),
            Progress = !Console.IsErrorRedirected,
        };
}
