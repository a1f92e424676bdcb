using Symphony.Sql.Bodies;

namespace Symphony.Kinds;

/// <summary>A function that something else runs, and that a claim pins by a digest; see Catalog/Fragments/function_attributes.sql.</summary>
public interface IReviewedFunction
{
    /// <summary>The language of its body.</summary>
    string Language { get; }

    /// <summary>
    /// What of it, beside the body, is not as CREATE FUNCTION makes it by itself and decides what a call gives, in
    /// SQL's words: <c>STABLE</c>, <c>STRICT</c>, <c>SECURITY DEFINER</c>, <c>arguments (n integer DEFAULT 1)</c>,
    /// <c>SUPPORT schema.name</c>, <c>RETURNS date</c>, <c>SET name=value</c>. Of an aggregate, that of each function that does its work,
    /// with its name before it.
    /// </summary>
    IReadOnlyList<string> Attributes { get; }

    /// <summary>Its source text.</summary>
    string Body { get; }
}

/// <summary>A function that is not built in and that an expression calls.</summary>
/// <param name="Name">Schema, name and argument types, as PostgreSQL prints them.</param>
/// <param name="Language">The language of its body.</param>
/// <param name="Attributes">What it is beside its body.</param>
/// <param name="Body">Its source text.</param>
/// <param name="Operator">
/// The operator by which it is called, with its schema and the types of its sides; null where it is called by its name, and
/// where the operator is an extension's.
/// </param>
/// <param name="Negates">It is that of an operator's negator: the planner asks it where the expression says NOT.</param>
public sealed record CalledFunction(
    string Name,
    string Language,
    IReadOnlyList<string> Attributes,
    string Body,
    string? Operator,
    bool Negates
) : IReviewedFunction
{
    /// <summary>Only of those by which an operator class compares that was made in this database.</summary>
    public bool IsBuiltIn => Name.StartsWith("pg_catalog.", StringComparison.Ordinal);

    /// <summary>By which a claim pins that the operator runs this very function.</summary>
    public string OperatorDigest => BodyDigest.Of(Name);
}

/// <summary>By what an index compares, as far as operator classes were made in this database.</summary>
/// <param name="Usual">Built-in functions by which a built-in operator class compares.</param>
/// <param name="Others">All others, built in or not.</param>
public sealed record ComparingFunctions(IReadOnlyList<string> Usual, IReadOnlyList<CalledFunction> Others);

/// <summary>The digest by which a claim pins a function that something else runs.</summary>
internal static class ReviewedFunction
{
    /// <summary>What a digest under <c>functions</c> is of, for the docs of the kinds.</summary>
    /// <remarks>
    /// PostgreSQL manual, "Function Volatility Categories": the planner may put a value of an IMMUTABLE function in the
    /// place of the call, and a plan that is kept then gives it to whoever comes next, another tenant for instance; and
    /// of a STABLE one the queries do not see what the statement has written.
    /// </remarks>
    public const string Scope =
        "the digest of a listed function is of its body (of one in C its library and symbol) and of what else decides what a call gives, where that is not PostgreSQL's default: IMMUTABLE or STABLE, STRICT, SECURITY DEFINER, its arguments' defaults, SET clauses, SUPPORT, TRANSFORM, and the type that it returns, where that is none of boolean, integer, bigint, numeric, text, varchar, uuid, jsonb and timestamptz: between these an expression's text tells, unless it only compares the function with itself; not of LEAKPROOF, PARALLEL, COST and ROWS, which decide when and where it runs; its owner is for the kind `function` to claim; where there is a NOT, the function of an operator's negator is called as well, and in a policy or a view that of its commutator; where several functions are called, an operator is listed as well, with a digest of the one that it runs";

    public static string Digest(this IReviewedFunction function) =>
        BodyDigest.Of(function.Body, function.Language, function.Attributes);

    /// <summary>What a reader has to review beside the body, in parentheses after a space; empty where there is nothing.</summary>
    public static string InWords(this IReviewedFunction function) =>
        function.Attributes.Count == 0 ? "" : $" (beside its body it has {Words(function.Attributes)})";

    /// <summary>What a function is now that has another digest than the claimed one: two digests tell a reader nothing.</summary>
    public static string Now(this IReviewedFunction function, string claimed) =>
        AsReviewed(function, claimed) is { } reviewed
            ? $"its body is the reviewed one, but beside it the claimed digest has {Words(reviewed)}, and the function has {Words(function.Attributes)}"
            : $"its body is another, or what it has beside it, now {Words(function.Attributes)}";

    /// <summary>
    /// What the claimed digest says beside this very body, where that can be guessed: there are few words, and other
    /// defaults and settings than now are out of reach.
    /// </summary>
    private static IReadOnlyList<string>? AsReviewed(IReviewedFunction function, string claimed)
    {
        string?[][] words =
        [
            [null, "IMMUTABLE", "STABLE"],
            [null, "STRICT"],
            [null, "SECURITY DEFINER"],
        ];
        var others = function.Attributes.Where(attribute => !words.Any(of => of.Contains(attribute))).ToList();
        var guesses =
            from volatility in words[0]
            from strict in words[1]
            from definer in words[2]
            from rest in new List<string>[] { others, [.. others.Where(attribute => !IsOfResult(attribute))], [] }
            select (IReadOnlyList<string>)[.. new[] { volatility, strict, definer }.OfType<string>(), .. rest];
        return guesses.FirstOrDefault(guess => BodyDigest.Of(function.Body, function.Language, guess) == claimed);
    }

    private static bool IsOfResult(string attribute) => attribute.StartsWith("RETURNS ", StringComparison.Ordinal);

    private static string Words(IReadOnlyList<string> attributes) =>
        attributes.Count == 0 ? "nothing" : string.Join(", ", attributes);
}
