namespace Symphony.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string File(string relative) => Path.Combine(Root, relative);

    /// <summary>The files of a folder with their paths inside it, without what a build makes.</summary>
    public static IEnumerable<string> FilesBelow(string folder, string pattern) =>
        Directory
            .EnumerateFiles(File(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(File(folder), file).Replace('\\', '/'))
            .Where(file =>
                !$"/{file}".Contains("/obj/", StringComparison.Ordinal)
                && !$"/{file}".Contains("/bin/", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

    private static string Find(string folder) =>
        System.IO.File.Exists(Path.Combine(folder, "Symphony.sln"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder)
                    ?? throw new InvalidOperationException("The tests do not run inside the checkout.")
            );
}
