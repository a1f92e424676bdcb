using Npgsql;
using Symphony.Catalog;

namespace Symphony.Tests.Catalog;

public sealed class ConnectionTargetTests
{
    [Theory]
    [InlineData("postgres://u@h:5433/d", "u", "h", 5433, "d", null)]
    [InlineData("postgresql://u:p@h/d", "u", "h", 5432, "d", "p")]
    [InlineData("POSTGRES://u@h/d", "u", "h", 5432, "d", null)]
    [InlineData("postgres://us%40er:p%3Aa%2Fs%20s%25@h/d%20b", "us@er", "h", 5432, "d b", "p:a/s s%")]
    [InlineData("postgres://u:p@ss@h/d", "u", "h", 5432, "d", "p@ss")]
    [InlineData("postgres://u:a;b=c@h/d", "u", "h", 5432, "d", "a;b=c")]
    [InlineData("postgres://u@[::1]:5433/d", "u", "::1", 5433, "d", null)]
    [InlineData("postgres://u@%2Fvar%2Frun%2Fpostgresql/d", "u", "/var/run/postgresql", 5432, "d", null)]
    [InlineData("postgres:///d?host=/var/run/postgresql&user=u", "u", "/var/run/postgresql", 5432, "d", null)]
    [InlineData("postgres://h/d?user=u&password=p%26q&port=5433", "u", "h", 5433, "d", "p&q")]
    [InlineData("host=h port=5433 dbname=d user=u password='a b\\'c\\\\'", "u", "h", 5433, "d", "a b'c\\")]
    [InlineData("host = h dbname = d user = u", "u", "h", 5432, "d", null)]
    [InlineData("Host=h;Port=5433;Database=d;Username=u;Password=p", "u", "h", 5433, "d", "p")]
    [InlineData("Server=h;User Id=u;Database=d;Password='a;b'", "u", "h", 5432, "d", "a;b")]
    [InlineData("host=h user=u dbname=d password=x://y", "u", "h", 5432, "d", "x://y")]
    [InlineData("postgres://u@h", "u", "h", 5432, "u", null)]
    public void An_address_is_read_in_every_spelling(
        string text,
        string user,
        string host,
        int port,
        string database,
        string? password
    )
    {
        var target = Parse(text);
        var settings = new NpgsqlConnectionStringBuilder(target.ToConnectionString());

        Assert.Equal((user, host, port, database), (target.Username, target.Host, target.Port, target.Database));
        Assert.Equal(
            (user, host, port, database, password),
            (settings.Username, settings.Host, settings.Port, settings.Database, settings.Password)
        );
    }

    [Theory]
    [InlineData("sslmode=verify-full", SslMode.VerifyFull)]
    [InlineData("sslmode=verify-ca", SslMode.VerifyCA)]
    [InlineData("sslmode=require", SslMode.Require)]
    [InlineData("sslmode=disable", SslMode.Disable)]
    [InlineData("SslMode=VerifyFull", SslMode.VerifyFull)]
    public void The_words_of_libpq_for_encryption_are_understood(string setting, SslMode mode)
    {
        Assert.Equal(
            mode,
            new NpgsqlConnectionStringBuilder(Parse($"postgres://u@h/d?{setting}").ToConnectionString()).SslMode
        );
    }

    [Theory]
    [InlineData("", null, GssEncryptionMode.Disable)]
    [InlineData("?gssencmode=prefer", null, GssEncryptionMode.Prefer)]
    [InlineData("?gssencmode=require", "disable", GssEncryptionMode.Require)]
    [InlineData("", "require", GssEncryptionMode.Require)]
    public void Tickets_are_used_where_somebody_asks_for_it(string setting, string? variable, GssEncryptionMode mode)
    {
        var environment = new Dictionary<string, string>();
        if (variable is not null)
        {
            environment["PGGSSENCMODE"] = variable;
        }

        var target = Parse($"postgres://u@h/d{setting}", environment);

        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(target.ToConnectionString()).GssEncryptionMode);
    }

    [Theory]
    [InlineData("channel_binding=require")]
    [InlineData("gssencmode=disable")]
    [InlineData("sslnegotiation=postgres")]
    [InlineData("application_name=psql&client_encoding=UTF8")]
    [InlineData("options=-c%20geqo%3Doff")]
    public void Settings_that_hosters_write_into_their_addresses_are_accepted(string settings)
    {
        Assert.Equal("d", Parse($"postgres://u@h/d?{settings}").Database);
    }

    [Theory]
    [InlineData("mysql://u:secret@h/d", "the scheme mysql://")]
    [InlineData("secret", "text that is not keyword=value")]
    [InlineData("host=h password='secret", "a quoted value that is not closed")]
    [InlineData("host=h secret word", "text that is not keyword=value")]
    [InlineData("postgres://u:secret@a,b/d", "several hosts; one is needed, because evidence names one database")]
    [InlineData("postgres://u:secret@h:many/d", "a value of port that cannot be used")]
    [InlineData("host=h sslmode=often password=secret", "a value of sslmode that cannot be used")]
    [InlineData("host=h sslmod=require password=secret", "the unknown setting sslmod")]
    [InlineData("Host=h;Password=secret;=", "key=value pairs that do not parse")]
    [InlineData("hostname=h password=x://secret", "the unknown setting hostname")]
    public void An_address_that_cannot_be_read_is_told_without_its_password(string text, string found)
    {
        var failure = Assert.Throws<InputException>(() => Parse(text));

        Assert.Equal(found, failure.Found);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://u:secret@h/d", "postgres://u@h:5432/d")]
    [InlineData("postgres://h/d?user=u&password=secret", "postgres://u@h:5432/d")]
    [InlineData("host=/run/pg user=u dbname=d password=secret", "postgres://u@[/run/pg]:5432/d")]
    public void What_people_see_has_no_password(string text, string shown)
    {
        Assert.Equal(shown, Parse(text).ToString());
    }

    [Fact]
    public void What_is_given_comes_before_DATABASE_URL_and_that_before_the_PG_variables()
    {
        var all = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = "postgres://url@url-host/url-db",
            ["PGHOST"] = "pg-host",
            ["PGDATABASE"] = "pg-db",
            ["PGUSER"] = "pg",
            ["PGPORT"] = "6000",
            ["PGPASSWORD"] = "secret",
        };

        Assert.Equal(
            "postgres://given@given-host:6000/given-db",
            Parse("postgres://given@given-host/given-db", all).ToString()
        );
        Assert.Equal("postgres://url@url-host:6000/url-db", Parse(null, all).ToString());
        Assert.Equal("postgres://url@url-host:6000/url-db", Parse("", all).ToString());
        all.Remove("DATABASE_URL");
        Assert.Equal("postgres://pg@pg-host:6000/pg-db", Parse(null, all).ToString());
        Assert.Equal("secret", new NpgsqlConnectionStringBuilder(Parse(null, all).ToConnectionString()).Password);
    }

    [Fact]
    public void Nothing_said_is_not_taken_for_this_machine()
    {
        Assert.Equal(
            "it is not said which database is meant",
            Assert.Throws<InputException>(() => Parse(null)).Message
        );
        Assert.Throws<InputException>(() => Parse(null, new() { ["DATABASE_URL"] = "", ["PGHOST"] = "" }));
    }

    [Fact]
    public void Another_database_of_the_same_server_keeps_the_rest()
    {
        Assert.Equal("postgres://u@h:5433/other", Parse("postgres://u:p@h:5433/d").WithDatabase("other").ToString());
    }

    private static ConnectionTarget Parse(string? text, Dictionary<string, string>? environment = null) =>
        ConnectionTarget.Parse(text, name => environment?.GetValueOrDefault(name));
}
