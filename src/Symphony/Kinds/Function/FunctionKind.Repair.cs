using Symphony.Sql;

namespace Symphony.Kinds.Function;

/// <content>How a function is repaired.</content>
public sealed partial class FunctionKind
{
    protected override IEnumerable<string> Remedy(FunctionClaim claim, FunctionFact? fact)
    {
        if (fact is null || fact.Kind != claim.Kind.Text)
        {
            yield break; // Its body is the owner's to bring back.
        }

        var function = claim.Name.ToSql();
        foreach (var change in Changes(claim, fact))
        {
            yield return $"ALTER {claim.Kind.Text.ToUpperInvariant()} {function} {change}";
        }

        foreach (var open in Untrusted(claim, fact).Where(open => open.Grantee is not null))
        {
            yield return $"REVOKE CREATE ON SCHEMA {SqlText.QuoteName(open.Schema)} FROM {Grantees.ToSql(open.Grantee!)}";
        }

        if (claim.Execute is not null)
        {
            foreach (var statement in Grants.Repair($"EXECUTE ON ROUTINE {function}", claim.Execute, fact.Execute))
            {
                yield return statement;
            }
        }
    }

    private static IEnumerable<string> Changes(FunctionClaim claim, FunctionFact fact)
    {
        if (claim.Security is { } security && security.Text != fact.Security)
        {
            yield return $"SECURITY {security.Text.ToUpperInvariant()}";
        }

        if (claim.Volatility is { } volatility && volatility.Text != fact.Volatility)
        {
            yield return volatility.Text.ToUpperInvariant();
        }

        if (claim.Parallel is { } parallel && parallel.Text != fact.Parallel)
        {
            yield return $"PARALLEL {parallel.Text.ToUpperInvariant()}";
        }

        if (claim.Strict is { } strict && strict != fact.Strict)
        {
            yield return strict ? "STRICT" : "CALLED ON NULL INPUT";
        }

        if (claim.Leakproof != fact.Leakproof)
        {
            yield return claim.Leakproof ? "LEAKPROOF" : "NOT LEAKPROOF";
        }

        // One that is there without being claimed only a new definition takes away.
        if (claim.Support is { } support && support.ToString() != fact.Support?.ToString())
        {
            yield return $"SUPPORT {support.ToSql()}";
        }

        foreach (var change in SettingChanges(claim, fact))
        {
            yield return change;
        }

        if (PathOf(claim, fact) is { } path)
        {
            yield return $"SET search_path = {string.Join(", ", path.DefaultIfEmpty("").Select(Element))}";
        }

        if (claim.Owner is { } owner && owner != fact.Owner)
        {
            yield return $"OWNER TO {SqlText.QuoteName(owner)}";
        }
    }

    /// <summary>The path it should have, where that is known: the claimed one, or its own with pg_temp last.</summary>
    private static IReadOnlyList<string>? PathOf(FunctionClaim claim, FunctionFact fact)
    {
        var own = fact.SearchPath?.ToList();
        var wanted =
            claim.SearchPath
            ?? (
                own is null
                || (claim.Security?.Text ?? fact.Security) == FunctionSecurity.Invoker.Text
                || fact.NamesFixed
                    ? own
                    : [.. own.Where(schema => schema != TemporarySchema), TemporarySchema]
            );
        return wanted is not null && (own is null || !wanted.SequenceEqual(own, StringComparer.Ordinal))
            ? wanted
            : null;
    }

    /// <summary>A path's entry is text to SET: a quoted name is one, and an empty one is the empty path.</summary>
    private static string Element(string schema) => schema.Length == 0 ? "''" : SqlText.QuoteName(schema);
}
