using System.Text.Json;
using System.Text.RegularExpressions;

namespace Symphony.Evidence;

/// <summary>
/// Takes passwords out of arguments before they are stored: those of a connection URI and of key=value text, in any
/// spelling that a connection is read from. Where it is not clear where a password ends, more is taken out.
/// </summary>
public static partial class Redaction
{
    private const string Hidden = "***";

    /// <summary>Milliseconds. An argument is short; one that is made to be slow to read is not stored at all.</summary>
    private const int Patience = 1000;

    public static string Of(string text)
    {
        try
        {
            text = UriPassword().Replace(text, $"${{before}}{Hidden}@");
            text = text.Contains("://", StringComparison.Ordinal) ? UriSetting().Replace(text, HideSetting) : text;
            var password = text.Contains(';', StringComparison.Ordinal) ? SemicolonPassword() : KeywordPassword();
            return password.Replace(text, $"${{before}}{Hidden}");
        }
        catch (RegexMatchTimeoutException)
        {
            return Hidden;
        }
    }

    /// <summary>Every text in it, and every member that is called a password, whatever it is; not that there is none.</summary>
    public static JsonElement Of(JsonElement json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, json);
        }

        return JsonElement.Parse(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (
                        member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False)
                        && IsPassword().IsMatch(member.Name)
                    )
                    {
                        writer.WriteStringValue(Hidden);
                    }
                    else
                    {
                        Write(writer, member.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Of(json.GetString()!));
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    /// <summary>A keyword may be percent-encoded, so its name is read as the connection's reader does.</summary>
    private static string HideSetting(Match setting)
    {
        var keyword = Uri.UnescapeDataString(setting.Groups["keyword"].Value);
        return IsPassword().IsMatch(keyword)
            ? $"{setting.Groups["before"].Value}{setting.Groups["keyword"].Value}={Hidden}"
            : setting.Value;
    }

    /// <summary>From the first colon after the scheme to the last @: a password may hold either.</summary>
    [GeneratedRegex(@"(?<before>://[^:@]*:).*@", RegexOptions.Singleline | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex UriPassword();

    [GeneratedRegex(@"(?<before>[?&])(?<keyword>[^=&]*)=[^&]*", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex UriSetting();

    [GeneratedRegex(@"password|pwd|passphrase", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex IsPassword();

    /// <summary>libpq's form: a value in single quotes, or one without blanks; a backslash takes the next character.</summary>
    [GeneratedRegex(
        @"(?<before>(password|pwd)\s*=\s*)('(\\.|[^'\\])*'?|(\\.|[^\s\\])*)",
        RegexOptions.IgnoreCase
            | RegexOptions.Singleline
            | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture,
        Patience
    )]
    private static partial Regex KeywordPassword();

    /// <summary>.NET's form: a value in double or single quotes, or all up to the semicolon, blanks included.</summary>
    [GeneratedRegex(
        @"(?<before>(password|pwd)\s*=\s*)(""(""""|[^""])*""?|'(''|[^'])*'?|[^;]*)",
        RegexOptions.IgnoreCase
            | RegexOptions.Singleline
            | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture,
        Patience
    )]
    private static partial Regex SemicolonPassword();
}
