using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Kinds;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>
/// Where a rule's claim names the object found: the rule gives the keys that name it, and <c>{table}</c>,
/// <c>{schema}</c> and <c>{name}</c> stand for its names in the keys that hold names; a table's own name is both. Never
/// in an expression: a name must not become SQL.
/// </summary>
/// <param name="over">What the rule is over: one of <see cref="Selector.Kinds"/>.</param>
internal sealed class ObjectPlaces(InvariantKind kind, YamlMapping node, string over)
{
    private static readonly string[] NameKeys = ["name", "trigger", "function"];

    private readonly Dictionary<string, JsonPropertyInfo> _properties = kind.ClaimType.Properties.ToDictionary(
        property => property.Name,
        StringComparer.Ordinal
    );

    /// <summary>Makes the scalar of a place: what it names is the function's to say.</summary>
    private delegate YamlScalar Place(YamlNode at, Func<Subject, string> text);

    /// <summary>The claim for an object, and the keys that the rule gives beside it.</summary>
    public (YamlMapping Claim, IReadOnlyList<YamlEntry> Given) For(Subject subject) =>
        Fill((at, text) => YamlScalar.GivenBy(at, text(subject)), subject);

    /// <summary>
    /// The same for all objects of one's sort, with a mark of <see cref="Stencil"/> in each place, and what stands there
    /// for an object.
    /// </summary>
    public (YamlMapping Claim, IReadOnlyList<YamlEntry> Given, IReadOnlyList<Func<Subject, string>> Texts) MarkedLike(
        Subject subject
    )
    {
        var texts = new List<Func<Subject, string>>();
        var (claim, given) = Fill(
            (at, text) =>
            {
                texts.Add(text);
                return YamlScalar.GivenBy(at, Stencil.Mark(texts.Count - 1));
            },
            subject
        );
        return (claim, given, texts);
    }

    /// <summary>What a claim is told of an object in one of a few words, for which no mark can stand.</summary>
    public string SortOf(Subject subject) => over == Selector.Functions ? subject.Relation! : "";

    private (YamlMapping Claim, IReadOnlyList<YamlEntry> Given) Fill(Place place, Subject like)
    {
        var entries = node
            .Entries.Select(entry =>
                TextOf(entry) is { } text ? entry with { Value = place(entry.Value, text) } : entry
            )
            .ToList();
        return (new YamlMapping(entries, node.IsFlow, node.Span), Given(place, like));
    }

    /// <summary>What stands for an entry's text; null where it stands as it is written.</summary>
    private Func<Subject, string>? TextOf(YamlEntry entry)
    {
        var key = entry.Key.Text;
        if (
            !NameKeys.Contains(key)
            || entry.Value is not YamlScalar { Text: var text }
            || !text.Contains('{', StringComparison.Ordinal)
        )
        {
            return null;
        }

        return _properties.GetValueOrDefault(key)?.PropertyType == typeof(ObjectName)
            ? TextOfName(text)
            : subject => Fill(text, subject);
    }

    /// <summary>
    /// A key that holds schema.name is filled part by part: an object's own name may hold dots and quotes. What is no
    /// name before that is none after it, and is told as it is written.
    /// </summary>
    private static Func<Subject, string>? TextOfName(string text)
    {
        try
        {
            var (schema, name) = ObjectName.Parse(text);
            return subject =>
                new ObjectName(schema is null ? null : Fill(schema, subject), Fill(name, subject)).ToString();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The keys that name the object; a kind that has the second under another key gets it there.</summary>
    private List<YamlEntry> Given(Place place, Subject like)
    {
        if (kind.KeyGivenBy(over) is { } key)
        {
            return GivenObject(key, place, like);
        }

        var table = Entry("table", place(node, TableOf));
        return over == Selector.Tables ? [table] : [table, Entry(PartKey(), place(node, subject => subject.Name!))];
    }

    private List<YamlEntry> GivenObject(string key, Place place, Subject like)
    {
        var name = place(
            node,
            over switch
            {
                Selector.Roles => subject => subject.Name!,
                Selector.Functions => subject => FunctionName.Parse(subject.Name!).In(subject.Schema!).ToString(),
                _ => TableOf,
            }
        );
        var given = new List<YamlEntry>
        {
            key.Split('.') is [var outer, var inner]
                ? Entry(outer, new YamlMapping([Entry(inner, name)], isFlow: true, node.Span))
                : Entry(key, name),
        };
        if (over == "columns")
        {
            given.Add(Entry("columns", new YamlSequence([place(node, subject => subject.Name!)], node.Span)));
        }
        else if (over == Selector.Functions && _properties.ContainsKey("kind"))
        {
            given.Add(Entry("kind", YamlScalar.GivenBy(node, SortOf(like))));
        }

        return given;
    }

    private YamlEntry Entry(string key, YamlNode value) => new(YamlScalar.GivenBy(node, key), value);

    private static string TableOf(Subject subject) => new ObjectName(subject.Schema, subject.Relation!).ToString();

    private string PartKey()
    {
        var singular =
            over == "columns" ? "column"
            : over == "triggers" ? "trigger"
            : "name";
        return _properties.ContainsKey(singular) ? singular : "name";
    }

    /// <summary>In one pass: what an object is named is never read as a place of its own.</summary>
    private static string Fill(string text, Subject subject)
    {
        var filled = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[128]);
        var rest = text.AsSpan();
        for (var place = rest.IndexOf('{'); place >= 0; place = rest.IndexOf('{'))
        {
            filled.AppendFormatted(rest[..place]);
            rest = rest[place..];
            var (length, name) =
                subject.Relation is { } table && rest.StartsWith("{table}") ? ("{table}".Length, table)
                : subject.Schema is { } schema && rest.StartsWith("{schema}") ? ("{schema}".Length, schema)
                : rest.StartsWith("{name}") ? ("{name}".Length, subject.Name ?? subject.Relation!)
                : (1, "{");
            filled.AppendLiteral(name);
            rest = rest[length..];
        }

        filled.AppendFormatted(rest);
        return filled.ToStringAndClear();
    }
}
