using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>SET clauses of a trigger's function that switch enforcement off, and such as do not.</summary>
internal static class TriggerFunctionSabotages
{
    public static IEnumerable<Sabotage> All(ObjectName function)
    {
        var alter = $"ALTER FUNCTION {function.ToSql()}() SET";
        yield return new("what the function writes meets no trigger", $"{alter} session_replication_role = 'Replica'");
        yield return new("the function has a timeout of its own", $"{alter} statement_timeout = '1min'")
        {
            Harmless = true,
        };
        yield return new("policies make the function's queries fail", $"{alter} row_security = off")
        {
            Harmless = true,
        };
    }
}
