namespace Symphony.Contracts;

/// <summary>
/// One word of a closed set that manifests choose from. A class and not an enum: for every enum that a contract
/// mentions, the runtime compiles some sixty methods of the serialiser anew at every start; all classes share theirs.
/// </summary>
public abstract class Word(string text)
{
    /// <summary>As it is written in YAML and in evidence.</summary>
    public string Text { get; } = text;

    public sealed override string ToString() => Text;
}

/// <summary>A closed set of words.</summary>
public interface IWordSet<TWord>
    where TWord : Word
{
    /// <summary>Every word there is, in the order of the docs. There is one object for each, so words compare by reference.</summary>
    static abstract IReadOnlyList<TWord> All { get; }
}
