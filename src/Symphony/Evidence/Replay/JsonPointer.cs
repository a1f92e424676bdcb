using System.Globalization;
using System.Text;

namespace Symphony.Evidence.Replay;

/// <summary>Places inside JSON documents (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Member(string pointer, string name) =>
        pointer + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Item(string pointer, int index) =>
        pointer + "/" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Of what System.Text.Json says: <c>$.checks[0].verdict</c>, <c>$['a.b']</c>.</summary>
    public static string OfPath(string? path)
    {
        var pointer = new StringBuilder();
        for (var at = 1; at < (path?.Length ?? 0); )
        {
            var (step, next) = path![at] switch
            {
                '[' when path.IndexOf("']", at, StringComparison.Ordinal) is var end and > 0 && path[at + 1] == '\'' =>
                    (path[(at + 2)..end], end + 2),
                '[' when path.IndexOf(']', at) is var end and > 0 => (path[(at + 1)..end], end + 1),
                _ => Name(path, at + 1),
            };
            pointer.Append(Member("", step));
            at = next;
        }

        return pointer.ToString();
    }

    private static (string Step, int Next) Name(string path, int from)
    {
        var end = path.AsSpan(from).IndexOfAny('.', '[');
        end = end < 0 ? path.Length : from + end;
        return (path[from..end], end);
    }
}
