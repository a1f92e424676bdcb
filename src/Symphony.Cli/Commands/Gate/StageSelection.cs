namespace Symphony.Cli.Commands.Gate;

/// <summary>Which stages run: all, or those that <c>--only</c> names and what they stand on, without those of <c>--skip</c>.</summary>
internal sealed class StageSelection(IReadOnlyList<string> only, IReadOnlyList<string> skip)
{
    public static readonly IReadOnlyList<string> Names =
    [
        "doctor",
        "manifests",
        "lint",
        "server",
        "migrate",
        "verify",
        "prove",
        "tasks",
    ];

    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["migrate"] = ["server"],
        ["verify"] = ["manifests", "migrate"],
        ["prove"] = ["verify"],
        ["tasks"] = ["verify"],
    };

    private readonly HashSet<string> _wanted = [.. only.Count == 0 ? Names : only.SelectMany(WithNeeds)];

    public bool Includes(string stage) => _wanted.Contains(stage) && !skip.Contains(stage);

    public string Reason(string stage) =>
        skip.Contains(stage) ? $"--skip {stage}" : string.Join(' ', only.Select(name => $"--only {name}"));

    private static IEnumerable<string> WithNeeds(string name) =>
        Needed.GetValueOrDefault(name, []).SelectMany(WithNeeds).Append(name);
}
