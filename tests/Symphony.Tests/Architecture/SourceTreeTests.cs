using System.Text.RegularExpressions;
using Symphony.Catalog;
using Symphony.Kinds;

namespace Symphony.Tests.Architecture;

public sealed partial class SourceTreeTests
{
    private const int LongestFile = 350;

    public static TheoryData<string> KindFolders =>
        [
            .. Directory
                .GetDirectories(Repository.File("src/Symphony/Kinds"))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal),
        ];

    public static TheoryData<string> SqlFiles => [.. Repository.FilesBelow("src/Symphony", "*.sql")];

    [Theory]
    [MemberData(nameof(KindFolders))]
    public void A_kind_is_its_class_its_query_and_its_example(string folder)
    {
        var files = Repository.FilesBelow($"src/Symphony/Kinds/{folder}", "*").ToList();

        Assert.Contains($"{folder}Kind.cs", files);
        Assert.Contains("facts.sql", files);
        Assert.Contains("example.yml", files);
        // Parts of the kind's class, and helpers of this kind alone: ExclusionElement.cs, RoleRight.cs.
        Assert.All(
            files.Except(["facts.sql", "example.yml"]),
            file => Assert.Matches($"^{folder}[A-Za-z.]*\\.cs$", file)
        );
    }

    [Fact]
    public void Every_kind_in_the_folder_is_in_the_registry()
    {
        Assert.Equal(
            KindFolders.Select(row => row.Data + "Kind").Order(StringComparer.Ordinal),
            KindRegistry.Standard.Kinds.Select(kind => kind.GetType().Name).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(SqlFiles))]
    public void A_query_names_its_catalogs_with_their_schema(string file)
    {
        var sql = LineComment().Replace(VersionedSql.ReadResource(file), "");

        Assert.Equal([], UnqualifiedCatalog().Matches(sql).Select(match => match.Value));
    }

    [Fact]
    public void Every_fragment_of_sql_stands_in_a_query()
    {
        const string Fragments = "Catalog/Fragments/";
        var files = Repository.FilesBelow("src/Symphony", "*.sql").ToList();
        var included = files
            .SelectMany(file => Include().Matches(VersionedSql.ReadResource(file)))
            .Select(match => $"{Fragments}{match.Value}.sql");

        Assert.All(files, file => Assert.DoesNotMatch(Include(), VersionedSql.ReadWhole(file)));
        Assert.Equal(
            files.Where(file => file.StartsWith(Fragments, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            included.Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void No_source_file_is_too_long_to_be_read()
    {
        var tooLong =
            from file in Repository.FilesBelow("src", "*.cs")
            let lines = File.ReadLines(Repository.File($"src/{file}")).Count()
            where lines > LongestFile
            select $"{file}: {lines} lines";

        Assert.Equal([], tooLong);
    }

    [GeneratedRegex(@"(?<=^\s*-- include )\w+", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Include();

    [GeneratedRegex("--.*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LineComment();

    /// <summary>Something of pg_catalog after FROM or JOIN without its schema.</summary>
    [GeneratedRegex(
        @"(?<=\b(?:FROM|JOIN)\s+(?:LATERAL\s+)?)(?:pg_(?!catalog\.)\w+)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex UnqualifiedCatalog();
}
