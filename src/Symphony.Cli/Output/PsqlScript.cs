using System.Text.RegularExpressions;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Manifests;
using Symphony.Sql;
using Symphony.Verification;

namespace Symphony.Cli.Output;

/// <summary>
/// A plan as a psql script: the same queries with the same parameters in the same sort of transaction. What a rule
/// matches is known to the server only, so the script asks for it first and hands the names on (psql's \gset).
/// </summary>
internal sealed partial class PsqlScript(TextWriter output)
{
    public void Write(IReadOnlyList<Invariant> invariants, int major)
    {
        output.WriteLine("-- symphony compile: run with `psql -X -v ON_ERROR_STOP=1 -f FILE`; nothing is written.");
        output.WriteLine($"-- {invariants.Count} invariants, for PostgreSQL {major}.");
        output.WriteLine($"{PsqlText.Encoding};");
        output.WriteLine("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;");
        foreach (var setting in CatalogSession.Settings)
        {
            output.WriteLine($"{setting};");
        }

        WriteKinds(invariants, major);
        output.WriteLine("COMMIT;");
    }

    private void WriteKinds(IReadOnlyList<Invariant> invariants, int major)
    {
        var selectors = Plan.SelectorsOf(invariants);
        var none = selectors.ToDictionary(selector => selector, _ => (IReadOnlyList<Subject>)[]);
        var written = Plan.Compile(invariants.Where(invariant => invariant.Rule is null), none, major);
        foreach (
            var kind in invariants
                .Select(invariant => invariant.Kind)
                .Distinct()
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
        )
        {
            if (
                written.Queries.Any(query =>
                    query.IsStatement && query.Name.StartsWith(kind.Key + " ", StringComparison.Ordinal)
                )
            )
            {
                WriteStatements(kind.Key, written);
                continue;
            }

            var sql = kind.FactsSql(major);
            var subjects = written.Queries.FirstOrDefault(query => query.Name == kind.Key)?.Subjects ?? [];
            var query = new FactQuery(kind.Key, sql, subjects);
            output.WriteLine();
            output.WriteLine($"\\echo '{kind.Key}'");
            output.WriteLine($"-- query_sha256 {query.Sha256}");
            WriteComments(invariants.Where(invariant => invariant.Kind == kind));
            output.WriteLine($"PREPARE symphony_{kind.Key} (text[], text[], text[]) AS");
            output.Write(sql);
            output.WriteLine(";");
            if (subjects.Count > 0)
            {
                output.WriteLine(
                    $"EXECUTE symphony_{kind.Key} ({string.Join(", ", query.Parameters.Select(SqlText.QuoteLiteral))});"
                );
            }

            foreach (
                var invariant in invariants.Where(invariant => invariant.Kind == kind && invariant.Rule is not null)
            )
            {
                WriteRule(invariant, kind.Key);
            }
        }
    }

    private void WriteStatements(string kind, Plan plan)
    {
        foreach (
            var query in plan.Queries.Where(query =>
                query.IsStatement && query.Name.StartsWith(kind + " ", StringComparison.Ordinal)
            )
        )
        {
            output.WriteLine();
            output.WriteLine($"\\echo '{kind}'");
            output.WriteLine($"-- query_sha256 {query.Sha256}");
            WriteComments(plan.Checks.Where(check => check.Query == query.Name).Select(check => check.Invariant));
            output.WriteLine(PsqlText.Of(TerminalText.EscapeLines(query.Sql).TrimEnd()));
            output.WriteLine(";");
        }
    }

    private void WriteComments(IEnumerable<Invariant> invariants)
    {
        foreach (var invariant in invariants)
        {
            var subject = invariant.Claim is { } claim
                ? invariant.Kind.SubjectOf(claim).ToString()
                : $"for each of {invariant.Rule!.Selector}";
            output.WriteLine($"-- {invariant.Id}: {TerminalText.Escape(subject)}");
        }
    }

    /// <summary>
    /// The names found, then the facts of the subjects that the claim makes of them: its own name, where it has one,
    /// is made on the server by the same replacement.
    /// </summary>
    private void WriteRule(Invariant invariant, string kind)
    {
        var rule = invariant.Rule!;
        // The claim is made of names no object has, to learn which part of its subject comes from the object. A
        // function's has its arguments' types with it, here none, and what stands for a table is its sort.
        var (relation, name) = rule.Selector.Over switch
        {
            Selector.Tables => ("\u0001t", null),
            Selector.Functions => ("function", "\u0001n()"),
            _ => ("\u0001t", "\u0001n"),
        };
        var probe = invariant.Kind.SubjectOf(rule.ClaimFor(new Subject("\u0001s", relation, name)));
        output.WriteLine(
            $"SELECT COALESCE(array_agg({NameOf(probe.Schema)}), '{{}}') AS s, COALESCE(array_agg({NameOf(probe.Relation)}), '{{}}') AS t, COALESCE(array_agg({NameOf(probe.Name)}), '{{}}') AS n FROM ("
        );
        output.Write(Inline(rule.Selector));
        output.WriteLine(") AS found (s, t, n) \\gset rule_");
        output.WriteLine($"EXECUTE symphony_{kind} (:'rule_s', :'rule_t', :'rule_n');");
    }

    private static string NameOf(string? probe) =>
        probe is null
            ? "NULL::text"
            : "("
                + string.Join(
                    " || ",
                    Found()
                        .Split(probe)
                        .Where(part => part.Length > 0)
                        .Select(part =>
                            part switch
                            {
                                "\u0001s" => "s",
                                "\u0001t" => "t",
                                "\u0001n" => "n",
                                _ => SqlText.QuoteLiteral(part),
                            }
                        )
                )
                + ")::text";

    /// <summary>The selector's query with its parameters in place, in one pass: a subquery takes none.</summary>
    internal static string Inline(Selector selector)
    {
        var parameters = selector.Parameters();
        return Parameter()
            .Replace(
                selector.Sql,
                found =>
                    parameters[found.ValueSpan[1] - '1'] is { } value
                        ? SqlText.QuoteLiteral(value) + "::text"
                        : "NULL::text"
            );
    }

    [GeneratedRegex("(?<found>\u0001[stn])(?:\\(\\))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Found();

    [GeneratedRegex(@"\$[1-9]::text", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();
}
