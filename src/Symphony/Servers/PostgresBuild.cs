using System.Text.RegularExpressions;

namespace Symphony.Servers;

/// <summary>A PostgreSQL that can be started: a folder that holds initdb and postgres.</summary>
/// <param name="Version">What the server says of itself: "18.4".</param>
/// <param name="Origin">Where it was found, for people: "embedded 18.4.0-beta.17".</param>
internal sealed partial record PostgresBuild(string BinFolder, int Major, string Version, string Origin)
{
    private static readonly string[] Programs = ["initdb", "postgres"];

    public string Initdb => Path.Combine(BinFolder, "initdb");

    public string Postgres => Path.Combine(BinFolder, "postgres");

    /// <summary>Asks the build for its version, as the user that will run it; or says why it cannot be used.</summary>
    public static async Task<(PostgresBuild? Build, string Reason)> InspectAsync(
        string binFolder,
        string origin,
        ServerUser user,
        CancellationToken cancel
    )
    {
        var missing = Programs.FirstOrDefault(name => !File.Exists(Path.Combine(binFolder, name)));
        if (missing is not null)
        {
            return (null, $"{binFolder} has no {missing}");
        }

        var asked = await Tool.RunAsync(user.Command(Path.Combine(binFolder, "postgres"), "--version"), cancel);
        return VersionPattern().Match(asked.Output) is { Success: true } match
            ? (
                new PostgresBuild(
                    binFolder,
                    int.Parse(match.Groups["major"].ValueSpan),
                    match.Groups["version"].Value,
                    origin
                ),
                ""
            )
            : (
                null,
                $"{binFolder}/postgres does not run{(user.Name is null ? "" : $" as the user {user.Name}")}: {asked.Reason}"
            );
    }

    [GeneratedRegex(
        @"\(PostgreSQL\) (?<version>(?<major>\d+)\S*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex VersionPattern();
}
