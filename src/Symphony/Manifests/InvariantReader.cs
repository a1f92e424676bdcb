using Symphony.Catalog.Selectors;
using Symphony.Kinds;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>Reads the invariants of one manifest.</summary>
internal sealed class InvariantReader(
    KindRegistry kinds,
    NodeBinder binder,
    InvariantIds ids,
    SignatureNames signatures,
    ProblemList problems,
    ManifestHeader manifest,
    ManifestSource file
)
{
    private readonly FileDigests? _files = file.Folder is { } folder ? new FileDigests(folder) : null;

    private static readonly string[] HeaderKeys = ["id", "title", "failure_signature", "severity", "for_each"];

    /// <summary>The invariant, or null when it has a problem.</summary>
    public Invariant? Read(YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            problems.Add(node, "an invariant: a mapping with an id and one kind", node.Describe());
            return null;
        }

        var kind = FindKind(mapping, out var claimNode);
        var header = IdAlone(mapping) ?? binder.Bind(HeaderOf(mapping), ManifestJson.Default.InvariantHeader, problems);
        if (mapping["id"] is YamlScalar id)
        {
            ids.Add(id);
        }

        if (header is not null)
        {
            CheckHeader(mapping, header);
        }

        if (kind is null || claimNode is null)
        {
            return null;
        }

        var template = new ClaimTemplate(kind, binder, claimNode, manifest.Schema, _files);
        var rule = ReadRule(mapping, header?.ForEach, template);
        var claim = mapping["for_each"] is null ? template.Bind(problems) : null;
        return header is null || (claim is null && rule is null)
            ? null
            : new Invariant(
                header.Id,
                header.Title,
                manifest.Task,
                header.FailureSignature ?? manifest.FailureSignature,
                header.Severity ?? manifest.Severity,
                file.Name,
                SourceLocation.Of(mapping),
                kind,
                claim,
                rule
            );
    }

    /// <summary>The head of most invariants, made without a detour; null where there is more, or it is wrong.</summary>
    private static InvariantHeader? IdAlone(YamlMapping mapping) =>
        mapping["id"] is YamlScalar { Kind: YamlScalarKind.Text } id
        && mapping.Entries.All(entry => entry.Key.Text == "id" || !HeaderKeys.Contains(entry.Key.Text))
            ? new InvariantHeader { Id = id.Text }
            : null;

    /// <summary>The head alone; one without an id gets one that is right, for that problem is told here.</summary>
    private YamlMapping HeaderOf(YamlMapping mapping)
    {
        var head = new YamlMapping(
            [.. mapping.Entries.Where(entry => HeaderKeys.Contains(entry.Key.Text))],
            mapping.IsFlow,
            mapping.Span
        );
        if (mapping["id"] is not null)
        {
            return head;
        }

        problems.Add(mapping, "the key `id`", "an invariant without it");
        return head.With([new YamlEntry(YamlScalar.GivenBy(mapping, "id"), YamlScalar.GivenBy(mapping, "none"))]);
    }

    /// <summary>Exactly one key beside the head's is the kind.</summary>
    private InvariantKind? FindKind(YamlMapping mapping, out YamlMapping? claim)
    {
        claim = null;
        InvariantKind? found = null;
        YamlEntry? first = null;
        foreach (var entry in mapping.Entries.Where(entry => !HeaderKeys.Contains(entry.Key.Text)))
        {
            if (kinds.Find(entry.Key.Text) is not { } kind)
            {
                problems.Add(
                    entry.Key,
                    $"a kind ({string.Join(", ", kinds.Kinds.Select(known => known.Key))}) or one of {string.Join(", ", HeaderKeys)}",
                    $"the key `{entry.Key.Text}`",
                    Hint(entry.Key.Text)
                );
                first ??= entry;
            }
            else if (first is not null && found is not null)
            {
                problems.Add(
                    entry.Key,
                    "one kind in each invariant",
                    $"`{entry.Key.Text}` beside `{first.Key.Text}`",
                    "make it an invariant of its own"
                );
            }
            else
            {
                (found, first) = (kind, entry);
                claim = entry.Value as YamlMapping;
                if (claim is null)
                {
                    problems.Add(
                        entry.Value,
                        $"the claim: a mapping; see `symphony explain {kind.Key}`",
                        entry.Value.Describe()
                    );
                }
            }
        }

        if (first is null)
        {
            problems.Add(
                mapping,
                $"a kind: one of {string.Join(", ", kinds.Kinds.Select(known => known.Key))}",
                "none"
            );
        }

        return found;
    }

    private string? Hint(string key) =>
        Nearest.Of(key, kinds.Kinds.Select(kind => kind.Key).Concat(HeaderKeys)) is { } near
            ? $"did you mean `{near}`?"
            : null;

    private void CheckHeader(YamlMapping mapping, InvariantHeader header)
    {
        if (!Identifiers.IsId(header.Id))
        {
            problems.Add(mapping.FindNearest("id"), Identifiers.IdForm, $"`{header.Id}`");
        }

        if (header.FailureSignature is not { } signature)
        {
            return;
        }

        var node = mapping.FindNearest("failure_signature");
        if (Identifiers.IsSignature(signature))
        {
            signatures.Use(node, signature);
        }
        else
        {
            problems.Add(node, Identifiers.SignatureForm, $"`{signature}`");
        }
    }

    /// <summary>The rule, or null where there is none or it has a problem; its claim's problems are told either way.</summary>
    private Rule? ReadRule(YamlMapping mapping, ForEach? forEach, ClaimTemplate template)
    {
        if (mapping["for_each"] is not YamlMapping node)
        {
            return null;
        }

        if (
            node.Entries.Where(entry => Selector.Kinds.Contains(entry.Key.Text)).ToList()
            is not [{ Key.Text: var over }]
        )
        {
            // A misspelt key has been told already.
            if (node.Entries.All(entry => entry.Key.Text == "at_least" || Selector.Kinds.Contains(entry.Key.Text)))
            {
                problems.Add(node, $"exactly one of {string.Join(", ", Selector.Kinds)}", node.Describe());
            }

            return null;
        }

        var isClaimValid = template.IsValidFor(over, problems);
        if (forEach is null)
        {
            return null;
        }

        if (forEach.AtLeast < 1)
        {
            problems.Add(
                node.FindNearest("at_least"),
                "at least 1: a rule over nothing proves nothing",
                $"`{forEach.AtLeast}`"
            );
            return null;
        }

        // Null where the manifest says so, as `tables: null` does.
        if (SelectorOf(over, forEach) is not { } selector)
        {
            problems.Add(node.FindNearest(over), $"what to select {over} by, or {{}} for all", "null");
            return null;
        }

        return isClaimValid ? new Rule(selector, forEach.AtLeast, template.ClaimsOver(over)) : null;
    }

    /// <summary>The one selection that stands there.</summary>
    private Selector? SelectorOf(string over, ForEach forEach)
    {
        if (forEach.Functions is { } functions)
        {
            return new Selector(
                over,
                functions.Schema ?? manifest.Schema,
                "*",
                functions.Name,
                null,
                new EquatableList<string>(functions.Except)
            )
            {
                Only = functions.Security?.Text,
            };
        }

        if (forEach.Roles is { } roles)
        {
            return new Selector(over, "", "*", roles.Name, null, new EquatableList<string>(roles.Except))
            {
                Only = roles.Login is { } login
                    ? login
                        ? "true"
                        : "false"
                    : null,
            };
        }

        return (forEach.Tables ?? forEach.Columns ?? forEach.Triggers ?? forEach.Indexes) is { } selection
            ? new Selector(
                over,
                selection.Schema ?? manifest.Schema,
                (selection as PartSelection)?.Table ?? "*",
                selection.Name,
                selection.HavingColumn,
                new EquatableList<string>(selection.Except)
            )
            : null;
    }
}
