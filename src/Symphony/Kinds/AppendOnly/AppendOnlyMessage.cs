using Symphony.Sql.Bodies;

namespace Symphony.Kinds.AppendOnly;

/// <summary>
/// What a refusal's message reads of the row that is refused. It is evaluated before the error is raised: where that
/// fails, the operation is refused with another SQLSTATE than meant.
/// </summary>
internal static class AppendOnlyMessage
{
    /// <summary>A field that the relation does not have; null when it has all of them.</summary>
    public static RowField? Missing(BodyReading.Raises raises, TriggerRelation relation) =>
        raises.Fields.FirstOrDefault(field => relation.Fields?.ContainsKey(field.Column) != true);

    /// <summary>Why one of them may be an error for some rows; null when none is.</summary>
    public static string? Doubt(BodyReading.Raises raises, TriggerRelation relation, TriggerState trigger) =>
        raises
            .Fields.Select(field => Doubt(field, relation.Fields![field.Column], trigger))
            .FirstOrDefault(found => found is not null);

    private static string? Doubt(RowField field, RowFieldState column, TriggerState trigger) =>
        field.Joined && !column.Joins
            ? $"{field} is of a type that a text may not be joined to, which would be another error: cast it to text"
        : !field.Given ? null
        : !trigger.Row
            ? $"{field} is NULL in a trigger of statements, and an option of RAISE that is NULL is another error: give it to format() or concat()"
        : field.Record == "new" || !column.Given
            ? $"{field} may be NULL, and an option of RAISE that is NULL is another error: give it to format() or concat()"
        : null;
}
