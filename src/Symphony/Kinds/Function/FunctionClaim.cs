using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Symphony.Catalog;
using Symphony.Contracts;

namespace Symphony.Kinds.Function;

[JsonConverter(typeof(WordConverter<FunctionSort>))]
public sealed class FunctionSort : Word, IWordSet<FunctionSort>
{
    public static readonly FunctionSort Function = new("function");
    public static readonly FunctionSort Procedure = new("procedure");

    private FunctionSort(string text)
        : base(text) { }

    public static IReadOnlyList<FunctionSort> All { get; } = [Function, Procedure];
}

[JsonConverter(typeof(WordConverter<FunctionVolatility>))]
public sealed class FunctionVolatility : Word, IWordSet<FunctionVolatility>
{
    private FunctionVolatility(string text)
        : base(text) { }

    public static IReadOnlyList<FunctionVolatility> All { get; } = [new("immutable"), new("stable"), new("volatile")];
}

[JsonConverter(typeof(WordConverter<FunctionParallel>))]
public sealed class FunctionParallel : Word, IWordSet<FunctionParallel>
{
    private FunctionParallel(string text)
        : base(text) { }

    public static IReadOnlyList<FunctionParallel> All { get; } = [new("safe"), new("restricted"), new("unsafe")];
}

[Description("A function is the reviewed one, runs with these rights, and only these roles may run it")]
public sealed record FunctionClaim : Claim
{
    [Description(
        "The function with the types of its input arguments, such as app.approve(uuid, text): built-in types by any of their names, others as PostgreSQL prints them, with their schema"
    )]
    public required FunctionName Name { get; init; }

    [Description("function or procedure")]
    public FunctionSort Kind { get; set; } = FunctionSort.Function;

    [Description("The language of its body")]
    [DisallowNull]
    public string? Language { get; init; }

    [Description("Whose rights it runs with: its caller's (invoker) or its owner's (definer)")]
    [DisallowNull]
    public FunctionSecurity? Security { get; init; }

    [Description(
        "Exactly the schemas of its own SET search_path, in order; without it only a definer's path is judged"
    )]
    [DisallowNull]
    public IReadOnlyList<string>? SearchPath { get; init; }

    [Description(
        "Exactly what its other SET clauses give, setting to value, as the server understands it; an empty mapping claims that there are none. Without it only those that switch enforcement off are judged"
    )]
    [DisallowNull]
    public IReadOnlyDictionary<string, SettingText>? Settings { get; init; }

    [Description("Roles that can connect and may CREATE in the schemas of a definer's path without being in doubt")]
    public IReadOnlyList<string> Trusted { get; set; } = [];

    [Description("immutable, stable or volatile")]
    [DisallowNull]
    public FunctionVolatility? Volatility { get; init; }

    [Description("safe, restricted or unsafe")]
    [DisallowNull]
    public FunctionParallel? Parallel { get; init; }

    [Description("Whether it returns NULL for a NULL argument without being run")]
    public bool? Strict { get; init; }

    [Description("Whether it is run before row security has chosen the rows; false unless claimed")]
    public bool Leakproof { get; set; }

    [Description(
        "The planner's support function, such as app.clip_support, which may put something else in the place of a call; none unless claimed"
    )]
    [DisallowNull]
    public ObjectName? Support { get; init; }

    [Description(
        "Its arguments with their names and defaults, as PostgreSQL prints them: payment uuid, note text DEFAULT ''::text; token by token, white space does not count"
    )]
    [DisallowNull]
    public string? Arguments { get; init; }

    [Description("The type it returns: a type, SETOF one, or TABLE(…) as PostgreSQL prints it")]
    [DisallowNull]
    public string? Returns { get; init; }

    [Description("The role that owns it")]
    [DisallowNull]
    public string? Owner { get; init; }

    [Description(
        "Exactly the roles that may EXECUTE it, PUBLIC by that name; members of a listed role need not be listed, its owner and superusers always may"
    )]
    [DisallowNull]
    public IReadOnlyList<string>? Execute { get; init; }

    [Description(
        "The digest of its reviewed body (its tokens: comments and white space do not count; of a function in C its library and symbol)"
    )]
    [DisallowNull]
    public string? BodySha256 { get; init; }

    public override IEnumerable<ClaimProblem> Problems()
    {
        foreach (var problem in Claims.DigestProblems("body_sha256", BodySha256))
        {
            yield return problem;
        }

        foreach (var name in (Settings?.Keys ?? []).Where(name => IsName(name, "search_path")))
        {
            yield return new ClaimProblem(
                "settings",
                "other settings than search_path, which has a key of its own",
                $"`{name}`"
            );
        }

        foreach (
            var twice in (Settings?.Keys ?? [])
                .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
                .Where(names => names.Count() > 1)
        )
        {
            yield return new ClaimProblem(
                "settings",
                "each setting once: case does not count",
                $"`{string.Join("`, `", twice)}`"
            );
        }

        if (Returns is not null && Returned(Returns).Length == 0)
        {
            yield return new ClaimProblem("returns", "a type, SETOF a type, or TABLE(…)", $"`{Returns}`");
        }

        if (Kind == FunctionSort.Procedure && Returns is not null)
        {
            yield return new ClaimProblem("returns", "nothing: a procedure returns no value", $"`{Returns}`");
        }
    }

    /// <summary>Whether it is the name of that setting: case does not count.</summary>
    internal static bool IsName(string name, string setting) =>
        string.Equals(name, setting, StringComparison.OrdinalIgnoreCase);

    /// <summary>The claimed value of a setting; null where none is claimed.</summary>
    internal SettingText? Claimed(string setting) =>
        Settings?.FirstOrDefault(claimed => IsName(claimed.Key, setting)).Value;

    /// <summary>A result as the server prints it; an empty text for what is none.</summary>
    internal static string Returned(string text)
    {
        const string setOf = "setof ";
        var result = text.Trim();
        return result.StartsWith("table", StringComparison.OrdinalIgnoreCase) && result.EndsWith(')') ? result
            : !result.StartsWith(setOf, StringComparison.OrdinalIgnoreCase) ? FunctionName.TypeOf(result)
            : FunctionName.TypeOf(result[setOf.Length..]) is { Length: > 0 } element ? "SETOF " + element
            : "";
    }
}

/// <summary>What the catalog holds; see facts.sql.</summary>
/// <param name="SearchPath">The schemas of its own SET search_path; null without one.</param>
/// <param name="NamesFixed">Its body was resolved when it was made and calls built-in functions only: no path changes it.</param>
/// <param name="OpenSchemas">Where in a definer's path others may create.</param>
/// <param name="Settings">What its other SET clauses give, by name.</param>
/// <param name="Support">Its planner support function; null without one, or where an extension made it.</param>
/// <param name="Arguments">As pg_get_function_arguments prints them, with names and defaults.</param>
/// <param name="Execute">To whom EXECUTE was granted, its owner apart.</param>
public sealed record FunctionFact(
    string Kind,
    string Language,
    string Security,
    IReadOnlyList<string>? SearchPath,
    bool NamesFixed,
    IReadOnlyList<OpenSchema> OpenSchemas,
    IReadOnlyList<FunctionSetting> Settings,
    string Volatility,
    string Parallel,
    bool Strict,
    bool Leakproof,
    NamedObject? Support,
    string Arguments,
    string? Returns,
    string Owner,
    IReadOnlyList<Grant> Execute,
    string Body
);

/// <param name="Type"><c>pg_settings.vartype</c>; null for a setting of a user's own, whose value is text.</param>
/// <param name="Unit"><c>pg_settings.unit</c>.</param>
/// <param name="Choices"><c>pg_settings.enumvals</c>.</param>
public sealed record FunctionSetting(
    string Name,
    string Value,
    string? Type,
    string? Unit,
    IReadOnlyList<string> Choices
)
{
    /// <summary>As the catalog holds it.</summary>
    [JsonIgnore]
    public string Text => $"{Name}={Value}";

    /// <summary>Whether the server understands a value as it does this one.</summary>
    public bool Gives(string value) =>
        SettingValue.Normalize(Name, Type, Unit, Choices, value) is { } wanted
        && wanted == SettingValue.Normalize(Name, Type, Unit, Choices, Value);
}

/// <param name="Role">Who may create in it.</param>
/// <param name="Grantee">To whom that was granted: the role, or a group it is in; null where ownership gives the right.</param>
public sealed record OpenSchema(string Schema, string Role, string? Grantee);
