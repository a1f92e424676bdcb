namespace Symphony.Manifests.Changes;

/// <summary>Where a rule covers less, or something else.</summary>
internal static class RuleComparison
{
    public static IEnumerable<ManifestChange> Compare(string id, Rule? before, Rule? after)
    {
        if (before is null && after is null)
        {
            yield break;
        }

        if (before is null || after is null)
        {
            yield return new(ChangeKind.Changed, id, "for_each", Text(before), Text(after));
            yield break;
        }

        if (after.AtLeast < before.AtLeast)
        {
            yield return new(ChangeKind.Loosened, id, "for_each.at_least", $"{before.AtLeast}", $"{after.AtLeast}");
        }

        var (was, now) = (before.Selector, after.Selector);
        if (was with { Except = now.Except } != now)
        {
            yield return new(ChangeKind.Changed, id, "for_each", Text(before), Text(after));
        }

        if (now.Except.Except(was.Except, StringComparer.Ordinal).Any())
        {
            yield return new(ChangeKind.Loosened, id, "for_each.except", List(was.Except), List(now.Except));
        }
    }

    private static string Text(Rule? rule) => rule?.Selector.ToString() ?? "one object";

    private static string List(IEnumerable<string> names) => $"[{string.Join(", ", names)}]";
}
