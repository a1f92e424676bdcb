using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>Attributes of a trigger's function that switch enforcement off, and such as do not.</summary>
internal static class TriggerFunctionSabotages
{
    /// <param name="pinned">The claim has the function's digest: then it is another one by what harms no recognised body.</param>
    public static IEnumerable<Sabotage> All(ObjectName function, bool pinned)
    {
        var alter = $"ALTER FUNCTION {function.ToSql()}()";
        Sabotage Another(string what, string change) =>
            new(what, $"{alter} {change}") { Harmless = !pinned, BeyondRemedy = pinned };

        yield return new(
            "what the function writes meets no trigger",
            $"{alter} SET session_replication_role = 'Replica'"
        );
        yield return Another("the function has a timeout of its own", "SET statement_timeout = '1min'");
        yield return Another("policies make the function's queries fail", "SET row_security = off");
        yield return Another("the function runs with its owner's rights", "SECURITY DEFINER");
        yield return Another("the function does not see what the statement changed", "STABLE");
        yield return new("the function is called strict, which means nothing without arguments", $"{alter} STRICT")
        {
            Harmless = true,
        };
        yield return new("the function's cost is another", $"{alter} COST 4321") { Harmless = true };
        yield return new("everyone may run the function", $"GRANT EXECUTE ON FUNCTION {function.ToSql()}() TO PUBLIC")
        {
            Harmless = true,
        };
    }
}
