namespace Symphony.Evidence;

/// <summary>
/// Bytes that are collected. A plain class instead of IBufferWriter: the writing of evidence runs once in a short
/// process, where calls through generic interfaces wait for the just-in-time compiler.
/// </summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Write(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Length < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>At least so many bytes to write into; those that were used are then told to <see cref="Advance"/>.</summary>
    public Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Clear() => Length = 0;

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
}
