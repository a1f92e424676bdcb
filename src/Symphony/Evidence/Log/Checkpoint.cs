using System.Globalization;
using System.Text;
using Symphony.Evidence.Signing;

namespace Symphony.Evidence.Log;

/// <summary>
/// The head of a log at one size, signed: a checkpoint (c2sp.org/tlog-checkpoint) in a signed note
/// (c2sp.org/signed-note). Who keeps one notices when the log is cut or rewritten.
/// </summary>
/// <param name="Origin">Which log it is.</param>
/// <param name="Size">How many lines it had.</param>
/// <param name="Root">The Merkle tree's root over them.</param>
/// <param name="Signatures">The note's signatures.</param>
public sealed record Checkpoint(string Origin, int Size, byte[] Root, IReadOnlyList<NoteSignature> Signatures)
{
    public const string FileName = "checkpoint";

    private const string Dash = "\u2014 ";

    private const int KeyIdLength = 4;

    /// <summary>The text that is signed.</summary>
    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    public static Checkpoint Sign(string origin, int size, byte[] root, SigningKey key)
    {
        var unsigned = new Checkpoint(origin, size, root, []);
        byte[] signature = [.. key.Public.NoteKeyId, .. key.Sign(Encoding.UTF8.GetBytes(unsigned.Text))];
        return unsigned with { Signatures = [new NoteSignature(origin, signature)] };
    }

    /// <summary>Whether the key has signed this. Signatures of others are no reason against it.</summary>
    public bool IsSignedBy(PublicKey key) =>
        Signatures.Any(signature =>
            signature.Name == Origin
            && signature.Bytes.AsSpan(0, KeyIdLength).SequenceEqual(key.NoteKeyId)
            && key.Verifies(Encoding.UTF8.GetBytes(Text), signature.Bytes.AsSpan(KeyIdLength))
        );

    /// <summary>As a file.</summary>
    public override string ToString() =>
        Text
        + "\n"
        + string.Concat(
            Signatures.Select(signature => $"{Dash}{signature.Name} {Convert.ToBase64String(signature.Bytes)}\n")
        );

    /// <summary>Reads one; null when the text is none, to the last byte.</summary>
    public static Checkpoint? Parse(ReadOnlySpan<byte> bytes)
    {
        // Three lines, an empty one, and signatures: what is longer is something else.
        if (bytes.Length > 16 * 1024)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes);
        if (text.Split('\n') is not [var origin, var size, var root, "", .. var signatures, ""])
        {
            return null;
        }

        var parsed = new Checkpoint(
            origin,
            int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1,
            Decode(root),
            [.. signatures.Select(ParseSignature).OfType<NoteSignature>()]
        );
        // Written again it must be the same bytes: no other spelling of a number, a base64 text or a character.
        return
            parsed is { Size: >= 0, Root.Length: 32, Signatures.Count: > 0 }
            && origin.Length > 0
            && Encoding.UTF8.GetBytes(parsed.ToString()).AsSpan().SequenceEqual(bytes)
            ? parsed
            : null;
    }

    private static NoteSignature? ParseSignature(string line) =>
        line.StartsWith(Dash, StringComparison.Ordinal)
        && line[Dash.Length..].Split(' ') is [{ Length: > 0 } name, var encoded]
        && Decode(encoded) is { Length: > KeyIdLength } bytes
            ? new NoteSignature(name, bytes)
            : null;

    private static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }
}

/// <summary>A signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="Bytes">The key's id, four bytes, and the signature.</param>
public sealed record NoteSignature(string Name, byte[] Bytes);
