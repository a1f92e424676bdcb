using System.Globalization;
using System.Text;
using System.Text.Json;
using Symphony.Evidence;

namespace Symphony.Tests.Evidence;

public sealed class CanonicalNumberTests
{
    /// <summary>RFC 8785 appendix B: the double's bits, and its canonical form.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    [InlineData(0x3e60000000000000, "2.9802322387695312e-8")] // beside the appendix: 2^-25 and 2^-958, which .NET 10 misprints
    [InlineData(0x0410000000000000, "4.1045368012983762e-289")]
    public void Numbers_are_printed_as_appendix_B_has_them(ulong bits, string expected) =>
        Assert.Equal(expected, Printed(BitConverter.UInt64BitsToDouble(bits)));

    [Theory]
    [InlineData(0x7fffffffffffffff)]
    [InlineData(0x7ff0000000000000)]
    [InlineData(0xfff0000000000000)]
    public void What_is_not_a_finite_number_is_refused(ulong bits) =>
        Assert.Throws<JsonException>(() => Printed(BitConverter.UInt64BitsToDouble(bits)));

    [Fact]
    public void Every_double_reads_back_as_itself()
    {
        var random = new Random(8785);
        var anywhere = Enumerable
            .Range(0, 100_000)
            .Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        var powers = Enumerable.Range(-1074, 2098).Select(exponent => Math.Pow(2, exponent));
        foreach (var value in anywhere.Where(double.IsFinite).Concat(powers))
        {
            Assert.Equal(value, double.Parse(Printed(value), CultureInfo.InvariantCulture));
        }
    }

    private static string Printed(double value)
    {
        var output = new ByteBuffer();
        CanonicalNumber.Write(value, output);
        return Encoding.UTF8.GetString(output.Written);
    }
}
