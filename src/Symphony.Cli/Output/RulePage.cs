using Symphony.Linting.Rules;

namespace Symphony.Cli.Output;

/// <summary>A rule's documentation, made of what its code says.</summary>
internal sealed class RulePage(TextWriter output)
{
    public void WriteList(IReadOnlyList<LintRule> rules)
    {
        output.WriteLine("Rules of symphony lint; `symphony lint --explain RULE` says more.");
        output.WriteLine();
        foreach (var rule in rules)
        {
            output.WriteLine($"  {rule.Id, -27} {LintJsonReport.Word(rule.Severity), -7}  {rule.Condition}");
        }
    }

    public void Write(LintRule rule)
    {
        output.WriteLine($"{rule.Id} ({LintJsonReport.Word(rule.Severity)}): {rule.Condition}");
        output.WriteLine();
        output.WriteLine($"Effect    {rule.Effect}");
        output.WriteLine($"Instead   {rule.SafeWay}");
        WriteExample("Found", rule.Bad);
        WriteExample("Not found", rule.Good);
    }

    public void WriteMarkdown(IReadOnlyList<LintRule> rules)
    {
        output.WriteLine("# Rules of `symphony lint`");
        output.WriteLine();
        output.WriteLine("Made by `symphony lint --markdown`; a test fails when this page and the code differ.");
        output.WriteLine();
        output.WriteLine(
            "A migration is applied to a server made for it, on top of those before it, with rows in the tables. A rule\njudges what happened, not the text. \"Existed before\" means: before the migration that is judged."
        );
        output.WriteLine();
        output.WriteLine("| rule | severity | what is found |");
        output.WriteLine("|---|---|---|");
        foreach (var rule in rules)
        {
            output.WriteLine(
                $"| [`{rule.Id}`](#{rule.Id}) | {LintJsonReport.Word(rule.Severity)} | {rule.Condition} |"
            );
        }

        foreach (var rule in rules)
        {
            output.WriteLine();
            output.WriteLine($"## {rule.Id}");
            output.WriteLine();
            output.WriteLine($"{rule.Condition} {rule.Effect}");
            output.WriteLine();
            output.WriteLine($"Instead: {rule.SafeWay}");
            WriteMarkdown("Found", rule.Bad);
            WriteMarkdown("Not found", rule.Good);
        }
    }

    private void WriteExample(string title, LintExample example)
    {
        output.WriteLine();
        output.WriteLine($"{title}, on top of");
        WriteLines(example.Schema);
        output.WriteLine("is");
        WriteLines(example.Migration);
    }

    private void WriteLines(string sql)
    {
        foreach (var line in sql.Split('\n'))
        {
            output.WriteLine($"  {line}".TrimEnd());
        }
    }

    private void WriteMarkdown(string title, LintExample example)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
        output.WriteLine();
        output.WriteLine("```sql");
        output.WriteLine(example.Migration.TrimEnd());
        output.WriteLine("```");
    }
}
