using System.Globalization;
using System.Text.RegularExpressions;

namespace Symphony.Linting.Rules;

/// <summary>How two types of a column relate, by the server's names for them.</summary>
internal static partial class TypeChange
{
    public const string None = "none";

    /// <summary>Every value fits, and is written and read as before.</summary>
    public const string Wider = "wider";

    public const string Narrower = "narrower";

    public const string Other = "other";

    /// <summary>Each holds every value of those before it, in another form.</summary>
    private static readonly string[][] Sizes =
    [
        ["smallint", "integer", "bigint"],
        ["real", "double precision"],
        ["date", "timestamp without time zone"],
    ];

    /// <param name="before">As <c>format_type</c> says it: <c>character varying(20)</c>.</param>
    /// <param name="after">The same.</param>
    public static string Between(string before, string after)
    {
        if (before == after)
        {
            return None;
        }

        var (oldName, oldLimits) = Read(before);
        var (newName, newLimits) = Read(after);
        if (oldName == newName)
        {
            return Compare(oldName, oldLimits, newLimits);
        }

        if (oldName == "character varying" && newName == "text")
        {
            return Wider;
        }

        if (oldName is "text" or "character varying" && newName is "character varying" or "character")
        {
            return Narrower;
        }

        var sizes = Sizes.FirstOrDefault(names => names.Contains(oldName) && names.Contains(newName));
        return sizes is not null && Array.IndexOf(sizes, newName) < Array.IndexOf(sizes, oldName) ? Narrower : Other;
    }

    /// <summary>No limit holds most. Of a numeric, digits before and after the point count apart.</summary>
    private static string Compare(string name, int[] before, int[] after) =>
        (before, after) switch
        {
            (_, []) => Wider,
            ([], _) => Narrower,
            ([var oldDigits, var oldScale], [var digits, var scale]) => scale < oldScale
            || digits - scale < oldDigits - oldScale
                ? Narrower
            : scale == oldScale ? Wider
            : Other,
            _ when name == "character" => after[0] < before[0] ? Narrower : Other,
            _ => after[0] < before[0] ? Narrower : Wider,
        };

    private static (string Name, int[] Limits) Read(string type)
    {
        var match = Limits().Match(type);
        return match.Success
            ? (
                type.Remove(match.Index, match.Length),
                [
                    .. match
                        .Groups["numbers"]
                        .Value.Split(',')
                        .Select(number => int.Parse(number, CultureInfo.InvariantCulture)),
                ]
            )
            : (type, []);
    }

    [GeneratedRegex(
        @"\((?<numbers>[0-9]+(,[0-9]+)?)\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Limits();
}
