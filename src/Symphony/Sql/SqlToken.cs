namespace Symphony.Sql;

public enum SqlTokenKind
{
    /// <summary>A keyword or unquoted name; <see cref="SqlToken.Text"/> is folded to lower case.</summary>
    Word,

    /// <summary>A name in double quotes; <see cref="SqlToken.Text"/> is the name itself.</summary>
    QuotedName,

    /// <summary>A string constant in any spelling; <see cref="SqlToken.Text"/> is its value.</summary>
    String,

    /// <summary>A bit string such as <c>B'101'</c> or <c>X'1F'</c>; <see cref="SqlToken.Text"/> is in lower case.</summary>
    BitString,

    /// <summary>A numeric constant, as written, in lower case.</summary>
    Number,

    /// <summary>An operator such as <c>::</c>, <c>:=</c>, <c>||</c> or <c>&lt;=</c>.</summary>
    Operator,

    /// <summary>One of <c>( ) [ ] , ; .</c> or the <c>..</c> of a PL/pgSQL range.</summary>
    Punctuation,

    /// <summary>A parameter such as <c>$1</c>.</summary>
    Parameter,
}

/// <summary>
/// One token of SQL or PL/pgSQL (PostgreSQL manual, "Lexical Structure"). <paramref name="Start"/> and
/// <paramref name="End"/> are offsets into the text it was read from.
/// </summary>
public sealed record SqlToken(SqlTokenKind Kind, string Text, int Start, int End)
{
    public bool IsWord(string word) => Kind == SqlTokenKind.Word && Text == word;

    /// <summary>Whether the token is that name, quoted or not; a quoted keyword is a name, too.</summary>
    public bool IsName(string name) => IsAnyName && Text == name;

    public bool IsAnyName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    public bool IsSymbol(string symbol) => Kind is SqlTokenKind.Operator or SqlTokenKind.Punctuation && Text == symbol;

    /// <summary>
    /// The token as an unambiguous text: where two are equal, so is what the tokens mean. (The reverse does not
    /// hold: <c>name</c> and <c>"name"</c> differ here, since quotes also tell a name from a keyword.)
    /// </summary>
    public string Canonical =>
        Kind switch
        {
            SqlTokenKind.QuotedName => SqlText.QuoteName(Text),
            SqlTokenKind.String => SqlText.QuoteLiteral(Text),
            _ => Text,
        };
}
