using System.Text;
using System.Text.Json;
using Npgsql;
using Symphony.Evidence;
using Symphony.Postgres.Tests.Servers;
using Symphony.Sql;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>
/// Runs what <c>symphony compile</c> prints as psql would, without psql: statement by statement, with the two things
/// of psql that the script uses, <c>\gset</c> (a row's columns become variables) and <c>:'variable'</c>.
/// </summary>
internal static class CompiledScript
{
    /// <summary>The facts that the script shows: "kind fact", the facts in canonical JSON, in order.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string script, TestDatabase database)
    {
        var facts = new List<string>();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var kind = "";
        await using var connection = await database.OpenAsync();
        foreach (var statement in StatementsOf(script))
        {
            if (statement.StartsWith("\\echo ", StringComparison.Ordinal))
            {
                kind = statement[7..^1];
                continue;
            }

            var (sql, prefix) = SplitGset(statement);
            await using var command = new NpgsqlCommand(Substitute(sql, variables), connection)
            {
                AllResultTypesAreUnknown = true,
            };
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                if (prefix is null)
                {
                    facts.Add($"{kind} {Canonical(JsonElement.Parse(reader.GetString(1)))}");
                    continue;
                }

                for (var column = 0; column < reader.FieldCount; column++)
                {
                    variables[prefix + reader.GetName(column)] = reader.GetString(column);
                }
            }
        }

        return [.. facts.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same of a bundle: what its checks observed.</summary>
    public static IReadOnlyList<string> Observed(IEnumerable<JsonElement> checks) =>
        [
            .. checks
                .Where(check => check.GetProperty("observed").ValueKind == JsonValueKind.Object)
                .Select(check => $"{check.Text("kind")} {Canonical(check.GetProperty("observed"))}")
                .Order(StringComparer.Ordinal),
        ];

    private static string Canonical(JsonElement fact) => Encoding.UTF8.GetString(CanonicalJson.Of(fact));

    /// <summary>A backslash command ends with its line, everything else with a semicolon or \gset outside quotes and comments.</summary>
    private static IEnumerable<string> StatementsOf(string script)
    {
        var start = 0;
        var at = 0;
        while (at < script.Length)
        {
            if (script[at] == '\\')
            {
                var end = script.IndexOf('\n', at);
                yield return script[start..end].Trim();
                start = at = end + 1;
            }
            else if (script[at] == ';')
            {
                yield return script[start..at].Trim();
                start = ++at;
            }
            else
            {
                at = script.AsSpan(at).StartsWith("--") ? script.IndexOf('\n', at) : AfterQuoted(script, at);
                start = script[start..at].AsSpan().TrimStart().StartsWith("--") ? at : start;
            }
        }
    }

    /// <summary>After the constant or name that begins here, or else after this character.</summary>
    private static int AfterQuoted(string script, int at)
    {
        if (script[at] is not ('\'' or '"'))
        {
            return at + 1;
        }

        var escapes = at > 0 && script[at - 1] == 'E';
        for (var end = at + 1; ; end++)
        {
            if (escapes && script[end] == '\\')
            {
                end++;
            }
            else if (script[end] == script[at])
            {
                return end + 1;
            }
        }
    }

    private static (string Sql, string? Prefix) SplitGset(string statement)
    {
        var at = statement.LastIndexOf("\\gset ", StringComparison.Ordinal);
        return at < 0 || !statement.StartsWith("SELECT", StringComparison.Ordinal)
            ? (statement, null)
            : (statement[..at], statement[(at + 6)..]);
    }

    private static string Substitute(string sql, Dictionary<string, string> variables) =>
        sql.StartsWith("EXECUTE", StringComparison.Ordinal)
            ? variables.Aggregate(
                sql,
                (text, variable) =>
                    text.Replace($":'{variable.Key}'", SqlText.QuoteLiteral(variable.Value), StringComparison.Ordinal)
            )
            : sql;
}
