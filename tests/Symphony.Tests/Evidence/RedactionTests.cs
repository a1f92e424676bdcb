using System.Text.Json;
using Symphony.Evidence;

namespace Symphony.Tests.Evidence;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("postgres://u:SECRET@h:5432/d", "postgres://u:***@h:5432/d")]
    [InlineData("--database-url=postgresql://u:SECRET@h/d", "--database-url=postgresql://u:***@h/d")]
    [InlineData("postgres://u:SEC@RET:x/SECRET@h/d", "postgres://u:***@h/d")]
    [InlineData("postgres://u:SEC RET@h/d", "postgres://u:***@h/d")]
    [InlineData("postgres://:SECRET@h/d", "postgres://:***@h/d")]
    [InlineData(
        "postgres://u@h/d?sslmode=require&p%61ssword=SECRET",
        "postgres://u@h/d?sslmode=require&p%61ssword=***"
    )]
    [InlineData("postgres://u@h/d?sslpassword=SECRET", "postgres://u@h/d?sslpassword=***")]
    [InlineData("host=h password=SECRET dbname=d", "host=h password=*** dbname=d")]
    [InlineData("host=h password = 'SEC RET \\' SECRET' dbname=d", "host=h password = *** dbname=d")]
    [InlineData("host=h password=SEC\\ RET dbname=d", "host=h password=*** dbname=d")]
    [InlineData("Host=h;Password=SEC RET;Database=d", "Host=h;Password=***;Database=d")]
    [InlineData("Host=h;PWD=\"SEC;RET\"\"SECRET\";Database=d", "Host=h;PWD=***;Database=d")]
    [InlineData("Host=h;Pwd='SEC;RET';Database=d", "Host=h;Pwd=***;Database=d")]
    [InlineData("PGPASSWORD=SECRET", "PGPASSWORD=***")]
    [InlineData("host=h password='SEC", "host=h password=***")]
    public void Passwords_are_taken_out_in_every_spelling(string argument, string expected)
    {
        Assert.Equal(expected, Redaction.Of(argument));
        Assert.DoesNotContain("SEC", Redaction.Of(argument), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://u@h:5432/d?sslmode=require")]
    [InlineData("postgres://[::1]:5432/d")]
    [InlineData("host=/tmp dbname=d user=u")]
    [InlineData("--task=TSK-P0-149")]
    [InlineData("git@example.org:repository")]
    public void What_holds_no_password_stays_as_it_is(string argument) =>
        Assert.Equal(argument, Redaction.Of(argument));

    /// <summary>A password may be a number, or stand deeper; that there is none, or that there is one, is no password.</summary>
    [Theory]
    [InlineData("""{"password":"SECRET"}""", """{"password":"***"}""")]
    [InlineData("""{"db_pwd":54321}""", """{"db_pwd":"***"}""")]
    [InlineData("""{"a":[{"passphrase":["SECRET"]}]}""", """{"a":[{"passphrase":"***"}]}""")]
    [InlineData("""{"password":{"value":"SECRET"}}""", """{"password":"***"}""")]
    [InlineData("""{"password":null,"has_password":true}""", """{"password":null,"has_password":true}""")]
    [InlineData("""["postgres://u:SECRET@h/d",1.50]""", """["postgres://u:***@h/d",1.50]""")]
    public void A_document_keeps_all_but_its_passwords(string document, string stored) =>
        Assert.Equal(stored, Redaction.Of(JsonElement.Parse(document)).GetRawText());
}
