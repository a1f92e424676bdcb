namespace Symphony.Evidence.Log;

/// <summary>
/// <c>log.jsonl</c> as it was read: a line for each run, in the order in which they were recorded. The lines are the
/// leaves of the Merkle tree.
/// </summary>
public sealed class EvidenceLog
{
    public const string FileName = "log.jsonl";

    /// <summary>A century of a gate that runs a hundred times a day.</summary>
    private const long Largest = 2L * 1024 * 1024 * 1024 - 1;

    private readonly byte[][] _leaves;

    private EvidenceLog(IReadOnlyList<byte[]> lines, bool isTorn)
    {
        Lines = lines;
        IsTorn = isTorn;
        _leaves = [.. lines.Select(line => MerkleTree.LeafHash(line))];
    }

    /// <summary>Without their ends.</summary>
    public IReadOnlyList<byte[]> Lines { get; }

    /// <summary>Bytes follow the last whole line: the machine stopped while they were being written.</summary>
    public bool IsTorn { get; }

    public ReadOnlySpan<byte[]> Leaves => _leaves;

    /// <summary>The name that its checkpoints carry: of its first line, so it stays when keys change.</summary>
    public string Origin =>
        _leaves.Length == 0
            ? "symphony-evidence/empty"
            : $"symphony-evidence/{Convert.ToHexStringLower(_leaves[0], 0, 8)}";

    /// <summary>The root over the first lines.</summary>
    public byte[] Root(int size) => MerkleTree.Root(Leaves[..size]);

    /// <summary>The log in an evidence folder; one without lines where there is none yet.</summary>
    /// <exception cref="InputException">It is not a file of its own.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EvidenceLog Read(string root)
    {
        var file = FileIn(root);
        // A pipe or a device has no length, and no end either.
        return Parse(file is { Exists: true, Length: > 0 } ? File.ReadAllBytes(file.FullName) : []);
    }

    public static EvidenceLog Parse(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<byte[]>();
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            lines.Add(bytes[..end].ToArray());
            bytes = bytes[(end + 1)..];
        }

        return new EvidenceLog(lines, isTorn: bytes.Length > 0);
    }

    /// <summary>
    /// Adds a line, and has it on the disk. One write: a process that is killed leaves the whole line or none, and a
    /// full disk none. What a machine that stopped left of a line is removed first.
    /// </summary>
    /// <exception cref="InputException">It is not a file of its own.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static void Append(string root, ReadOnlySpan<byte> line)
    {
        using var log = new FileStream(
            FileIn(root).FullName,
            new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Read,
                BufferSize = 0,
            }
        );
        if (!log.CanSeek)
        {
            throw NoFile(log.Name, "a pipe or a device");
        }

        var end = EndOfLines(log);
        log.SetLength(end);
        log.Seek(end, SeekOrigin.Begin);
        try
        {
            log.Write([.. line, (byte)'\n']);
            log.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A part of it may be there already.
            log.SetLength(end);
            // A file that may not grow (EFBIG) is told as an argument out of range.
            throw failure as IOException ?? new IOException(failure.Message, failure);
        }
    }

    private static FileInfo FileIn(string root)
    {
        var file = new FileInfo(Path.Combine(root, FileName));
        var problem =
            file.LinkTarget is not null ? "a symbolic link"
            : Directory.Exists(file.FullName) ? "a folder"
            : file.Exists && file.Length > Largest ? $"{file.Length} bytes"
            : null;
        return problem is null ? file : throw NoFile(file.FullName, problem);
    }

    private static InputException NoFile(string path, string found) =>
        new(
            "the log of runs cannot be used",
            $"a file of less than two gigabytes in the evidence folder itself: {path}",
            found,
            "look at who put it there; move it away, or choose another folder with --evidence"
        );

    /// <summary>The place after the last line's end, looked for from behind.</summary>
    private static long EndOfLines(FileStream log)
    {
        Span<byte> block = stackalloc byte[4096];
        for (var end = log.Length; end > 0; )
        {
            var from = Math.Max(0, end - block.Length);
            log.Seek(from, SeekOrigin.Begin);
            var read = block[..(int)(end - from)];
            log.ReadExactly(read);
            if (read.LastIndexOf((byte)'\n') is var at and >= 0)
            {
                return from + at + 1;
            }

            end = from;
        }

        return 0;
    }
}
