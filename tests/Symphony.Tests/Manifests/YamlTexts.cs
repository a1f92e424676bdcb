using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Symphony.Tests.Manifests;

/// <summary>What a generator makes of YAML's own signs: some of it is right, most of it is broken.</summary>
internal static class YamlTexts
{
    public static Gen<byte[]> OfSigns => Signs.ListOf().Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));

    private static Gen<string> Signs =>
        Gen.Elements(
            "a",
            "b: ",
            ": ",
            "- ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&a ",
            "*a ",
            "!!str ",
            "!x ",
            "!<t> ",
            "|",
            ">",
            "|2-",
            "'",
            "\"",
            "\\",
            "\\x4",
            "\\u12",
            "\\UFFFFFFFF",
            "%YAML 1.2\n",
            "%YAML 99999999999.1\n",
            "%TAG !e! tag:e,1:\n",
            "---",
            "...",
            "#",
            " ",
            "  ",
            "\n",
            "\n  ",
            "\r",
            "\t",
            "\uFEFF",
            "<<",
            "~",
            "1",
            "@",
            "`",
            "é",
            "😀",
            "|\n",
            ">-\n",
            "---\n",
            "--- ",
            "...\n",
            "# c\n"
        );
}
