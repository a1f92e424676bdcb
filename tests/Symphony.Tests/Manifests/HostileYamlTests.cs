using Symphony.Manifests.Yaml;

namespace Symphony.Tests.Manifests;

/// <summary>Files made to break the reader, and files broken by accident: each says what is wrong and where.</summary>
public sealed class HostileYamlTests
{
    [Theory]
    [InlineData("", "m.yml:1:1: expected a YAML document, found an empty file")]
    [InlineData("# only words\n", "m.yml:1:1: expected a YAML document, found an empty file")]
    [InlineData("...\na: 1\n", "m.yml:1:1: expected a YAML document, found the end of one: `...`; leave it out")]
    [InlineData("# c\n...\n\na: 1\n", "m.yml:2:1: expected a YAML document, found the end of one: `...`; leave it out")]
    [InlineData("a: [%YAML 99999999999.1\n>", "m.yml:2:1: expected YAML, found something that cannot be read")]
    [InlineData("---\n...\n", "m.yml:1:1: expected a YAML document, found an empty document")]
    [InlineData(
        "a: 1\n---\nb: 2\n",
        "m.yml:2:1: expected the end of the file, found a second document; put it into a file of its own"
    )]
    [InlineData(
        "a: 1\nb: {a: 1, c: 2,\n  a: 3}\n",
        "m.yml:3:3: expected each key once, found a second `a`; the first is on line 2, column 5"
    )]
    [InlineData(
        "a: &x {b: 1}\nc:\n  <<: *x\n",
        "m.yml:3:3: expected a key, found the merge key `<<`; YAML 1.2 has none: write the keys out"
    )]
    [InlineData("[a]: b", "m.yml:1:1: expected text as a key, found a list")]
    [InlineData("? {a: b}\n: c", "m.yml:1:3: expected text as a key, found a mapping")]
    [InlineData("a: &k x\n*k : y", "m.yml:2:1: expected text as a key, found an alias")]
    [InlineData(
        "a: !!binary aGk=",
        "m.yml:1:4: expected no tag, found the tag `tag:yaml.org,2002:binary`; leave it out"
    )]
    [InlineData("a: !point [1, 2]", "m.yml:1:4: expected no tag, found the tag `!point`; leave it out")]
    [InlineData("a: !!int 1", "m.yml:1:4: expected no tag, found the tag `tag:yaml.org,2002:int`; leave it out")]
    [InlineData("a:\n  b: 1\n\tc: 2\n", "m.yml:3:1: expected spaces as indentation, found a tab")]
    [InlineData("a:\n\tb: 1\n", "m.yml:2:1: expected spaces as indentation, found a tab")]
    [InlineData("\ta: 1\n", "m.yml:1:1: expected spaces as indentation, found a tab")]
    [InlineData("-\ta: 1\n  b: 2\n", "m.yml:1:2: expected spaces as indentation, found a tab")]
    [InlineData("a: b\u0000c", "m.yml:1:5: expected printable text, found the character U+0000; save it as UTF-8 text")]
    [InlineData(
        "a: 1\nb: \u001b[31m",
        "m.yml:2:4: expected printable text, found the character U+001B; in double quotes it can be written as \\u001B"
    )]
    [InlineData(
        "a: \u2028",
        "m.yml:1:4: expected printable text, found the character U+2028; in double quotes it can be written as \\u2028"
    )]
    [InlineData("a: \"\\0\"", "m.yml:1:4: expected text that PostgreSQL and JSON can hold, found an escaped zero byte")]
    [InlineData(
        "a: \"\\ud800\"",
        "m.yml:1:4: expected YAML, found an error while scanning a quoted scalar, found invalid Unicode surrogates"
    )]
    [InlineData("a: \"\\UFFFFFFFF\"", "m.yml:1:5: expected YAML, found an escape that is no character")]
    [InlineData(
        "a: *nowhere",
        "m.yml:1:4: expected the anchor `&nowhere` further up, found the alias `*nowhere`; put text that begins with `*` in quotes"
    )]
    [InlineData(
        "a: &x [*x]",
        "m.yml:1:8: expected a value that does not contain itself, found the alias `*x`; write the value out"
    )]
    [InlineData(
        "a: 1\nb\n",
        "m.yml:2:1: expected YAML, found an error while parsing a block mapping, did not find expected key; write `key: value`, with keys of one mapping in one column"
    )]
    [InlineData(
        "a: b: c",
        "m.yml:1:5: expected YAML, found an error while scanning a plain scalar value, found invalid mapping; put text that holds `: ` in quotes, and keys of one mapping in one column"
    )]
    [InlineData(
        "a: @x",
        "m.yml:1:4: expected YAML, found an error while scanning for the next token, found character that cannot start any token; put text that begins with `@` in quotes"
    )]
    [InlineData(
        "a: 'x",
        "m.yml:1:4: expected YAML, found an error while scanning a quoted scalar, found unexpected end of stream; close the quotes"
    )]
    public void A_broken_file_has_one_problem_with_its_place_and_what_to_do(string text, string problem)
    {
        Assert.Equal(problem, YamlFile.Problem(text));
    }

    [Fact]
    public void All_problems_of_the_tree_are_told_at_once()
    {
        var problems = YamlFile.Problems("a: !x 1\na: 2\n<<: 3\n[b]: 4\nc: *d\n");

        Assert.Equal([1, 2, 3, 4, 5], problems.Select(problem => int.Parse(problem.Split(':')[1])));
    }

    [Fact]
    public void A_duplicate_key_does_not_hide_the_tree()
    {
        var (root, problems) = YamlFile.Read("a: 1\na: 2\n");

        Assert.Single(problems);
        Assert.Equal("1", ((YamlScalar)root!.Find("a")!).Text);
    }

    [Theory]
    [InlineData(
        new byte[] { 0x61, 0x3A, 0x20, 0x31, 0x0D, 0x0A, 0x62, 0xC3, 0x28 },
        "m.yml:2:2: expected UTF-8 text, found the byte 0xC3; save it as UTF-8"
    )]
    [InlineData(
        new byte[] { 0xFF, 0xFE, 0x61, 0x00 },
        "m.yml:1:1: expected UTF-8 text, found a UTF-16 or UTF-32 byte order mark; save it as UTF-8"
    )]
    [InlineData(
        new byte[] { 0xFE, 0xFF, 0x00, 0x61 },
        "m.yml:1:1: expected UTF-8 text, found a UTF-16 or UTF-32 byte order mark; save it as UTF-8"
    )]
    [InlineData(
        new byte[] { 0x61, 0x00, 0xE9, 0x00 },
        "m.yml:1:2: expected printable text, found the character U+0000; save it as UTF-8 text"
    )]
    [InlineData(
        new byte[] { 0xED, 0xA0, 0x80 },
        "m.yml:1:1: expected UTF-8 text, found the byte 0xED; save it as UTF-8"
    )]
    public void Bytes_that_are_not_utf8_are_told_with_the_first_bad_one(byte[] bytes, string problem)
    {
        Assert.Equal(problem, Assert.Single(YamlFile.Read(bytes).Problems).ToString());
    }

    [Fact]
    public void A_tab_that_is_not_indentation_is_read()
    {
        Assert.Equal("a\tb", ((YamlScalar)YamlFile.Root("x: a\tb\t# why\ny: {\n\tz: 1}\n").Find("x")!).Text);
        Assert.Equal("\tSELECT\n", ((YamlScalar)YamlFile.Root("sql: |\n  \tSELECT\n").Find("sql")!).Text);
    }
}
