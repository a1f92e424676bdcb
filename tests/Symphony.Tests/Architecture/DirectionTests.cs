using System.Text.RegularExpressions;
using Symphony.Kinds;

namespace Symphony.Tests.Architecture;

/// <summary>Data goes one way: Evidence, Verification, Manifests, Kinds, Catalog, Sql.</summary>
public sealed partial class DirectionTests
{
    /// <summary>
    /// What each room of the library may name besides itself. The root holds what all rooms share (the failures told
    /// to people, EquatableList) and Contracts the words by which records describe themselves: both are free to all,
    /// and name nobody.
    /// </summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        [""] = [],
        ["Contracts"] = [],
        ["Sql"] = [],
        ["Catalog"] = ["Sql"],
        ["Kinds"] = ["Catalog", "Sql"],
        ["Manifests"] = ["Kinds", "Catalog", "Sql"],
        ["Verification"] = ["Manifests", "Kinds", "Catalog", "Sql"],
        ["Probes"] = ["Verification", "Manifests", "Kinds", "Catalog", "Sql"],
        ["Proving"] = ["Probes", "Verification", "Manifests", "Kinds", "Catalog", "Sql"],
        ["Coverage"] = ["Verification", "Manifests", "Kinds", "Catalog", "Sql"],
        ["Evidence"] = ["Verification", "Manifests", "Kinds", "Catalog", "Sql"],
        ["Tasks"] = ["Evidence", "Verification", "Manifests", "Kinds", "Catalog", "Sql"],
        ["Migrations"] = ["Catalog", "Sql"],
        ["Schemas"] = ["Catalog", "Sql"],
        ["Linting"] = ["Migrations", "Schemas", "Probes", "Verification", "Manifests", "Kinds", "Catalog", "Sql"],
        ["Servers"] = [],
    };

    private static readonly Type[] Types = [.. typeof(KindRegistry).Assembly.GetTypes().Where(IsOurs)];

    [Fact]
    public void Every_room_of_the_library_has_its_place_in_the_order()
    {
        Assert.Equal(
            [],
            Types.Select(Room).Distinct().Where(room => !Allowed.ContainsKey(room)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void No_room_names_one_that_comes_after_it()
    {
        var against =
            from type in Types
            let allowed = Allowed.GetValueOrDefault(Room(type), [])
            from named in TypeReferences.Of(type).Where(IsOurs)
            let room = Room(named)
            where room != Room(type) && room is not ("" or "Contracts") && !allowed.Contains(room)
            select $"{type.FullName} names {named.FullName}";

        Assert.Equal([], against.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_registry_names_a_concrete_kind_and_no_kind_names_another()
    {
        var against =
            from type in Types
            where Outermost(type) != typeof(KindRegistry)
            from named in TypeReferences.Of(type)
            where KindFolder(named) is { } folder && folder != KindFolder(type)
            select $"{type.FullName} names {named.FullName}";

        Assert.Equal([], against.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reader_of_compiled_code_sees_what_stands_only_in_a_method()
    {
        Assert.Contains(typeof(Symphony.Kinds.Index.IndexKind), TypeReferences.Of(typeof(KindRegistry)));
    }

    [Fact]
    public void The_library_has_no_console_and_never_ends_the_process()
    {
        var against =
            from file in Repository.FilesBelow("src/Symphony", "*.cs")
            where Process().IsMatch(File.ReadAllText(Repository.File($"src/Symphony/{file}")))
            select file;

        Assert.Equal([], against);
    }

    [Fact]
    public void The_library_does_not_know_the_command_line()
    {
        var against =
            from file in Repository.FilesBelow("src/Symphony", "*.cs")
            where CommandLine().IsMatch(File.ReadAllText(Repository.File($"src/Symphony/{file}")))
            select file;

        Assert.Equal([], against);
        Assert.DoesNotContain(
            typeof(KindRegistry).Assembly.GetReferencedAssemblies(),
            name => name.Name is "symphony" or "System.CommandLine"
        );
    }

    /// <summary>Not what the compiler and generators put beside it.</summary>
    private static bool IsOurs(Type type) => type.Namespace?.Split('.')[0] == "Symphony";

    /// <summary>The first part of the namespace after the library's own.</summary>
    private static string Room(Type type) => type.Namespace?.Split('.') is [_, var room, ..] ? room : "";

    private static string? KindFolder(Type type) =>
        type.Namespace?.Split('.') is [_, "Kinds", var folder, ..] ? folder : null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex(
        @"\b(Console\.|Environment\.(Exit|FailFast))",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Process();

    [GeneratedRegex(
        @"\b(Symphony\.Cli|System\.CommandLine)\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex CommandLine();
}
