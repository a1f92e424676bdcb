namespace Symphony.Evidence.Replay;

/// <summary>One thing in an evidence folder that is not as it must be.</summary>
/// <param name="File">Below the folder that was looked at, with forward slashes.</param>
/// <param name="Pointer">The place inside the file as a JSON Pointer (RFC 6901); empty for the file as a whole.</param>
/// <param name="Expected">What belongs there.</param>
/// <param name="Found">What stands there.</param>
public sealed record EvidenceFinding(string File, string Pointer, string Expected, string Found)
{
    public override string ToString() =>
        $"{File}{(Pointer.Length == 0 ? "" : " " + Pointer)}: expected {Expected}, found {Found}";
}

/// <summary>What an examination of evidence collects: what is wrong, what is only to be known, and how much was seen.</summary>
public sealed class Examination
{
    /// <summary>More would tell nobody more: a folder that is wrong in a thousand places is wrong.</summary>
    public const int Limit = 1_000;

    private readonly List<EvidenceFinding> _findings = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<EvidenceFinding> Findings => _findings;

    /// <summary>What is not wrong and not proven either, as sentences.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Findings beyond <see cref="Limit"/>.</summary>
    public int Omitted { get; private set; }

    public int Runs { get; internal set; }

    public int Bundles { get; internal set; }

    /// <summary>Verdicts that were judged again.</summary>
    public int Verdicts { get; internal set; }

    /// <summary>Statements whose signature was verified.</summary>
    public int Signatures { get; internal set; }

    /// <summary>Lines of the log.</summary>
    public int LogEntries { get; internal set; }

    public void Find(string file, string pointer, string expected, string found)
    {
        if (_findings.Count < Limit)
        {
            _findings.Add(new EvidenceFinding(file, pointer, expected, found));
        }
        else
        {
            Omitted++;
        }
    }

    public void Note(string sentence)
    {
        if (_notes.Count < Limit)
        {
            _notes.Add(sentence);
        }
    }

    /// <summary>A finding unless the two are the same text.</summary>
    public void Require(string file, string pointer, string? expected, string? found)
    {
        if (!string.Equals(expected, found, StringComparison.Ordinal))
        {
            Find(file, pointer, Shown.Of(expected), Shown.Of(found));
        }
    }
}
