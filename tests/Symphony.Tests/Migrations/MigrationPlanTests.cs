using Symphony.Migrations;
using static Symphony.Tests.Migrations.Files;

namespace Symphony.Tests.Migrations;

public sealed class MigrationPlanTests
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Fact]
    public void What_the_ledger_does_not_have_is_pending_in_order()
    {
        var plan = Plan([File("0001_a.sql"), File("0002_b.sql"), File("0005_c.sql")], Applied(File("0001_a.sql")));

        Assert.Equal(["0001_a"], plan.Applied.Select(entry => entry.Version));
        Assert.Equal(["0002_b", "0005_c"], plan.Pending.Select(script => script.Version));
    }

    [Fact]
    public void A_changed_file_is_refused_by_name()
    {
        var found = Refused([File("0001_a.sql", "SELECT 2;\n"), File("0002_b.sql")], Applied(File("0001_a.sql"))).Found;

        Assert.Equal("0001_a.sql changed after it was applied at 2026-01-02 03:04:05Z", found);
    }

    [Fact]
    public void A_change_of_line_ends_alone_is_told_as_such() =>
        Assert.EndsWith(
            "(in its line ends only)",
            Refused([File("0001_a.sql", "SELECT\r\n1;\r\n")], Applied(File("0001_a.sql", "SELECT\n1;\n"))).Found,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_missing_file_is_refused_by_name() =>
        Assert.Contains(
            "0001_a.sql was applied at 2026-01-02 03:04:05Z and is missing",
            Refused([File("0002_b.sql", "SELECT 2;")], Applied(File("0001_a.sql"))).Found,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_renamed_file_is_recognised_by_its_content() =>
        Assert.Contains(
            "0001_a.sql was applied at 2026-01-02 03:04:05Z and is missing (0001_renamed.sql has its content)",
            Refused([File("0001_renamed.sql")], Applied(File("0001_a.sql"))).Found,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_file_inserted_before_the_last_applied_one_is_refused_by_name() =>
        Assert.Equal(
            "0002_b.sql is new and stands before 0003_c, which is applied",
            Refused(
                [File("0001_a.sql"), File("0002_b.sql"), File("0003_c.sql")],
                Applied(File("0003_c.sql")),
                Applied(File("0001_a.sql"))
            ).Found
        );

    [Fact]
    public void All_disagreements_are_told_at_once()
    {
        var found = Refused(
            [File("0001_a.sql", "SELECT 2;"), File("0002_b.sql")],
            Applied(File("0001_a.sql")),
            Applied(File("0003_c.sql"))
        ).Found;

        Assert.Contains("0001_a.sql changed", found, StringComparison.Ordinal);
        Assert.Contains("0003_c.sql was applied", found, StringComparison.Ordinal);
        Assert.Contains("0002_b.sql is new", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_pending_files_have_to_be_usable()
    {
        var past = File("0001_a.sql", "BEGIN; SELECT 1; COMMIT;");

        Assert.Single(Plan([past, File("0002_b.sql")], Applied(past)).Pending);
        Assert.Throws<InputException>(() => Plan([past, File("0002_b.sql")]));
    }

    private static AppliedMigration Applied(MigrationFile file) =>
        new(file.Version, file.Checksum.ToUpperInvariant(), At);

    private static MigrationPlan Plan(
        IReadOnlyList<MigrationFile> files,
        params IReadOnlyList<AppliedMigration> ledger
    ) => MigrationPlan.Of("migrations", files, ledger);

    private static InputException Refused(
        IReadOnlyList<MigrationFile> files,
        params IReadOnlyList<AppliedMigration> ledger
    ) => Assert.Throws<InputException>(() => Plan(files, ledger));
}
