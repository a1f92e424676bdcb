using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Manifests;

namespace Symphony.Cli.Output;

/// <summary>What one invariant would ask the server, and what answer it would accept.</summary>
internal sealed class InvariantPage(TextWriter output)
{
    private const int NewestMajor = 18;

    public void Write(Invariant invariant)
    {
        output.WriteLine($"{invariant.Id}: {TerminalText.Escape(invariant.Title ?? invariant.Kind.Summary)}");
        output.WriteLine(
            $"  at         {TerminalText.Escape(invariant.ManifestPath)}:{invariant.Location.Line}:{invariant.Location.Column}"
        );
        output.WriteLine($"  task       {invariant.Task}");
        output.WriteLine($"  signature  {invariant.FailureSignature}");
        output.WriteLine($"  severity   {invariant.Severity}");
        if (invariant.Rule is { } rule)
        {
            output.WriteLine(
                $"  for each   of {TerminalText.Escape(rule.Selector.ToString())}; at least {rule.AtLeast}"
            );
            output.WriteLine(
                $"  claims     {Claim(invariant, rule.ClaimFor(new Subject(rule.Selector.Schema, "{table}", rule.Selector.Over == Selector.Tables ? null : "{name}")))}"
            );
        }
        else
        {
            output.WriteLine(
                $"  about      {TerminalText.Escape(invariant.Kind.SubjectOf(invariant.Claim!).ToString())}"
            );
            output.WriteLine($"  claims     {Claim(invariant, invariant.Claim!)}");
        }

        output.WriteLine();
        output.WriteLine(
            $"Asks ({invariant.Kind.Key}, PostgreSQL {NewestMajor}; `symphony compile --only {invariant.Id}` prints it with its parameters):"
        );
        foreach (var line in Sql(invariant).TrimEnd().Split('\n'))
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
        output.WriteLine("Accepts only a fact in which every field claimed is as claimed, and");
        foreach (var condition in invariant.Kind.HoldsOnlyWhen)
        {
            output.WriteLine($"  - {condition}");
        }
    }

    private static string Sql(Invariant invariant) =>
        (invariant.Claim is { } claim ? invariant.Kind.StatementFor(claim) : null)
        ?? invariant.Kind.FactsSql(NewestMajor);

    /// <summary>As a manifest would say it: an operator is not written as a JSON escape.</summary>
    private static string Claim(Invariant invariant, Kinds.Claim claim)
    {
        using var json = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                json,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            JsonSerializer.Serialize(writer, claim, invariant.Kind.ClaimType);
        }

        return TerminalText.Escape(Encoding.UTF8.GetString(json.ToArray()));
    }
}
