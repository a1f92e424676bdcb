using Symphony.Probes.Rows;
using Symphony.Sql;

namespace Symphony.Probes.Policies;

/// <summary>How conditions are asked, and deeds told.</summary>
internal static class PolicyWords
{
    public static string True(string condition) => $"({condition}) IS TRUE";

    public static string False(string condition) => $"({condition}) IS FALSE";

    public static string NotTrue(string condition) => $"({condition}) IS NOT TRUE";

    /// <summary>Whether a condition is the constant itself, so that nothing has to be found that makes it otherwise.</summary>
    public static bool Is(string condition, string constant)
    {
        try
        {
            return SqlLexer.Read(condition).Where(token => !token.IsSymbol("(") && !token.IsSymbol(")")).ToList()
                    is [var only]
                && only.IsWord(constant);
        }
        catch (SqlSyntaxException)
        {
            return false;
        }
    }

    /// <summary>The texts that stand in an expression or a body.</summary>
    public static IEnumerable<string> Literals(string text)
    {
        try
        {
            return SqlLexer.Read(text).Where(token => token.Kind == SqlTokenKind.String).Select(token => token.Text);
        }
        catch (SqlSyntaxException)
        {
            return [];
        }
    }

    /// <summary>What becomes of a row that is let through.</summary>
    public static string Done(string command) =>
        command switch
        {
            "select" => "was seen",
            "insert" => "was accepted",
            "update" => "was updated",
            _ => "was deleted",
        };

    /// <summary>What became of one that was not.</summary>
    public static string HeldBack(string command, Deed deed) =>
        deed.Refusal is { } refusal ? $"was refused ({Words.Code(refusal)})"
        : command == "select" ? "was not seen"
        : command == "update" ? "was not updated"
        : "was not deleted";

    public static string List(IEnumerable<string> policies) => string.Join(", ", policies);
}
