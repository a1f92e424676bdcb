using FsCheck;
using FsCheck.Fluent;
using Symphony.Catalog;
using Symphony.Kinds;

namespace Symphony.Tests.Kinds;

public sealed class FunctionNameTests
{
    [Theory]
    [InlineData("f()", "f()")]
    [InlineData("app.f( )", "app.f()")]
    [InlineData("app.f (uuid,text)", "app.f(uuid, text)")]
    [InlineData("f(int, varchar(10), timestamptz(3))", "f(integer, character varying, timestamp with time zone)")]
    [InlineData("f(numeric(12, 2)[], char(3), bit)", "f(numeric[], character, bit)")]
    [InlineData("f(bpchar, bpchar[], interval day to second(3))", "f(character, character[], interval)")]
    [InlineData("f(\"char\", float(24), float)", "f(\"char\", real, double precision)")]
    [InlineData("f(app.colour[], public.\"a, b (c)\")", "f(app.colour[], public.\"a, b (c)\")")]
    [InlineData("\"a.b\".\"f(x\"(int)", "\"a.b\".\"f(x\"(integer)")]
    [InlineData("\" f \"()", "\" f \"()")]
    public void A_function_is_named_with_the_servers_own_names_of_types(string text, string name) =>
        Assert.Equal(name, FunctionName.Parse(text).ToString());

    [Theory]
    [InlineData("f")]
    [InlineData("")]
    [InlineData("()")]
    [InlineData("(int)")]
    [InlineData("f(")]
    [InlineData("f(int")]
    [InlineData("f(int,)")]
    [InlineData("f(,)")]
    [InlineData("f(int) ")]
    [InlineData("f(int); DROP TABLE t; --)")]
    [InlineData("f(int /* )")]
    [InlineData("f('a')")]
    [InlineData("f(a = b)")]
    [InlineData("a.b.c()")]
    [InlineData("f(\"a)")]
    public void What_names_no_function_says_how_one_is_written(string text) =>
        Assert.StartsWith(
            "a function with its argument types, such as",
            Assert.Throws<FormatException>(() => FunctionName.Parse(text)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Any_name_survives_being_written_and_read()
    {
        var names = ArbMap
            .Default.GeneratorFor<NonEmptyString>()
            .Select(name => name.Get.Replace("\0", "0", StringComparison.Ordinal));
        var arguments = Gen.Elements("integer", "app.colour[]", "public.\"a\"\"b, (c)\"", "timestamp with time zone");

        Prop.ForAll(
                Arb.From(names),
                Arb.From(names),
                Arb.From(Gen.ListOf(arguments)),
                (schema, name, types) =>
                {
                    var function = new FunctionName(new ObjectName(schema, name), new EquatableList<string>(types));
                    return FunctionName.Parse(function.ToString()) == function;
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
