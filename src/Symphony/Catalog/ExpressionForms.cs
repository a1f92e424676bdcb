using Symphony.Sql;

namespace Symphony.Catalog;

/// <summary>An expression over the columns of a relation, as SQL text.</summary>
/// <param name="IsTriggerCondition">It names the columns of NEW and OLD, as a trigger's WHEN does.</param>
/// <param name="ValueType">It is about one VALUE of this type, printed by the server, as a domain's check is.</param>
public sealed record RelationExpression(
    ObjectName Relation,
    string Text,
    bool IsTriggerCondition = false,
    string? ValueType = null
)
{
    /// <summary>A domain has one type: its name says which, and evidence, from which forms are read back, does not.</summary>
    public bool Equals(RelationExpression? other) =>
        other is not null
        && Relation == other.Relation
        && Text == other.Text
        && IsTriggerCondition == other.IsTriggerCondition;

    public override int GetHashCode() => HashCode.Combine(Relation, Text, IsTriggerCondition);
}

/// <summary>
/// What the server makes of an expression: its normal form, or its words and SQLSTATE when it does not accept it.
/// </summary>
public sealed record NormalForm(string? Text, string? Error, string? SqlState);

/// <summary>
/// The server's normal forms of the expressions that were looked at in one snapshot. Judging asks for forms; those
/// not known yet are remembered in <see cref="Wanted"/>, read by the session, and the judging is done again.
/// </summary>
public sealed class ExpressionForms
{
    private readonly Dictionary<RelationExpression, NormalForm> _known = [];
    private readonly HashSet<RelationExpression> _wanted = [];

    public IReadOnlyCollection<RelationExpression> Wanted => _wanted;

    public NormalForm? Find(RelationExpression expression)
    {
        if (_known.TryGetValue(expression, out var form))
        {
            return form;
        }

        _wanted.Add(expression);
        return null;
    }

    public void Add(RelationExpression expression, NormalForm form)
    {
        _known[expression] = form;
        _wanted.Remove(expression);
    }

    /// <summary>
    /// The statement whose plan prints the expression's normal form: nothing is executed, no privilege on the table
    /// is needed, and the row is built from nothing (PostgreSQL manual, "EXPLAIN").
    /// </summary>
    public static string ExplainSql(RelationExpression expression) =>
        $"EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT ({expression.Text}\n) FROM "
        + (
            expression.ValueType is { } type ? $"pg_catalog.json_to_record('{{}}') AS \"domain\" (\"value\" {type})"
            : expression.IsTriggerCondition ? Row(expression, "new") + ", " + Row(expression, "old")
            : Row(expression, expression.Relation.Name)
        );

    private static string Row(RelationExpression expression, string alias) =>
        $"pg_catalog.json_populate_record(NULL::{expression.Relation.ToSql()}, '{{}}') AS {SqlText.QuoteName(alias)}";
}
