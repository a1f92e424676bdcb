namespace Symphony.Tests.Reports;

/// <summary>
/// A command as GitHub's runner reads it from a step's output: blanks around a line do not count, "::" begins one, and
/// of the older form "##[" counts anywhere.
/// </summary>
internal sealed record WorkflowCommand(
    string Name,
    IReadOnlyList<(string Name, string Value)> Properties,
    string Message
)
{
    public static List<WorkflowCommand> Read(string output) =>
        [.. output.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<WorkflowCommand>()];

    private static WorkflowCommand? Parse(string line)
    {
        var text = line.Trim();
        if (!text.StartsWith("::", StringComparison.Ordinal))
        {
            var old = text.IndexOf("##[", StringComparison.Ordinal);
            return old < 0 ? null : new WorkflowCommand(text[old..], [], "");
        }

        var end = text.IndexOf("::", 2, StringComparison.Ordinal);
        Assert.True(end > 0, line);
        var head = text[2..end].Split(' ', 2);
        return new WorkflowCommand(
            head[0],
            head.Length == 1
                ? []
                :
                [
                    .. head[1]
                        .Split(',')
                        .Select(property => property.Split('=', 2))
                        .Select(property => (property[0], UnescapeProperty(property[1]))),
                ],
            Unescape(text[(end + 2)..])
        );
    }

    private static string UnescapeProperty(string text) =>
        Unescape(text.Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal));

    private static string Unescape(string text) =>
        text.Replace("%0D", "\r", StringComparison.Ordinal)
            .Replace("%0A", "\n", StringComparison.Ordinal)
            .Replace("%25", "%", StringComparison.Ordinal);
}
