using Symphony.Kinds;

namespace Symphony.Tests.Kinds;

public sealed class ColumnTypeTests
{
    [Theory]
    [InlineData("int", "integer")]
    [InlineData("INT4", "integer")]
    [InlineData("int2", "smallint")]
    [InlineData("bigint", "bigint")]
    [InlineData("int8[]", "bigint[]")]
    [InlineData("pg_catalog.int8", "bigint")]
    [InlineData("text", "text")]
    [InlineData("text [3] [4]", "text[]")]
    [InlineData("integer array", "integer[]")]
    [InlineData("bool", "boolean")]
    [InlineData("float", "double precision")]
    [InlineData("float(24)", "real")]
    [InlineData("float(25)", "double precision")]
    [InlineData("double  precision", "double precision")]
    [InlineData("decimal", "numeric")]
    [InlineData("numeric(12)", "numeric(12,0)")]
    [InlineData("dec( 12 , 2 )", "numeric(12,2)")]
    [InlineData("varchar", "character varying")]
    [InlineData("VarChar(20)", "character varying(20)")]
    [InlineData("char varying (20)", "character varying(20)")]
    [InlineData("char", "character(1)")]
    [InlineData("character(3)", "character(3)")]
    [InlineData("bpchar", "bpchar")]
    [InlineData("bpchar(3)", "character(3)")]
    [InlineData("bit", "bit(1)")]
    [InlineData("varbit(8)", "bit varying(8)")]
    [InlineData("timestamptz", "timestamp with time zone")]
    [InlineData("timestamptz(3)", "timestamp(3) with time zone")]
    [InlineData("timestamp", "timestamp without time zone")]
    [InlineData("timestamp(3)", "timestamp(3) without time zone")]
    [InlineData("timestamp (3) with time zone", "timestamp(3) with time zone")]
    [InlineData("timestamp with time zone", "timestamp with time zone")]
    [InlineData("time", "time without time zone")]
    [InlineData("timetz(0)[]", "time(0) with time zone[]")]
    [InlineData("interval day to second(3)", "interval day to second(3)")]
    [InlineData("uuid", "uuid")]
    [InlineData("public.citext", "public.citext")]
    [InlineData("public.geometry(Point,4326)", "public.geometry(Point,4326)")]
    [InlineData("\"Odd\".\"Colour\"", "\"Odd\".\"Colour\"")]
    [InlineData("\"char\"", "\"char\"")]
    public void A_type_is_written_as_the_server_prints_it(string claimed, string printed) =>
        Assert.Equal(printed, ColumnType.Normalise(claimed));

    [Theory]
    [InlineData("serial")]
    [InlineData("BIGSERIAL")]
    [InlineData(" ")]
    public void What_is_no_type_is_refused(string claimed) => Assert.NotNull(ColumnType.Problem(claimed));

    [Fact]
    public void Reading_a_type_takes_no_longer_for_being_long() =>
        Assert.NotNull(
            ColumnType.Normalise(new string(' ', 20_000) + new string('a', 20_000) + new string(' ', 20_000) + "(")
        );
}
