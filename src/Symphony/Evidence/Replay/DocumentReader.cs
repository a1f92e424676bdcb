using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Symphony.Evidence.Replay;

/// <summary>A document that could be read: its bytes, what they say, and their digest.</summary>
/// <param name="Name">Below the folder that is examined, with forward slashes.</param>
internal sealed record ReadDocument<T>(string Name, byte[] Bytes, T Value, JsonElement Json)
{
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));
}

/// <summary>
/// Reads files that anybody may have written: never through a link, never more than a limit, and only documents that
/// bind to their contract. What is wrong with one becomes a finding.
/// </summary>
internal sealed partial class DocumentReader(string root, Examination examination)
{
    /// <summary>Ten thousand checks take about thirty megabytes.</summary>
    internal const long Largest = 512L * 1024 * 1024;

    private readonly Dictionary<string, byte[]> _kept = new(StringComparer.Ordinal);

    /// <summary>
    /// Reads files for later that the next run replaces. Of one that cannot be read is told when it is asked for.
    /// </summary>
    public void Keep(IEnumerable<string> names)
    {
        var unseen = new DocumentReader(root, new Examination());
        foreach (var name in names)
        {
            if (unseen.ReadBytes(name) is { } bytes)
            {
                _kept[name] = bytes;
            }
        }
    }

    /// <summary>The document, or null when there is a finding about it.</summary>
    /// <param name="name">Below the folder that is examined.</param>
    /// <param name="type">Its contract.</param>
    /// <param name="schemaOf">What it says its contract is; null where the contract names none.</param>
    /// <param name="identifier">What that must be.</param>
    public ReadDocument<T>? Read<T>(string name, JsonTypeInfo<T> type, Func<T, string?> schemaOf, string? identifier)
        where T : class
    {
        if (ReadBytes(name) is not { } bytes || !IsCanonical(name, bytes))
        {
            return null;
        }

        try
        {
            var value = JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("null");
            if (schemaOf(value) != identifier)
            {
                examination.Find(name, "/schema", Shown.Of(identifier), Shown.Of(schemaOf(value)));
                return null;
            }

            var json = JsonElement.Parse(bytes);
            if (NullItem.Find(json, type) is { } pointer)
            {
                examination.Find(name, pointer, "an item", "null");
                return null;
            }

            return new ReadDocument<T>(name, bytes, value, json);
        }
        catch (JsonException notBound)
        {
            examination.Find(
                name,
                JsonPointer.OfPath(notBound.Path),
                $"a document of {identifier ?? typeof(T).Name}, member by member as its schema says",
                MissingIn(notBound) is { Length: > 0 } missing ? $"one without {missing}" : "something else"
            );
            return null;
        }
    }

    /// <summary>The file's bytes, or null when there is a finding about it.</summary>
    /// <param name="name">Below the folder that is examined.</param>
    /// <param name="mayBeEmpty">Whether no bytes are no finding; what has no length is not opened, for it may be a pipe.</param>
    public byte[]? ReadBytes(string name, bool mayBeEmpty = false)
    {
        if (_kept.Remove(name, out var kept))
        {
            return kept;
        }

        try
        {
            var file = new FileInfo(Path.Combine(root, name));
            var problem =
                !file.Exists ? "no such file"
                : IsBehindLink(name) ? "a symbolic link on the way to it"
                : file.Length > Largest ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes")
                : file.Length == 0 && !mayBeEmpty ? "no bytes"
                : null;
            if (problem is null)
            {
                return file.Length == 0 ? [] : File.ReadAllBytes(file.FullName);
            }

            examination.Find(name, "", $"a file of at most {Largest / 1024 / 1024} MiB in the folder itself", problem);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            examination.Find(name, "", "a file that can be read", failure.Message);
        }

        return null;
    }

    public bool Exists(string name) => File.Exists(Path.Combine(root, name));

    /// <summary>Whether the file, or a folder between it and the root, is a link to somewhere else.</summary>
    public bool IsBehindLink(string name)
    {
        var at = root;
        return name.Split('/')
            .Any(part => new FileInfo(at = Path.Combine(at, part)).Attributes.HasFlag(FileAttributes.ReparsePoint));
    }

    /// <summary>The members that are not there: the exception names them in its message, beside types of ours.</summary>
    private static string MissingIn(JsonException notBound) =>
        notBound.Message.IndexOf("including: ", StringComparison.Ordinal) is var at and >= 0
            ? string.Join(", ", Name().Matches(notBound.Message[at..]).Select(name => name.Groups["name"].Value))
            : "";

    [GeneratedRegex("'(?<name>[A-Za-z_]+)'", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();

    private bool IsCanonical(string name, byte[] bytes)
    {
        try
        {
            var canonical = CanonicalJson.Of(bytes);
            var same = canonical.AsSpan().CommonPrefixLength(bytes);
            if (same == canonical.Length && same == bytes.Length)
            {
                return true;
            }

            examination.Find(
                name,
                "",
                "canonical JSON (RFC 8785)",
                string.Create(CultureInfo.InvariantCulture, $"other bytes from byte {same + 1} on")
            );
        }
        catch (JsonException broken)
        {
            examination.Find(name, "", "canonical JSON (RFC 8785)", $"no JSON: {broken.Message}");
        }

        return false;
    }
}
