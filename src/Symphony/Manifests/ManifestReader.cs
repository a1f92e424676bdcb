using System.Security.Cryptography;
using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>Reads one manifest: its head, and each invariant by its kind's contract. Every problem is reported, not the first.</summary>
internal sealed class ManifestReader(
    KindRegistry kinds,
    NodeBinder binder,
    InvariantIds ids,
    SignatureNames signatures,
    ProblemList problems
)
{
    private const string InvariantsKey = "invariants";

    /// <summary>The tables of which it has been said how a row is made.</summary>
    private readonly HashSet<ObjectName> _tables = [];

    /// <summary>Bytes from which on it pays to read invariants while the file is still being parsed.</summary>
    private const int Large = 64 * 1024;

    /// <summary>The manifest, or null when it has a problem that leaves nothing to use.</summary>
    public Manifest? Read(ManifestSource file) =>
        (file.Content.Length >= Large ? ReadAhead(file) : null) ?? ReadWhole(file);

    /// <summary>The manifest, or null when it has a problem of any sort: none is told, and nothing is remembered.</summary>
    private Manifest? ReadAhead(ManifestSource file)
    {
        // Two threads find problems, each its own.
        var (parsed, found) = (new ProblemList(), new ProblemList());
        var (ownIds, ownSignatures) = (new InvariantIds(found), new SignatureNames(found));
        var own = new ManifestReader(kinds, binder, ownIds, ownSignatures, found);
        ManifestHeader? before = null;
        var ahead = new InvariantsAhead(head =>
            (before = own.ReadHeader(head)) is null ? null : own.ReaderOf(before, file).Read
        );
        var root = YamlDocument.Read(file.Content, file.Shown, parsed, ahead.Items);
        var invariants = ahead.Finish();
        if (
            root is not YamlMapping mapping
            || before is null
            || parsed.Count + found.Count > 0
            || invariants.Count == 0
        )
        {
            return null;
        }

        // What stands behind the list may say otherwise; the head's own signature is already among those in use.
        var header = new ManifestReader(
            kinds,
            binder,
            new InvariantIds(found),
            new SignatureNames(found),
            found
        ).ReadHeader(mapping);
        if (header is null || !header.GivesTheSameAs(before) || !ids.TryTake(ownIds))
        {
            return null;
        }

        signatures.Take(ownSignatures);
        return ManifestOf(file, mapping, header, invariants);
    }

    private Manifest? ReadWhole(ManifestSource file)
    {
        if (YamlDocument.Read(file.Content, file.Shown, problems) is not { } root)
        {
            return null;
        }

        if (root is not YamlMapping mapping || (mapping["symphony"] is null && mapping["task"] is null))
        {
            problems.Add(
                root,
                "a manifest: a mapping that begins with `symphony: 1`",
                root is YamlMapping ? "a mapping without `symphony` and `task`" : root.Describe()
            );
            return null;
        }

        var header = ReadHeader(mapping);
        var nodes = InvariantNodes(mapping);
        // Invariants are read even where the head is wrong, so that their problems are reported too.
        var usable =
            header
            ?? new ManifestHeader
            {
                Symphony = 1,
                Task = "",
                FailureSignature = "",
            };
        var reader = ReaderOf(usable, file);
        var invariants = nodes.Select(reader.Read).OfType<Invariant>().ToList();
        return header is null ? null : ManifestOf(file, mapping, header, invariants);
    }

    private InvariantReader ReaderOf(ManifestHeader header, ManifestSource file) =>
        new(kinds, binder, ids, signatures, problems, header, file);

    private Manifest ManifestOf(
        ManifestSource file,
        YamlMapping mapping,
        ManifestHeader header,
        IReadOnlyList<Invariant> invariants
    ) =>
        new(
            file.Name,
            Convert.ToHexStringLower(SHA256.HashData(file.Content)),
            header.Task,
            header.FailureSignature,
            header.Title,
            header.Owners,
            invariants
        )
        {
            Rows = ReadRows(mapping, header),
            OnlyWithProbes = header.OnlyWithProbes,
        };

    private ManifestHeader? ReadHeader(YamlMapping mapping)
    {
        if (
            binder.Bind(mapping.Without(InvariantsKey), ManifestJson.Default.ManifestHeader, problems) is not { } header
        )
        {
            return null;
        }

        var before = problems.Count;
        Require(
            mapping,
            "symphony",
            header.Symphony == 1,
            "the manifest language's version, 1",
            header.Symphony.ToString()
        );
        Require(mapping, "task", Identifiers.IsTask(header.Task), Identifiers.TaskForm, header.Task);
        Require(
            mapping,
            "failure_signature",
            Identifiers.IsSignature(header.FailureSignature),
            Identifiers.SignatureForm,
            header.FailureSignature
        );
        if (Identifiers.IsSignature(header.FailureSignature))
        {
            signatures.Use(mapping.FindNearest("failure_signature"), header.FailureSignature);
        }

        return problems.Count == before ? header : null;
    }

    /// <summary>One way to make a row of a table is enough, and of two it would not be known which is meant.</summary>
    private List<RowRecipe> ReadRows(YamlMapping mapping, ManifestHeader header)
    {
        var recipes = new List<RowRecipe>();
        for (var i = 0; i < (header.Rows ?? []).Count; i++)
        {
            var recipe = header.Rows![i].In(header.Schema);
            foreach (var problem in recipe.Problems())
            {
                problems.Add(mapping.FindNearest($"rows[{i}].{problem.Path}"), problem.Expected, problem.Found);
            }

            if (!_tables.Add(recipe.Table))
            {
                problems.Add(
                    mapping.FindNearest($"rows[{i}].table"),
                    "one entry of `rows` for each table, over all manifests",
                    $"a second one for `{recipe.Table}`"
                );
            }

            recipes.Add(recipe);
        }

        return recipes;
    }

    private IReadOnlyList<YamlNode> InvariantNodes(YamlMapping mapping)
    {
        switch (mapping[InvariantsKey])
        {
            case YamlSequence { Items.Count: > 0 } invariants:
                return invariants.Items;
            case { } other:
                problems.Add(
                    other,
                    "a list of at least one invariant",
                    other.Describe(),
                    "a manifest that claims nothing proves nothing"
                );
                return [];
            default:
                problems.Add(
                    mapping,
                    "the key `invariants`, a list of at least one invariant",
                    "none",
                    "a manifest that claims nothing proves nothing"
                );
                return [];
        }
    }

    private void Require(YamlMapping mapping, string key, bool holds, string expected, string found)
    {
        if (!holds)
        {
            problems.Add(mapping.FindNearest(key), expected, $"`{found}`");
        }
    }
}
