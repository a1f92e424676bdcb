using System.Text;
using Symphony.Sql;

namespace Symphony.Cli.Output;

/// <summary>SQL of a database's or a claim's own, in a script for psql.</summary>
internal static class PsqlText
{
    /// <summary>As files are written here; psql takes the database's encoding or the terminal's otherwise.</summary>
    public const string Encoding = "SET client_encoding = 'UTF8'";

    /// <summary>
    /// The same SQL, of which psql reads nothing as its own: it puts a variable, HOST or USER for instance, in the place
    /// of a colon and a name that stand side by side, as in <c>a[1:"HOST"]</c>. What is no SQL stays as it is.
    /// </summary>
    public static string Of(string sql)
    {
        if (!sql.Contains(':', StringComparison.Ordinal))
        {
            return sql;
        }

        var text = new StringBuilder(sql);
        try
        {
            foreach (var colon in SqlLexer.Read(sql).Where(token => token.IsSymbol(":")).Reverse())
            {
                text.Insert(colon.End, ' ');
            }
        }
        catch (SqlSyntaxException)
        {
            return sql;
        }

        return text.ToString();
    }
}
