using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>What facts say of the function that a trigger calls; see Catalog/Fragments/trigger_function.sql.</summary>
public interface ITriggerFunction : IReviewedFunction
{
    /// <summary>Its name as a manifest writes it; it has no arguments.</summary>
    string Function { get; }
}

/// <summary>What the kinds require of the function that a trigger calls.</summary>
internal static class TriggerFunction
{
    private const string Path = "SET search_path=";
    private const string Clause = "SET ";

    /// <summary>What a <c>body_sha256</c> is of, for the docs of the kinds.</summary>
    /// <remarks>
    /// PostgreSQL manual, "Visibility of Data Changes": a trigger's function that is STABLE or IMMUTABLE does not see what
    /// the statement has changed, and so refuses nothing that it would have refused for it.
    /// </remarks>
    public const string Scope =
        "`body_sha256` is of the function's body and of what else decides what it does, where that is not PostgreSQL's default: STABLE or IMMUTABLE (such a one does not see what the statement changed), SECURITY DEFINER and its SET clauses; its owner is for the kind `function` to claim";

    /// <summary>Whether what its function names may be something else than it looks like; null when it is not.</summary>
    public static string? Doubt(this ITriggerFunction function, SearchPaths paths) =>
        paths.Doubt(
            function.Function,
            function
                .Attributes.FirstOrDefault(attribute => attribute.StartsWith(Path, StringComparison.Ordinal))
                ?[Path.Length..],
            function.Body
        );

    /// <summary>Requires the reviewed function, and that its names mean what they did in the review.</summary>
    /// <param name="digest">The claimed one; null claims none.</param>
    public static void JudgeBody(string? digest, ITriggerFunction function, SearchPaths paths, Judgement judgement)
    {
        if (digest is null)
        {
            return;
        }

        judgement.Require(
            "body_sha256",
            digest,
            function.Digest(),
            $"Its function is not the one that was reviewed: {function.Now(digest)}."
        );
        if (function.Doubt(paths) is { } doubt)
        {
            judgement.Undecide("search_path", doubt, SearchPaths.Next(function.Function));
        }
    }

    /// <summary>Requires that none of the function's own settings keeps it from doing what it says.</summary>
    /// <param name="prefix">Stands before the fact's member.</param>
    public static void JudgeSettings(string prefix, ITriggerFunction function, Judgement judgement) =>
        judgement.RequireNone(
            $"{prefix}settings",
            Disabling(function),
            $"{function.Function} sets this while it runs: {Effect(Disabling(function))}."
        );

    /// <summary>Takes back the settings that keep a function from doing what it says.</summary>
    public static IEnumerable<string> Reset(IEnumerable<ITriggerFunction> functions) =>
        functions
            .SelectMany(function =>
                Disabling(function)
                    .Select(setting =>
                        $"ALTER FUNCTION {ObjectName.Parse(function.Function).ToSql()}() RESET {setting[..setting.IndexOf('=')]}"
                    )
            )
            .Distinct();

    /// <summary>
    /// Those of its settings with which triggers or assertions are off while it runs. Others are its own affair:
    /// row_security = off, for instance, makes a query fail that policies would narrow, and shows it no row more.
    /// </summary>
    public static IReadOnlyList<string> Disabling(ITriggerFunction function) =>
        [
            .. function
                .Attributes.Where(attribute => attribute.StartsWith(Clause, StringComparison.Ordinal))
                .Select(attribute => attribute[Clause.Length..])
                .Where(setting =>
                    FunctionSettings.SkipsTriggers(setting)
                    || FunctionSettings.IgnoresAssertions(setting, function.Language, function.Body)
                ),
        ];

    private static string Effect(IReadOnlyList<string> settings) =>
        settings.Any(FunctionSettings.SkipsTriggers)
            ? "what it writes meets no trigger and no foreign key, and who may not set it cannot run the function at all"
            : "its assertions are not checked";
}
