using System.Globalization;
using System.Text.Json;

namespace Symphony.Evidence;

/// <summary>
/// Numbers as RFC 8785 section 3.2.2.3 writes them: the double's shortest digits that read back as the same double,
/// laid out by ECMA-262's Number::toString.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary>Any integer of so many digits is a double's exact value.</summary>
    private const int ExactDigits = 15;

    /// <summary>A sign, 17 digits, and the longest of: 21 digits, "0.00000" before them, or "e+308" after.</summary>
    private const int MaxLength = 32;

    private static ReadOnlySpan<byte> WidestExact => "9007199254740991"u8;

    /// <param name="token">The number as JSON has it.</param>
    /// <param name="wideIntegersAsStrings">Whether an integer beyond ±(2^53 - 1) is written as a string.</param>
    /// <exception cref="JsonException">The number is too large for a double.</exception>
    public static void Write(ReadOnlySpan<byte> token, bool wideIntegersAsStrings, ByteBuffer output)
    {
        var digits = token[0] == '-' ? token[1..] : token;
        if (!digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            if (digits.Length <= ExactDigits && (digits[0] != '0' || token.Length == 1))
            {
                output.Write(token);
                return;
            }

            if (wideIntegersAsStrings && IsWide(digits))
            {
                output.Write((byte)'"');
                output.Write(token);
                output.Write((byte)'"');
                return;
            }
        }

        Write(double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture), output);
    }

    /// <summary>Whether an integer is beyond ±(2^53 - 1), where a double does not hold each.</summary>
    public static bool IsWide(long value) => value is > 9007199254740991 or < -9007199254740991;

    /// <exception cref="JsonException">The number is not finite.</exception>
    public static void Write(double value, ByteBuffer output)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonException("A number is too large for a double.");
        }

        if (value < 0)
        {
            output.Write((byte)'-');
        }

        Span<byte> printed = stackalloc byte[MaxLength];
        var length = PrintShortest(Math.Abs(value), printed);
        Span<byte> digits = stackalloc byte[MaxLength];
        var count = Digits(printed[..length], digits, out var point);
        Lay(digits[..count], point, output);
    }

    /// <summary>.NET prints the shortest digits too, as 123.45 or 1.2345E+30; only where the point stands differs.</summary>
    private static int PrintShortest(double value, Span<byte> printed)
    {
        value.TryFormat(printed, out var length, "R", CultureInfo.InvariantCulture);

        // .NET 10 prints 2^-25 and 2^-958 one digit too short: they read back as the double below (dotnet/runtime pull
        // request 131131). Seventeen digits are then the shortest.
        if (double.Parse(printed[..length], CultureInfo.InvariantCulture) != value)
        {
            value.TryFormat(printed, out length, "E16", CultureInfo.InvariantCulture);
        }

        return length;
    }

    private static bool IsWide(ReadOnlySpan<byte> digits) =>
        digits.Length > WidestExact.Length
        || (digits.Length == WidestExact.Length && digits.SequenceCompareTo(WidestExact) > 0);

    /// <summary>The digits without zeros around them, and how many of them stand before the point.</summary>
    private static int Digits(ReadOnlySpan<byte> printed, Span<byte> digits, out int point)
    {
        var exponentAt = printed.IndexOf((byte)'E');
        var mantissa = exponentAt < 0 ? printed : printed[..exponentAt];
        var exponent =
            exponentAt < 0
                ? 0
                : int.Parse(printed[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var pointAt = mantissa.IndexOf((byte)'.');
        point = (pointAt < 0 ? mantissa.Length : pointAt) + exponent;
        var count = 0;
        foreach (var character in mantissa)
        {
            if (character == '0' && count == 0)
            {
                point -= 1;
            }
            else if (character != '.')
            {
                digits[count++] = character;
            }
        }

        return digits[..count].TrimEnd((byte)'0').Length;
    }

    /// <summary>ECMA-262, Number::toString: k digits, n of them before the point.</summary>
    private static void Lay(ReadOnlySpan<byte> digits, int point, ByteBuffer output)
    {
        switch (point)
        {
            case var _ when digits.IsEmpty:
                output.Write((byte)'0');
                break;
            case > 0 and <= 21 when point >= digits.Length:
                output.Write(digits);
                output.Write("000000000000000000000"u8[..(point - digits.Length)]);
                break;
            case > 0 and <= 21:
                output.Write(digits[..point]);
                output.Write((byte)'.');
                output.Write(digits[point..]);
                break;
            case > -6 and <= 0:
                output.Write("0.00000"u8[..(2 - point)]);
                output.Write(digits);
                break;
            default:
                LayWithExponent(digits, point - 1, output);
                break;
        }
    }

    private static void LayWithExponent(ReadOnlySpan<byte> digits, int exponent, ByteBuffer output)
    {
        output.Write(digits[..1]);
        if (digits.Length > 1)
        {
            output.Write((byte)'.');
            output.Write(digits[1..]);
        }

        output.Write(exponent < 0 ? "e-"u8 : "e+"u8);
        Span<byte> printed = stackalloc byte[4];
        Math.Abs(exponent).TryFormat(printed, out var length, provider: CultureInfo.InvariantCulture);
        output.Write(printed[..length]);
    }
}
