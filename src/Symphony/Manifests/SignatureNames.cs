using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>
/// The failure signatures that manifests use, held against <c>signatures.yml</c> where there is one: a name that
/// somebody is paged with must be known, and have an owner.
/// </summary>
internal sealed class SignatureNames(ProblemList problems)
{
    private readonly List<(YamlNode Node, string Signature)> _uses = [];
    private readonly Dictionary<string, RegisteredSignature> _registered = new(StringComparer.Ordinal);
    private string? _registry;

    /// <summary>Null when there is no registry.</summary>
    public IReadOnlyDictionary<string, RegisteredSignature>? Registered => _registry is null ? null : _registered;

    public void Use(YamlNode node, string signature) => _uses.Add((node, signature));

    public void Take(SignatureNames others) => _uses.AddRange(others._uses);

    /// <param name="file">The registry's file, as the user would name it.</param>
    public void Open(string file) => _registry ??= file;

    public void Register(YamlNode node, RegisteredSignature signature)
    {
        if (!_registered.TryAdd(signature.Signature, signature))
        {
            var first = _registered[signature.Signature];
            problems.Add(
                node,
                "each failure signature once",
                $"{Shown.Quote(signature.Signature)}, which stands at {first.Path}:{first.Location.Line} already"
            );
        }
    }

    /// <summary>When every file was read.</summary>
    public void Check()
    {
        if (_registry is null)
        {
            return;
        }

        foreach (var (node, signature) in _uses.Where(use => !_registered.ContainsKey(use.Signature)))
        {
            problems.Add(
                node,
                $"a failure signature that {_registry} lists",
                Shown.Quote(signature),
                Nearest.Of(signature, _registered.Keys) is { } near
                    ? $"did you mean `{near}`?"
                    : "add it there, with its meaning and owner"
            );
        }
    }
}

/// <summary>A failure signature as the registry has it.</summary>
/// <param name="Meaning">What is wrong when it shows.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Since">The UTC day since which it is in use.</param>
public sealed record RegisteredSignature(
    string Signature,
    string Meaning,
    string Owner,
    DateOnly Since,
    string Path,
    SourceLocation Location
);
