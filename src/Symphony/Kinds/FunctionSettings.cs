using Symphony.Sql;

namespace Symphony.Kinds;

/// <summary>SET clauses of functions that switch enforcement off, as the catalog holds them: <c>name=value</c>.</summary>
internal static class FunctionSettings
{
    /// <summary>What the function writes meets no trigger, and so no foreign key, that is not ENABLE ALWAYS.</summary>
    public static bool SkipsTriggers(string setting) => Is(setting, "session_replication_role", "replica");

    /// <summary>What the function changes in the schema fires no event trigger (PostgreSQL 17).</summary>
    public static bool SkipsEventTriggers(string setting) => IsOff(setting, "event_triggers");

    /// <summary>ASSERT does nothing, and the body has one.</summary>
    public static bool IgnoresAssertions(string setting, string language, string body) =>
        IsOff(setting, "plpgsql.check_asserts") && language == "plpgsql" && Asserts(body);

    private static bool Asserts(string body)
    {
        try
        {
            return SqlLexer.Read(body).Any(token => token.IsWord("assert"));
        }
        catch (SqlSyntaxException)
        {
            return true;
        }
    }

    private static bool IsOff(string setting, string name) =>
        ((string[])["0", "n", "no", "f", "fa", "fal", "fals", "false", "of", "off"]).Any(word =>
            Is(setting, name, word)
        );

    private static bool Is(string setting, string name, string value) =>
        string.Equals(setting, $"{name}={value}", StringComparison.OrdinalIgnoreCase);
}
