using System.Globalization;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>Reads <c>signatures.yml</c>, the registry of failure signatures.</summary>
internal sealed class SignatureReader(NodeBinder binder, ProblemList problems, SignatureNames names)
{
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="name">How evidence names the file.</param>
    /// <param name="shown">How the user named it: problems point there.</param>
    public void Read(byte[] bytes, string name, string shown)
    {
        names.Open(shown);
        if (
            YamlDocument.Read(bytes, shown, problems) is not { } root
            || binder.Bind(root, ManifestJson.Default.SignatureFile, problems) is not { } file
        )
        {
            return;
        }

        for (var i = 0; i < file.Signatures.Count; i++)
        {
            Read(file.Signatures[i], root.FindNearest($"signatures[{i}]"), name);
        }
    }

    private void Read(SignatureDocument document, YamlNode node, string name)
    {
        if (!Identifiers.IsSignature(document.Signature))
        {
            problems.Add(node.FindNearest("signature"), Identifiers.SignatureForm, Shown.Quote(document.Signature));
            return;
        }

        Require(node, "meaning", document.Meaning, "what is wrong when it shows");
        Require(node, "owner", document.Owner, "who answers for it");
        if (
            !DateOnly.TryParseExact(
                document.Since,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var since
            )
        )
        {
            problems.Add(node.FindNearest("since"), "a UTC date, YYYY-MM-DD", Shown.Quote(document.Since));
        }

        names.Register(
            node,
            new RegisteredSignature(
                document.Signature,
                document.Meaning,
                document.Owner,
                since,
                name,
                SourceLocation.Of(node)
            )
        );
    }

    private void Require(YamlNode node, string key, string text, string expected)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add(node.FindNearest(key), expected, "nothing");
        }
    }
}
