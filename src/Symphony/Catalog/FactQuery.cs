using System.Security.Cryptography;
using System.Text;
using Symphony.Sql;

namespace Symphony.Catalog;

/// <summary>
/// One catalog query over any number of subjects. <paramref name="Sql"/> takes three arrays of text, <c>$1</c> the
/// schemas, <c>$2</c> the relations and <c>$3</c> the names of the subjects, and returns
/// <c>(subject int, fact json)</c>, where subject counts from 1 in the arrays' order.
/// </summary>
/// <param name="IsStatement">
/// It observes one subject, which its text names, and takes no parameters: it reads rows rather than the catalog, and
/// what the server refuses in it says nothing of the other queries.
/// </param>
public sealed record FactQuery(string Name, string Sql, IReadOnlyList<Subject> Subjects, bool IsStatement = false)
{
    /// <summary>Lower-case hex SHA-256 of the query's UTF-8 text.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>
    /// The values of <c>$1</c>, <c>$2</c> and <c>$3</c>, as PostgreSQL array literals; none for a statement. Whoever
    /// makes the query makes them: the server shall not wait for them.
    /// </summary>
    public IReadOnlyList<string> Parameters { get; } =
        IsStatement
            ? []
            :
            [
                SqlText.ArrayLiteral(Subjects.Select(subject => subject.Schema)),
                SqlText.ArrayLiteral(Subjects.Select(subject => subject.Relation)),
                SqlText.ArrayLiteral(Subjects.Select(subject => subject.Name)),
            ];
}
