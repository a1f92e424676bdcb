using System.Text;
using Symphony.Migrations;

namespace Symphony.Tests.Migrations;

/// <summary>Migrations that are never on disk.</summary>
internal static class Files
{
    public static MigrationFile File(string name, string content = "SELECT 1;\n") =>
        File(name, Encoding.UTF8.GetBytes(content));

    public static MigrationFile File(string name, byte[] content) => MigrationFile.Of($"migrations/{name}", content);
}
