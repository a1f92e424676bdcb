namespace Symphony.Servers;

/// <summary>The PostgreSQL that would be started.</summary>
/// <param name="Origin">For people: "embedded 18.4.0-beta.17", "/usr/lib/postgresql/15/bin".</param>
public sealed record ServerDiagnosis(int Major, string Origin)
{
    /// <summary>Looks for it, and installs and initialises what is missing, without starting it.</summary>
    /// <exception cref="UnobservedException">There is none.</exception>
    public static async Task<ServerDiagnosis> FindAsync(
        ServerOptions options,
        IProgress<string>? progress,
        CancellationToken cancel
    )
    {
        var source = await ServerSearch.FindAsync(options, progress, cancel);
        return new ServerDiagnosis(source.Major, source.Origin);
    }
}
