using Symphony.Migrations;

namespace Symphony.Tests.Migrations;

public sealed class MigrationDirectoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("symphony-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Files_come_in_the_order_of_their_numbers_and_are_known_by_their_names()
    {
        Write("0010_b.sql");
        Write("0002_a.sql");
        Write("0100_c_2.sql");

        Assert.Equal(
            ["0002_a", "0010_b", "0100_c_2"],
            MigrationDirectory.Read(_directory).Select(file => file.Version)
        );
    }

    [Fact]
    public void The_checksum_is_the_sha256_of_the_bytes()
    {
        // FIPS 180-4, example of the one-block message "abc".
        Write("0001_a.sql", "abc");

        Assert.Equal(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            Assert.Single(MigrationDirectory.Read(_directory)).Checksum
        );
    }

    [Fact]
    public void Files_that_no_one_means_as_migrations_are_passed_over()
    {
        Write("0001_a.sql");
        Write("README.md");
        Write(".0001_a.sql.swp");

        Assert.Single(MigrationDirectory.Read(_directory));
    }

    [Theory]
    [InlineData("1_a.sql")]
    [InlineData("00001_a.sql")]
    [InlineData("0002-a.sql")]
    [InlineData("0002_A.sql")]
    [InlineData("0002_a.SQL")]
    [InlineData("0002_.sql")]
    [InlineData("0002__a.sql")]
    [InlineData("0002_a b.sql")]
    [InlineData("0002_é.sql")]
    [InlineData("٠٠٠٢_a.sql")]
    [InlineData("0002_a.sql.orig")]
    [InlineData("0002_a")]
    [InlineData("init.sql")]
    public void A_misnamed_file_is_refused_by_name(string name)
    {
        Write("0001_a.sql");
        Write(name);

        Assert.Equal(name, Assert.Throws<InputException>(() => MigrationDirectory.Read(_directory)).Found);
    }

    [Fact]
    public void Two_files_with_one_number_are_refused_by_name()
    {
        Write("0001_a.sql");
        Write("0002_b.sql");
        Write("0002_c.sql");

        Assert.Equal(
            "0002_b.sql, 0002_c.sql",
            Assert.Throws<InputException>(() => MigrationDirectory.Read(_directory)).Found
        );
    }

    [Fact]
    public void An_empty_folder_is_not_a_success() =>
        Assert.Throws<InputException>(() => MigrationDirectory.Read(_directory));

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        Assert.Throws<InputException>(() => MigrationDirectory.Read(Path.Combine(_directory, "nowhere")));

    [Fact]
    public void A_folder_where_a_file_should_be_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "0001_a.sql"));

        Assert.Throws<InputException>(() => MigrationDirectory.Read(_directory));
    }

    private void Write(string name, string content = "SELECT 1;") =>
        File.WriteAllText(Path.Combine(_directory, name), content);
}
