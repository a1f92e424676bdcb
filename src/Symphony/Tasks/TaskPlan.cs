using System.Text.RegularExpressions;
using Symphony.Manifests.Binding;

namespace Symphony.Tasks;

/// <summary>
/// A task's PLAN.md, as far as machines read it: its markers, each a line <c>name: value</c> outside of code blocks.
/// </summary>
/// <param name="Shown">The file, as the user would name it.</param>
/// <param name="Markers">In the order of lines.</param>
/// <param name="NearMisses">Lines that look like a marker and are none.</param>
public sealed partial record TaskPlan(
    string Shown,
    IReadOnlyList<PlanMarker> Markers,
    IReadOnlyList<(PlanMarker Marker, string Meant)> NearMisses
)
{
    public const string FileName = "PLAN.md";

    /// <summary>A plan is read by people; what is longer is no plan.</summary>
    private const int Longest = 1024 * 1024;

    public string? StatusText => Markers.FirstOrDefault(marker => marker.Name == PlanMarker.FinalStatus)?.Value;

    /// <summary>The failure signatures that the plan names.</summary>
    public IEnumerable<string> Signatures =>
        Markers
            .Where(marker => marker.Name == PlanMarker.FailureSignature)
            .SelectMany(marker => SignaturesIn(marker.Value));

    public static IReadOnlyList<string> SignaturesIn(string value) =>
        value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Null when there is no such file.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static TaskPlan? Read(string path, string shown)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return null;
            }

            // A pipe or a device has no length, and no end either.
            return file.Length == 0 ? Parse("", shown)
                : SmallFile.Read(path, Longest) is { Length: <= Longest } bytes ? Parse(SmallFile.Text(bytes), shown)
                : throw Unreadable(shown, $"more than {Longest} bytes");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(shown, failure.Message);
        }
    }

    public static TaskPlan Parse(string text, string shown)
    {
        var (markers, near) = (new List<PlanMarker>(), new List<(PlanMarker, string)>());
        var inCode = false;
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            number++;
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inCode = !inCode;
                continue;
            }

            if (inCode || Marker().Match(line) is not { Success: true } found)
            {
                continue;
            }

            var value = found.Groups["value"];
            var marker = new PlanMarker(found.Groups["name"].Value, Unquoted(value.Value), number, value.Index + 1);
            if (PlanMarker.Names.Contains(marker.Name, StringComparer.Ordinal))
            {
                markers.Add(marker);
            }
            else if (MeantBy(marker.Name) is { } meant)
            {
                near.Add((marker, meant));
            }
        }

        return new TaskPlan(shown, markers, near);
    }

    /// <summary>The marker that a name was meant to be; null for one that is something else.</summary>
    private static string? MeantBy(string name)
    {
        var plain = name.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
        return Nearest.Of(plain, PlanMarker.Names);
    }

    /// <summary>Markdown's code marks around a command are not part of it.</summary>
    private static string Unquoted(string value)
    {
        value = value.Trim();
        return value.Length > 1 && value[0] == '`' && value[^1] == '`' && value.Count(c => c == '`') == 2
            ? value[1..^1].Trim()
            : value;
    }

    private static InputException Unreadable(string shown, string found) =>
        new("a task's plan cannot be read", $"a text file of at most 1 MiB: {shown}", found, "check the file");

    /// <summary>Also as an entry of a list, and with a bold name, as people write it in Markdown.</summary>
    [GeneratedRegex(
        @"^\s{0,3}([-*]\s+)?(\*\*)?(?<name>[A-Za-z][A-Za-z0-9]*([_ -][A-Za-z0-9]+){1,3})(\*\*)?\s*:(\*\*)?[ \t]*(?<value>.*)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Marker();
}
