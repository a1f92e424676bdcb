using System.Text;
using Symphony.Manifests;
using Symphony.Manifests.Yaml;

namespace Symphony.Tests.Manifests;

/// <summary>Reads text as a file named <c>m.yml</c>.</summary>
internal static class YamlFile
{
    public static (YamlNode? Root, ProblemList Problems) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static (YamlNode? Root, ProblemList Problems) Read(byte[] bytes)
    {
        var problems = new ProblemList();
        return (YamlDocument.Read(bytes, "m.yml", problems), problems);
    }

    /// <summary>The root of a file that is expected to be good.</summary>
    public static YamlNode Root(string text)
    {
        var (root, problems) = Read(text);
        Assert.Empty(problems);
        return root!;
    }

    /// <summary>The problems of a file, each as the line that people see.</summary>
    public static string[] Problems(string text) => [.. Read(text).Problems.Select(problem => problem.ToString())];

    public static string Problem(string text) => Assert.Single(Problems(text));
}
