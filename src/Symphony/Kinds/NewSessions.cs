namespace Symphony.Kinds;

/// <summary>What makes new sessions skip triggers, undone.</summary>
internal static class NewSessions
{
    /// <summary>The command of <c>sessions_without_triggers</c> for what the server's configuration says.</summary>
    private const string Server = "ALTER SYSTEM";

    /// <param name="command">As facts name it: the command that set it, without what it set.</param>
    /// <param name="setting">session_replication_role or event_triggers.</param>
    /// <param name="ordinary">The value with which triggers fire.</param>
    public static IEnumerable<string> Reset(string command, string setting, string ordinary) =>
        // The configuration file itself, or the command line, is out of SQL's reach; this overrides the file.
        command == Server
            ? [$"ALTER SYSTEM SET {setting} = {ordinary}", "SELECT pg_catalog.pg_reload_conf()"]
            : [$"{command} RESET {setting}"];

    public static IEnumerable<string> FireTriggers(IEnumerable<string> commands) =>
        commands.SelectMany(command => Reset(command, "session_replication_role", "origin"));
}
