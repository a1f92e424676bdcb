using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Symphony.Catalog;
using Symphony.Sql;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds;

/// <summary>Where a fact is not what the claim requires.</summary>
/// <param name="Path">The fact's member, such as <c>valid</c> or <c>columns</c>.</param>
/// <param name="Expected">What the claim requires, as JSON.</param>
/// <param name="Observed">What the catalog says, as JSON.</param>
/// <param name="Why">What is lost by the difference, as a sentence.</param>
public sealed record Difference(string Path, JsonNode? Expected, JsonNode? Observed, string Why)
{
    /// <summary>A function is not the one whose digest was claimed.</summary>
    public bool IsOfBody =>
        Path.StartsWith("functions.", StringComparison.Ordinal)
        || Path.EndsWith("body_sha256", StringComparison.Ordinal);
}

/// <summary>A requirement that the facts do not decide.</summary>
/// <param name="Path">The fact's member.</param>
/// <param name="Reason">Why it cannot be decided, as a sentence.</param>
/// <param name="Next">How the reader can decide it, as a sentence.</param>
/// <param name="SqlState">The server's code, where the server refused.</param>
public sealed record Undecided(string Path, string Reason, string Next, string? SqlState = null);

/// <summary>
/// Collects what a claim requires of a fact, requirement by requirement. A kind only states its requirements; that
/// every one of them must hold, and that one that cannot be decided is an error, is settled here.
/// </summary>
public sealed partial class Judgement(ExpressionForms forms, Readings? readings = null)
{
    // Made when they are needed: of most judgements nothing is to be said.
    private List<Difference>? _differences;
    private List<Undecided>? _undecided;
    private List<RelationExpression>? _compared;

    /// <summary>What the claim requires, by path.</summary>
    public Requirements Expected { get; } = new();

    public IReadOnlyList<Difference> Differences => _differences ?? [];

    public IReadOnlyList<Undecided> Undecided => _undecided ?? [];

    /// <summary>The expressions whose normal form decided something; their forms belong to the evidence.</summary>
    public IReadOnlyList<RelationExpression> Compared => _compared ?? [];

    /// <summary>Each of them once, with its form.</summary>
    public IReadOnlyList<(RelationExpression Expression, NormalForm Form)> NormalForms() =>
        [.. Compared.Distinct().Select(expression => (expression, forms.Find(expression)!))];

    /// <summary>A normal form is still unknown: this judgement is to be made again once it was read.</summary>
    public bool IsWaitingForForms { get; private set; }

    /// <summary>Every requirement is met, as far as anything was required.</summary>
    public bool Holds => !IsWaitingForForms && _differences is null && _undecided is null;

    /// <summary>A judgement beside this one, to find out what would be complained of; what was read of bodies is shared.</summary>
    internal Judgement Beside() => new(new ExpressionForms(), readings);

    /// <summary>A difference the simple forms do not express.</summary>
    public void Differ(string path, JsonNode? expected, JsonNode? observed, string why) =>
        (_differences ??= []).Add(new Difference(path, expected, observed, why));

    /// <summary>A requirement that is met, for the record.</summary>
    public void Expect(string path, JsonNode? expected) => Expected.Set(path, expected);

    /// <inheritdoc cref="Expect(string, JsonNode?)"/>
    public void Expect(string path, string? expected) => Expected.Set(path, expected);

    public void Undecide(string path, string reason, string next, string? sqlState = null)
    {
        if (_undecided?.Exists(known => known.Reason == reason) != true)
        {
            (_undecided ??= []).Add(new Undecided(path, reason, next, sqlState));
        }
    }

    /// <inheritdoc cref="Readings.FactOf"/>
    internal TFact FactOf<TFact>(JsonElement json, Func<JsonElement, TFact> read)
        where TFact : class => readings is null ? read(json) : readings.FactOf(json, read);

    /// <summary>Reads a body once for all the checks of a run that ask the same of it.</summary>
    public BodyReading Remember<TKey>(TKey key, Func<TKey, BodyReading> read)
        where TKey : struct => readings is null ? read(key) : readings.Find(key, read);

    private bool SameTokens(string expected, string observed) =>
        readings?.SameTokens(expected, observed) ?? ExpressionText.SameTokens(expected, observed);

    /// <summary>
    /// Requires an expression equal in meaning: the same tokens, or the same normal form on the server. One that calls
    /// functions that are not built in is never planned (planning may run them): its text must be the same, and each
    /// function must be the one listed.
    /// </summary>
    /// <param name="path">The fact's member.</param>
    /// <param name="relation">The relation whose columns the expression names.</param>
    /// <param name="expected">The claim's expression; null requires that there is none.</param>
    /// <param name="observed">The catalog's expression, printed by the server; null when there is none.</param>
    /// <param name="calls">The functions that are not built in, which the catalog's expression calls.</param>
    /// <param name="pinned">The claim's <c>functions</c>: name with argument types to digest.</param>
    /// <param name="why">What is lost by a difference.</param>
    /// <param name="isTriggerCondition">It names the columns of NEW and OLD rather than the relation's.</param>
    /// <param name="type">
    /// The type, without a length, that the expression's value is turned into before it is used: a default's bare
    /// constant has no type of its own, and the catalog prints it with the column's.
    /// </param>
    /// <param name="valueType">It is a domain's: about one VALUE of this type, as the server prints the type.</param>
    public void RequireExpression(
        string path,
        ObjectName relation,
        string? expected,
        string? observed,
        IReadOnlyList<CalledFunction> calls,
        IReadOnlyDictionary<string, string>? pinned,
        string why,
        bool isTriggerCondition = false,
        string? type = null,
        string? valueType = null
    )
    {
        Expected.Set(path, expected);
        if (expected is null || observed is null)
        {
            Require(path, expected, observed, why);
            return;
        }

        RequirePinned(path, observed, calls, pinned);
        if (SameTokens(expected, observed))
        {
            return;
        }

        if (TextOnly(expected, observed, calls.Count > 0) is { } reason)
        {
            Differ(
                path,
                expected,
                observed,
                $"{why} (It {reason}, so its text is compared: write it as the server prints it.)"
            );
            return;
        }

        RelationExpression Asked(string text) =>
            new(relation, type is null ? text : $"CAST(({text}\n) AS {type})", isTriggerCondition, valueType);

        CompareForms(path, (expected, Asked(expected)), (observed, Asked(observed)), why);
    }

    /// <summary>
    /// Whether the server simplifies an expression to <c>true</c>. One that is never planned (see
    /// <see cref="RequireExpression"/>) is not simplified, and so is false unless it says <c>true</c> itself.
    /// </summary>
    public bool IsAlwaysTrue(string path, ObjectName relation, string expression, bool calls)
    {
        if (ExpressionText.SameTokens(expression, "true"))
        {
            return true;
        }

        if (TextOnly(expression, expression, calls) is not null)
        {
            return false;
        }

        var asked = new RelationExpression(relation, expression);
        if (forms.Find(asked) is not { } form)
        {
            IsWaitingForForms = true;
            return false;
        }

        (_compared ??= []).Add(asked);
        if (form.Text is null)
        {
            Undecide(
                path,
                $"The server printed `{expression}` and does not read it back: {form.Error}",
                $"Grant USAGE on schema {relation.Schema} to the verifying role.",
                form.SqlState
            );
        }

        return form.Text == "true";
    }

    /// <summary>Why an expression has no normal form: planning one may run what it calls, and a plan does not print what it reads.</summary>
    private static string? TextOnly(string expected, string observed, bool calls) =>
        calls || ExpressionText.CallsQualified(expected) ? "calls functions that are not built in"
        : ExpressionText.HasSubquery(expected) || ExpressionText.HasSubquery(observed) ? "holds a subquery"
        : null;

    private void CompareForms(
        string path,
        (string Text, RelationExpression Asked) expected,
        (string Text, RelationExpression Asked) observed,
        string why
    )
    {
        var (claimed, found) = (forms.Find(expected.Asked), forms.Find(observed.Asked));
        if (claimed is null || found is null)
        {
            IsWaitingForForms = true;
            return;
        }

        (_compared ??= []).AddRange([expected.Asked, observed.Asked]);
        if ((Refused(claimed) ?? Refused(found)) is { } reason)
        {
            Undecide(
                path,
                $"`{expected.Text}` and `{observed.Text}` were not compared: {reason}.",
                $"Write the expression in the claim as the server prints it: {observed.Text}"
            );
        }
        else if (claimed.Text is null)
        {
            Undecide(
                path,
                $"The server does not accept the claimed expression `{expected.Text}`: {claimed.Error}",
                claimed.SqlState == PostgresErrorCodes.InsufficientPrivilege
                    ? $"Grant USAGE on schema {expected.Asked.Relation.Schema} to the verifying role: it is what comparing expressions takes, and no more."
                    : "Correct the expression in the manifest; names outside pg_catalog are written with their schema.",
                claimed.SqlState
            );
        }
        else if (found.Text is null)
        {
            Undecide(
                path,
                $"The server printed `{observed.Text}` and does not read it back: {found.Error}",
                "Grant USAGE on the schemas it names to the verifying role.",
                found.SqlState
            );
        }
        else if (!string.Equals(claimed.Text, found.Text, StringComparison.Ordinal))
        {
            Differ(path, expected.Text, observed.Text, why);
        }
    }

    /// <summary>Why the session would not ask the server: then there is no code of the server's.</summary>
    private static string? Refused(NormalForm form) => form is { Text: null, SqlState: null } ? form.Error : null;
}
