using Symphony.Catalog;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds;

/// <summary>What facts say of the function that a trigger calls; see Catalog/Fragments/trigger_function.sql.</summary>
public interface ITriggerFunction
{
    /// <summary>Its name as a manifest writes it; it has no arguments.</summary>
    string Function { get; }

    string Language { get; }

    /// <summary>Its own, as the setting holds it; null without one.</summary>
    string? SearchPath { get; }

    /// <summary>What its other SET clauses give, as <c>name=value</c>.</summary>
    IReadOnlyList<string> Settings { get; }

    string Body { get; }
}

/// <summary>What the kinds require of the function that a trigger calls.</summary>
internal static class TriggerFunction
{
    /// <summary>Whether what its function names may be something else than it looks like; null when it is not.</summary>
    public static string? Doubt(this ITriggerFunction function, SearchPaths paths) =>
        paths.Doubt(function.Function, function.SearchPath, function.Body);

    /// <summary>Requires the reviewed body, and that its names mean what they did in the review.</summary>
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
            BodyDigest.Of(function.Body, function.Language),
            "The function's body is not the one that was reviewed."
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
            .. function.Settings.Where(setting =>
                FunctionSettings.SkipsTriggers(setting)
                || FunctionSettings.IgnoresAssertions(setting, function.Language, function.Body)
            ),
        ];

    private static string Effect(IReadOnlyList<string> settings) =>
        settings.Any(FunctionSettings.SkipsTriggers)
            ? "what it writes meets no trigger and no foreign key, and who may not set it cannot run the function at all"
            : "its assertions are not checked";
}
