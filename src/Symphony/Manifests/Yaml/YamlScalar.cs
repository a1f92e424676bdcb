namespace Symphony.Manifests.Yaml;

/// <summary>What a scalar is by the core schema of YAML 1.2.2, section 10.3.2.</summary>
public enum YamlScalarKind
{
    Null,
    Boolean,
    Integer,
    Float,
    Text,
}

/// <summary>
/// A value without parts. Only one written plainly can be anything but text: <c>yes</c>, <c>on</c> and dates are text
/// in YAML 1.2, and so is everything in quotes.
/// </summary>
public sealed class YamlScalar : YamlNode
{
    public YamlScalar(string text, bool isPlain, YamlSpan span)
        : base(span) => (Text, IsPlain) = (text, isPlain);

    public string Text { get; }

    /// <summary>Without quotes, not a block and not tagged as text: its words decide what it is.</summary>
    public bool IsPlain { get; }

    public YamlScalarKind Kind => IsPlain ? CoreSchema.KindOf(Text) : YamlScalarKind.Text;

    /// <summary>A text that stands in no file: a value given by what is written at <paramref name="at"/>.</summary>
    public static YamlScalar GivenBy(YamlNode at, string text) => new(text, isPlain: false, at.Span);

    internal override int Height => 0;

    internal override int Weight => Text.Length + 1;

    public override string Describe() =>
        Kind switch
        {
            YamlScalarKind.Null => Text.Length == 0 ? "nothing" : "null",
            YamlScalarKind.Boolean => Shown.Quote(Text),
            YamlScalarKind.Integer or YamlScalarKind.Float => "the number " + Shown.Shorten(Text),
            _ => Text.Length == 0 ? "an empty text" : "the text " + Shown.Quote(Text),
        };
}
