using Symphony.Sql.Bodies;

namespace Symphony.Tests.Sql;

public sealed class RestoringBodyTests
{
    private static readonly string[] Columns = ["payer_id"];

    [Theory]
    [InlineData("BEGIN RETURN OLD; END")]
    [InlineData("BEGIN IF NEW.locked THEN RETURN OLD; ELSE RETURN NEW; END IF; END")]
    [InlineData("BEGIN NEW.payer_id := OLD.payer_id; RETURN NEW; END")]
    [InlineData("BEGIN new.\"payer_id\" = coalesce(NEW.payer_id, OLD.payer_id); RETURN NEW; END")]
    [InlineData("BEGIN NEW := OLD; RETURN NEW; END")]
    public void A_body_that_returns_or_assigns_what_the_row_was_can_restore_it(string body) =>
        Assert.True(RestoringBody.CanRestore(body, Columns));

    [Theory]
    [InlineData("BEGIN NEW.note := OLD.note; RETURN NEW; END")]
    [InlineData("BEGIN NEW.payer_id := 1; RETURN NEW; END")]
    [InlineData("BEGIN IF NEW = OLD THEN RETURN OLD; END IF; RETURN NEW; END")]
    [InlineData("BEGIN IF NEW.payer_id = OLD.payer_id THEN PERFORM log(); END IF; RETURN NEW; END")]
    [InlineData("BEGIN RAISE EXCEPTION 'no'; RETURN OLD; END")]
    [InlineData("BEGIN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END")]
    [InlineData("BEGIN 'unfinished")]
    public void Of_any_other_nothing_is_said(string body) => Assert.False(RestoringBody.CanRestore(body, Columns));
}
