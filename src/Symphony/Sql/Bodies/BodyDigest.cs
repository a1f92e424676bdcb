using System.Security.Cryptography;
using System.Text;

namespace Symphony.Sql.Bodies;

/// <summary>The digest by which a claim pins a function's body: lower-case hexadecimal SHA-256.</summary>
public static class BodyDigest
{
    /// <summary>
    /// The digest over the tokens of a body in PL/pgSQL or SQL. Comments, white space, the letter case outside quotes
    /// and the spelling of a string do not count: each token's canonical text is taken, with a line feed between two.
    /// A body that cannot be read as tokens gets <see cref="OfBytes"/>; this never throws.
    /// </summary>
    public static string Of(string body)
    {
        try
        {
            return Hash(string.Join('\n', SqlLexer.Read(body).Select(token => token.Canonical)));
        }
        catch (SqlSyntaxException)
        {
            return OfBytes(body);
        }
    }

    /// <summary>
    /// The digest for a function in that language. Only in PL/pgSQL and SQL do white space and comments mean nothing:
    /// elsewhere (indentation in PL/Python, say) every byte counts.
    /// </summary>
    public static string Of(string body, string language) => language is "plpgsql" or "sql" ? Of(body) : OfBytes(body);

    /// <summary>
    /// The digest of a function that is more than its body, such as STRICT: of the body's and of each attribute's
    /// text, with a zero byte before each, which none holds. Without any it is the body's.
    /// </summary>
    public static string Of(string body, string language, IReadOnlyList<string> attributes) =>
        attributes.Count == 0 ? Of(body, language) : Hash(string.Join('\0', attributes.Prepend(Of(body, language))));

    /// <summary>
    /// The digest over the exact UTF-8 bytes. A zero byte goes before them, which no token holds, so that it never
    /// equals a digest over tokens.
    /// </summary>
    private static string OfBytes(string body) => Hash('\0' + body);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
