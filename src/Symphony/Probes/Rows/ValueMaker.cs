using System.Globalization;
using Symphony.Probes.Shapes;
using Symphony.Sql;

namespace Symphony.Probes.Rows;

/// <summary>
/// Makes values of any type, as text that the type reads. The same seed gives the same value, another seed another one
/// wherever the type has room for it; ranges of different seeds do not overlap.
/// </summary>
internal sealed class ValueMaker(ShapeReader shapes)
{
    /// <summary>A value inside a value inside a value: deeper types are given an empty or a NULL part.</summary>
    private const int DeepestNesting = 4;

    /// <summary>Values worth trying, the most ordinary first; never empty.</summary>
    public async Task<IReadOnlyList<string>> CandidatesAsync(
        string type,
        int modifier,
        int seed,
        CancellationToken cancel
    ) => await CandidatesAsync(await shapes.TypeAsync(type, cancel), modifier, seed, 0, cancel);

    private async Task<IReadOnlyList<string>> CandidatesAsync(
        TypeShape type,
        int modifier,
        int seed,
        int depth,
        CancellationToken cancel
    )
    {
        if (type.Base is { } domainBase)
        {
            var over = await shapes.TypeAsync(domainBase, cancel);
            return await CandidatesAsync(over, type.Modifier, seed, depth, cancel);
        }

        if (type.Labels.Count > 0)
        {
            return [.. type.Labels.Select((_, i) => type.Labels[(i + seed) % type.Labels.Count])];
        }

        if (type.Element is { } element)
        {
            return depth >= DeepestNesting ? ["{}"] : await ArraysAsync(element, modifier, seed, depth, cancel);
        }

        if (type.Subtype is { } subtype)
        {
            return await RangesAsync(type, subtype, seed, depth, cancel);
        }

        return type.Sort == "c"
            ? [await CompositeAsync(type, seed, depth, cancel)]
            : BuiltInValues.Of(type.BuiltIn, type.Category, modifier, seed);
    }

    private async Task<IReadOnlyList<string>> ArraysAsync(
        string element,
        int modifier,
        int seed,
        int depth,
        CancellationToken cancel
    )
    {
        var values = await FirstAsync(element, modifier, seed, depth, cancel);
        return
        [
            SqlText.ArrayLiteral([values[0]]),
            "{}",
            SqlText.ArrayLiteral(values.Take(2)),
            .. values.Skip(1).Select(value => SqlText.ArrayLiteral([value])),
        ];
    }

    private async Task<IReadOnlyList<string>> RangesAsync(
        TypeShape type,
        string subtype,
        int seed,
        int depth,
        CancellationToken cancel
    )
    {
        var from = (await FirstAsync(subtype, -1, seed, depth, cancel))[0];
        var to = (await FirstAsync(subtype, -1, seed + 1, depth, cancel))[0];
        var range = $"[{Quote(from)},{Quote(to)})";
        return type.Sort == "m" ? ["{" + range + "}", "{}"] : [range, "(,)", "empty"];
    }

    private async Task<string> CompositeAsync(TypeShape type, int seed, int depth, CancellationToken cancel)
    {
        var fields = new List<string>();
        foreach (var field in type.Fields)
        {
            fields.Add(
                depth >= DeepestNesting
                    ? ""
                    : Quote((await FirstAsync(field.Type, field.Modifier, seed, depth, cancel))[0])
            );
        }

        return "(" + string.Join(',', fields) + ")";
    }

    private async Task<IReadOnlyList<string>> FirstAsync(
        string type,
        int modifier,
        int seed,
        int depth,
        CancellationToken cancel
    ) => await CandidatesAsync(await shapes.TypeAsync(type, cancel), modifier, seed, depth + 1, cancel);

    /// <summary>A part of a composite or range (PostgreSQL manual, "Composite Type Input and Output Syntax").</summary>
    private static string Quote(string part) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"\"{part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        );
}
