namespace Symphony.Servers;

/// <summary>
/// The user a server runs as. PostgreSQL refuses to run as root, so root hands it to "postgres" or, where there is
/// none, to "nobody"; everybody else runs it themselves.
/// </summary>
/// <param name="Name">The user's name, or null for the user of this process.</param>
/// <param name="Owner">"uid:gid" of that user, or null.</param>
/// <param name="Prefix">What to put before a command to run it as that user.</param>
internal sealed record ServerUser(string? Name, string? Owner, IReadOnlyList<string> Prefix)
{
    /// <exception cref="UnobservedException">This is root, and there is no way to become another user.</exception>
    public static ServerUser Choose(Func<string, string?> environment)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerUser(null, null, []);
        }

        var accounts = File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length > 3)
            .ToList();
        var account =
            accounts.Find(fields => fields[0] == "postgres") ?? accounts.Find(fields => fields[0] == "nobody");
        return account is [var name, _, var uid, var gid, ..] && FindSwitch(name, uid, gid, environment) is { } prefix
            ? new ServerUser(name, $"{uid}:{gid}", prefix)
            : throw new UnobservedException(
                "PostgreSQL cannot be started: it refuses to run as root",
                "a user \"postgres\" or \"nobody\", and setpriv, runuser or su to become it",
                "neither, and this process is root",
                "run symphony as an ordinary user, or add the user \"postgres\""
            );
    }

    public IReadOnlyList<string> Command(params IEnumerable<string> command) => [.. Prefix, .. command];

    /// <summary>Makes a folder (its parent exists) that this user owns and no other may enter.</summary>
    public async Task CreateFolderAsync(string path, CancellationToken cancel)
    {
        string[] install = Owner?.Split(':') is [var uid, var gid]
            ? ["install", "-d", "-m", "0700", "-o", uid, "-g", gid, path]
            : ["install", "-d", "-m", "0700", path];
        var made = await Tool.RunAsync(install, cancel);
        if (!made.Succeeded)
        {
            throw new UnobservedException(
                $"the folder {path} cannot be made",
                "a folder for the server's files",
                made.Reason,
                "set TMPDIR and SYMPHONY_CACHE to folders that can be written"
            );
        }
    }

    private static IReadOnlyList<string>? FindSwitch(
        string name,
        string uid,
        string gid,
        Func<string, string?> environment
    )
    {
        if (Tool.Find("setpriv", environment) is { } setpriv)
        {
            return [setpriv, "--reuid", uid, "--regid", gid, "--clear-groups", "--"];
        }

        if (Tool.Find("runuser", environment) is { } runuser)
        {
            return [runuser, "-u", name, "--"];
        }

        return Tool.Find("su", environment) is { } su
            ? [su, "-s", "/bin/sh", "-c", "exec \"$@\"", "--", name, "sh"]
            : null;
    }
}
