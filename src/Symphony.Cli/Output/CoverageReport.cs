using System.Text;
using System.Text.Json;
using Symphony.Coverage;
using Symphony.Kinds;
using Symphony.Verification;

namespace Symphony.Cli.Output;

/// <summary>The guards that no invariant speaks of, and how many there are in all.</summary>
internal sealed class CoverageReport(TextWriter output, Style style)
{
    public void Write(IReadOnlyList<CoveredGuard> guards)
    {
        var silent = guards.Where(guard => guard.Invariants.Count == 0).ToList();
        foreach (var guard in silent)
        {
            output.WriteLine($"{guard.Guard.Sort.Text, -16}  {TerminalText.Escape(NameOf(guard.Guard))}");
        }

        if (silent.Count > 0)
        {
            WriteNext(silent);
        }

        output.WriteLine(
            $"{style.Of(silent.Count == 0 ? Verdict.Pass : Verdict.Fail)}  {guards.Count} guard{(guards.Count == 1 ? "" : "s")}: {guards.Count - silent.Count} spoken of by an invariant, {silent.Count} by none"
        );
    }

    /// <summary>What is lost unclaimed is lost unnoticed: each with the claim to paste, or the page that says how.</summary>
    private void WriteNext(IReadOnlyList<CoveredGuard> silent)
    {
        var claims = silent.Select(guard => guard.Claim).OfType<string>().ToList();
        if (claims.Count > 0)
        {
            output.WriteLine(
                "next    where it is a guarantee, claim it: paste below `invariants:` of the task's manifest"
            );
            foreach (var claim in claims)
            {
                output.WriteLine($"  {TerminalText.Escape(claim)}");
            }
        }

        foreach (
            var kind in silent
                .Where(guard => guard.Claim is null)
                .Select(guard => KindOf(guard.Guard.Sort))
                .Distinct(StringComparer.Ordinal)
        )
        {
            output.WriteLine($"next    `symphony explain {kind}` shows how a {kind} is claimed");
        }
    }

    private static string KindOf(GuardSort sort) =>
        sort == GuardSort.UniqueIndex ? "index"
        : sort == GuardSort.DefinerFunction ? "function"
        : sort.Text;

    /// <summary><c>{"covered":…,"guards":[{"sort":…,"schema":…,"table":…,"name":…,"invariants":[…]}],"uncovered":…}</c></summary>
    public void WriteJson(IReadOnlyList<CoveredGuard> guards)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("covered", guards.Count(guard => guard.Invariants.Count > 0));
            json.WriteStartArray("guards");
            foreach (var (guard, invariants, _) in guards)
            {
                json.WriteStartObject();
                json.WriteString("sort", guard.Sort.Text);
                json.WriteString("schema", guard.Schema);
                json.WriteString("table", guard.Relation);
                json.WriteString("name", guard.Name);
                json.WriteStartArray("invariants");
                foreach (var invariant in invariants)
                {
                    json.WriteStringValue(invariant);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("uncovered", guards.Count(guard => guard.Invariants.Count == 0));
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>A function's name is quoted where it must be, by the query.</summary>
    private static string NameOf(Guard guard) =>
        guard.Relation is null
            ? $"{Catalog.ObjectName.WritePart(guard.Schema!)}.{guard.Name}"
            : new Catalog.Subject(guard.Schema, guard.Relation, guard.Name).ToString();
}
