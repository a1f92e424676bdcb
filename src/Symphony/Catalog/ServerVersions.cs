namespace Symphony.Catalog;

/// <summary>The servers that the catalog queries were written for and are tested with.</summary>
public static class ServerVersions
{
    public const int Oldest = 14;

    public const int Newest = 18;

    /// <summary>What to say of a server that is newer than the tests know, or null.</summary>
    /// <param name="versionNum">Its <c>server_version_num</c>; 0 when it did not say.</param>
    public static string? Warning(int versionNum) =>
        versionNum / 10000 is var major and > Newest
            ? $"PostgreSQL {major} is newer than the servers Symphony is tested with ({Oldest} to {Newest}): what is new in its catalog is not looked at"
            : null;

    /// <exception cref="UnobservedException">The server is older than the queries are written for.</exception>
    internal static void Require(int major)
    {
        if (major < Oldest)
        {
            throw new UnobservedException(
                "the server cannot be read",
                $"PostgreSQL {Oldest} or newer",
                $"PostgreSQL {major}",
                "upgrade the server; older ones are out of support, and their catalog is another"
            );
        }
    }
}
