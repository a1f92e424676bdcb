using Symphony.Sql;

namespace Symphony.Catalog;

/// <summary>
/// The casts of a database that run a function written in it. Planning folds constants and may run such a function, so
/// an expression in which one could be used is not planned.
/// </summary>
/// <param name="found">Each type that is cast, and a relation that has a column of it; null when none has.</param>
internal sealed class UserCasts(IReadOnlyList<(string Type, ObjectName? Relation)> found)
{
    public static NormalForm Refusal { get; } =
        new(
            null,
            "the server would have to plan it, and might run the function of a cast that was written in this database",
            null
        );

    private readonly HashSet<ObjectName> _relations = [.. found.Select(one => one.Relation).OfType<ObjectName>()];

    public bool MayRunIn(RelationExpression expression) =>
        found.Count > 0
        && (
            _relations.Contains(expression.Relation)
            || NamesType(expression.Text)
            || NamesType(expression.ValueType ?? "")
        );

    private bool NamesType(string text) => SqlLexer.Read(text).Any(token => found.Any(one => token.IsName(one.Type)));
}
