using System.Globalization;
using System.Text.Json;
using Symphony.Catalog;
using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Rows;

/// <summary>A column's values to choose from, under the type that they are tried as.</summary>
/// <param name="Type">The column's type; of a domain its base, so that the domain's own checks can be tried as conditions.</param>
/// <param name="Conditions">What a domain asks of the column.</param>
internal sealed record ColumnChoice(
    string Column,
    string Type,
    IReadOnlyList<string?> Values,
    IReadOnlyList<string> Conditions
);

/// <summary>Gathers what may be tried in a column: ordinary values, what conditions mention, the default, NULL.</summary>
internal sealed class ColumnChoices(RolledBackSession session, ShapeReader shapes, ValueMaker values)
{
    /// <summary>Values of a type that only the server can read are asked about one by one.</summary>
    private const int MostAsked = 12;

    /// <param name="conditions">What the values are chosen for.</param>
    /// <param name="nullable">NULL may be chosen, too, and comes first.</param>
    public async Task<ColumnChoice> OfAsync(
        ColumnShape column,
        IReadOnlyList<string> conditions,
        bool nullable,
        int seed,
        CancellationToken cancel
    )
    {
        var type = await shapes.TypeAsync(column.Type, cancel);
        var own = new List<string>();
        while (type.Base is { } over)
        {
            own.AddRange(type.Checks.Select(check => DomainCondition(check, column.Name)));
            nullable &= !type.NotNull;
            type = await shapes.TypeAsync(over, cancel);
        }

        var ordinary = await values.CandidatesAsync(column.Type, column.Modifier, seed, cancel);
        var mentioned = await ValidAsync(
            type,
            [.. conditions.Concat(own).SelectMany(condition => MentionedValues.In(condition, seed)).Distinct()],
            cancel
        );
        var standard = await DefaultAsync(column, cancel);
        return new ColumnChoice(
            column.Name,
            type.Name,
            [
                .. (nullable ? [null] : Array.Empty<string?>())
                    .Concat(standard)
                    .Concat(ordinary.Take(1))
                    .Concat(mentioned)
                    .Concat(ordinary.Skip(1))
                    .Distinct(),
            ],
            own
        );
    }

    /// <summary><c>CHECK ((VALUE > 0)) NOT VALID</c> as a condition on the column.</summary>
    private static string DomainCondition(string definition, string column)
    {
        var tokens = SqlLexer.Read(definition);
        var open = tokens[1];
        var close = tokens.Last(token => token.IsSymbol(")"));
        var condition = new System.Text.StringBuilder();
        var at = open.Start;
        foreach (var value in tokens.Where(token => token.IsWord("value") && token.Start < close.End))
        {
            condition.Append(definition, at, value.Start - at).Append(SqlText.QuoteName(column));
            at = value.End;
        }

        return condition.Append(definition, at, close.End - at).ToString();
    }

    private async Task<IReadOnlyList<string?>> DefaultAsync(ColumnShape column, CancellationToken cancel)
    {
        // A sequence's next value is not given back, and is never what a check asks for.
        if (column.Default is not { } expression || expression.Contains("nextval(", StringComparison.Ordinal))
        {
            return [];
        }

        var (rows, refusal) = await session.PeekAsync(
            [],
            $"SELECT ({expression})::{column.Type}::pg_catalog.text",
            [],
            cancel
        );
        return refusal is null ? [.. rows.Select(row => row[0])] : [];
    }

    private async Task<IReadOnlyList<string>> ValidAsync(
        TypeShape type,
        IReadOnlyList<string> mentioned,
        CancellationToken cancel
    ) =>
        type switch
        {
            { Category: "S", BuiltIn: not null and not "char" and not "name" } => mentioned,
            { Labels.Count: > 0 } => [.. mentioned.Intersect(type.Labels)],
            { Category: "B" } => [.. mentioned.Where(text => text is "true" or "false")],
            { BuiltIn: "int2" or "int4" or "int8" } =>
            [
                .. mentioned.Where(text =>
                    long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ),
            ],
            { Category: "N" } =>
            [
                .. mentioned.Where(text =>
                    decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ),
            ],
            { BuiltIn: "json" or "jsonb" } => [.. mentioned.Where(IsJson)],
            _ => await ReadableAsync(type, mentioned, cancel),
        };

    private async Task<IReadOnlyList<string>> ReadableAsync(
        TypeShape type,
        IReadOnlyList<string> mentioned,
        CancellationToken cancel
    )
    {
        var readable = new List<string>();
        foreach (var text in mentioned.Take(MostAsked))
        {
            var (_, refusal) = await session.PeekAsync(
                [],
                $"SELECT CAST($1 AS {type.Name})::pg_catalog.text",
                [text],
                cancel
            );
            if (refusal is null)
            {
                readable.Add(text);
            }
        }

        return readable;
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
