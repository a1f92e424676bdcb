using Symphony.Sql.Bodies;

namespace Symphony.Tests.Sql;

public sealed class DroppingBodyTests
{
    [Theory]
    [InlineData("BEGIN RETURN NULL; END", false)]
    [InlineData("BEGIN RETURN NULL; END", true)]
    [InlineData("BEGIN RETURN NEW; END", true)]
    [InlineData("BEGIN IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF; RETURN OLD; END", true)]
    [InlineData("BEGIN IF NEW IS DISTINCT FROM OLD THEN RETURN NULL; END IF; RETURN NEW; END", false)]
    [InlineData("BEGIN SELECT OLD.* INTO NEW; IF NEW = OLD THEN RETURN NULL; END IF; RETURN NEW; END", false)]
    [InlineData("BEGIN IF NEW = OLD THEN RETURN NULL; ELSE RETURN NULL; END IF; END", false)]
    [InlineData("BEGIN IF OLD.kept THEN return null; END IF; RETURN OLD; END", true)]
    [InlineData("DECLARE n int; BEGIN UPDATE t SET gone = true; RETURN /* nothing */ NULL; END", true)]
    public void A_body_that_returns_no_row_can_drop_it(string body, bool isDelete) =>
        Assert.True(DroppingBody.CanDrop(body, isDelete));

    [Theory]
    [InlineData("BEGIN RETURN OLD; END", true)]
    [InlineData("BEGIN RETURN NEW; END", false)]
    [InlineData("BEGIN IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF; RETURN NEW; END", false)]
    [InlineData("BEGIN if (old.* is not distinct from new.*) then return null; end if; return new; END", false)]
    [InlineData("BEGIN RAISE EXCEPTION 'no'; RETURN NULL; END", true)]
    [InlineData("BEGIN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NULL; END", true)]
    [InlineData("BEGIN PERFORM log('RETURN NULL;'); RETURN OLD; END", true)]
    [InlineData("BEGIN 'unfinished", true)]
    public void Of_any_other_nothing_is_said(string body, bool isDelete) =>
        Assert.False(DroppingBody.CanDrop(body, isDelete));
}
