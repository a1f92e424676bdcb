using Symphony.Verification;

namespace Symphony.Cli.Output;

/// <summary>Colour where a terminal wants it, plain text everywhere else.</summary>
internal sealed class Style(bool colour)
{
    public string Of(Verdict verdict)
    {
        var word = verdict.Word().PadRight(6);
        return verdict switch
        {
            Verdict.Pass => Paint("32", word),
            Verdict.Waived => Paint("33", word),
            Verdict.Error => Paint("35;1", word),
            _ => Paint("31;1", word),
        };
    }

    public string Bold(string text) => Paint("1", text);

    public string Dim(string text) => Paint("2", text);

    private string Paint(string code, string text) => colour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
