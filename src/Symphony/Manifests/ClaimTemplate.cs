using System.Text;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Kinds;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>
/// A claim as it is written, which becomes a claim by itself or, under a rule, one for each object found: then the
/// rule gives the keys that name the object, and <c>{table}</c>, <c>{schema}</c> and <c>{name}</c> stand for its names
/// in the keys that hold names; a table's own name is both. Never in an expression: a name must not become SQL.
/// </summary>
/// <param name="files">Finds the files that a claim names; null where they are not looked for.</param>
internal sealed class ClaimTemplate(
    InvariantKind kind,
    NodeBinder binder,
    YamlMapping node,
    string schema,
    FileDigests? files
)
{
    private static readonly string[] NameKeys = ["name", "trigger", "function"];

    // Of rules only: there are many claims that stand by themselves.
    private Dictionary<string, JsonPropertyInfo>? _properties;
    private bool? _hasPlaces;

    private Dictionary<string, JsonPropertyInfo> Properties =>
        _properties ??= kind.ClaimType.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);

    /// <summary>The claim as it stands, or null when it has a problem.</summary>
    public Claim? Bind(ProblemList problems) => Bind(node, problems, null);

    /// <summary>Whether the claim would bind for an object found; the problems are reported at the template.</summary>
    public bool IsValidFor(string over, ProblemList problems)
    {
        if (over is Selector.Functions or Selector.Roles && kind.KeyGivenBy(over) is null)
        {
            problems.Add(node, $"a claim about {over}", $"the kind `{kind.Key}`, which is about something else");
            return false;
        }

        var before = problems.Count + problems.Omitted;
        var any =
            over == Selector.Functions
                ? new Subject("schema", "function", "name()")
                : new Subject("schema", "table", "name");
        return Bind(node, problems, Given(over, any)) is not null && problems.Count + problems.Omitted == before;
    }

    public Claim BindFor(string over, Subject subject)
    {
        var problems = new ProblemList();
        return Bind(Fill(subject), problems, Given(over, subject)) ?? throw new ManifestException(problems);
    }

    private Claim? Bind(YamlMapping claimNode, ProblemList problems, List<YamlEntry>? given)
    {
        if (
            binder.Bind(claimNode, kind.ClaimType, problems, given) is not Claim bound
            || WithFiles(bound, problems) is not { } claim
        )
        {
            return null;
        }

        var fits = true;
        foreach (var problem in claim.Problems())
        {
            fits = false;
            problems.Add(node.FindNearest(problem.Path), problem.Expected, problem.Found);
        }

        return fits ? kind.Qualify(claim, schema) : null;
    }

    private Claim? WithFiles(Claim claim, ProblemList problems)
    {
        try
        {
            return files is null ? claim : kind.WithFiles(claim, files.Of);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(
                node.FindNearest("directory"),
                "a folder that can be read, as seen from the manifest's own",
                failure.Message
            );
            return null;
        }
    }

    /// <summary>The keys that name the object; a kind that has the second under another key gets it there.</summary>
    private List<YamlEntry> Given(string over, Subject subject)
    {
        if (kind.KeyGivenBy(over) is { } key)
        {
            return GivenObject(key, over, subject);
        }

        var table = Given("table", new ObjectName(subject.Schema, subject.Relation!).ToString());
        return over == Selector.Tables ? [table] : [table, Given(PartKey(over), subject.Name!)];
    }

    private List<YamlEntry> GivenObject(string key, string over, Subject subject)
    {
        var name = over switch
        {
            Selector.Roles => subject.Name!,
            Selector.Functions => FunctionName.Parse(subject.Name!).In(subject.Schema!).ToString(),
            _ => new ObjectName(subject.Schema, subject.Relation!).ToString(),
        };
        var given = new List<YamlEntry>
        {
            key.Split('.') is [var outer, var inner]
                ? Given(outer, new YamlMapping([Given(inner, name)], isFlow: true, node.Span))
                : Given(key, name),
        };
        if (over == "columns")
        {
            given.Add(Given("columns", new YamlSequence([YamlScalar.GivenBy(node, subject.Name!)], node.Span)));
        }
        else if (over == Selector.Functions && Properties.ContainsKey("kind"))
        {
            given.Add(Given("kind", subject.Relation!));
        }

        return given;
    }

    private YamlEntry Given(string key, string text) => Given(key, YamlScalar.GivenBy(node, text));

    private YamlEntry Given(string key, YamlNode value) => new(YamlScalar.GivenBy(node, key), value);

    private string PartKey(string over)
    {
        var singular =
            over == "columns" ? "column"
            : over == "triggers" ? "trigger"
            : "name";
        return Properties.ContainsKey(singular) ? singular : "name";
    }

    private YamlMapping Fill(Subject subject) =>
        (_hasPlaces ??= node.Entries.Any(HasPlace)) == true
            ? new YamlMapping(
                [.. node.Entries.Select(entry => HasPlace(entry) ? Fill(entry, subject) : entry)],
                node.IsFlow,
                node.Span
            )
            : node;

    private static bool HasPlace(YamlEntry entry) =>
        NameKeys.Contains(entry.Key.Text)
        && entry.Value is YamlScalar scalar
        && scalar.Text.Contains('{', StringComparison.Ordinal);

    private YamlEntry Fill(YamlEntry entry, Subject subject)
    {
        var text = ((YamlScalar)entry.Value).Text;
        return entry with { Value = YamlScalar.GivenBy(entry.Value, Fill(entry.Key.Text, text, subject)) };
    }

    /// <summary>A key that holds schema.name is filled part by part: an object's own name may hold dots and quotes.</summary>
    private string Fill(string key, string text, Subject subject)
    {
        if (Properties.GetValueOrDefault(key)?.PropertyType != typeof(ObjectName))
        {
            return Fill(text, subject);
        }

        var name = ObjectName.Parse(text);
        return new ObjectName(
            name.Schema is { } given ? Fill(given, subject) : null,
            Fill(name.Name, subject)
        ).ToString();
    }

    /// <summary>In one pass: what an object is named is never read as a place of its own.</summary>
    private static string Fill(string text, Subject subject)
    {
        var filled = new StringBuilder();
        var rest = text.AsSpan();
        for (var place = rest.IndexOf('{'); place >= 0; place = rest.IndexOf('{'))
        {
            filled.Append(rest[..place]);
            rest = rest[place..];
            var (length, name) =
                subject.Relation is { } table && rest.StartsWith("{table}") ? ("{table}".Length, table)
                : subject.Schema is { } schema && rest.StartsWith("{schema}") ? ("{schema}".Length, schema)
                : rest.StartsWith("{name}") ? ("{name}".Length, subject.Name ?? subject.Relation!)
                : (1, "{");
            filled.Append(name);
            rest = rest[length..];
        }

        return filled.Append(rest).ToString();
    }
}
