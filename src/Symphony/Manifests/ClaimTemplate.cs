using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Kinds;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>
/// A claim as it is written, which becomes a claim by itself or, under a rule, one for each object found: what
/// <see cref="ObjectPlaces"/> puts in.
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
    /// <summary>The claim as it stands, or null when it has a problem.</summary>
    public Claim? Bind(ProblemList problems) => Finish(binder.Bind(node, kind.ClaimType, problems), problems);

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
        return Bind(new ObjectPlaces(kind, node, over), any, problems) is not null
            && problems.Count + problems.Omitted == before;
    }

    /// <summary>Gives the claim for each object found.</summary>
    public Func<Subject, Claim> ClaimsOver(string over)
    {
        var places = new ObjectPlaces(kind, node, over);
        var cuts = new Dictionary<string, Func<Subject, object?>>(StringComparer.Ordinal);
        return subject =>
        {
            var sort = places.SortOf(subject);
            if (!cuts.TryGetValue(sort, out var cut))
            {
                cuts.Add(sort, cut = Cut(places, subject));
            }

            var problems = new ProblemList();
            var claim = cut(subject) is { } value ? Finish(value, problems) : Bind(places, subject, problems);
            return claim ?? throw new ManifestException(problems);
        };
    }

    /// <summary>Gives the value for each object of one's sort, or null: of thousands, it saves half of the time.</summary>
    private Func<Subject, object?> Cut(ObjectPlaces places, Subject like)
    {
        var (claim, given, texts) = places.MarkedLike(like);
        var stencil = binder.StencilOf(claim, kind.ClaimType, given, texts.Count);
        var filled = new string[texts.Count];
        return subject =>
        {
            for (var i = 0; i < filled.Length; i++)
            {
                filled[i] = texts[i](subject);
            }

            return stencil?.Read(filled);
        };
    }

    private Claim? Bind(ObjectPlaces places, Subject subject, ProblemList problems)
    {
        var (claim, given) = places.For(subject);
        return Finish(binder.Bind(claim, kind.ClaimType, problems, given), problems);
    }

    private Claim? Finish(object? value, ProblemList problems)
    {
        if (value is not Claim bound || WithFiles(bound, problems) is not { } claim)
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
}
