using System.Text;
using Symphony.Catalog;
using Symphony.Evidence.Reproduction;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Cli.Output;

/// <summary>The files of a pack. Everything that a database has named is quoted or escaped in them.</summary>
/// <param name="schema">The statements that make the broken state; null where it lies in rows, which no evidence holds.</param>
internal sealed class ReproPackFiles(
    RecordedFailure failure,
    IReadOnlyList<Invariant> invariants,
    IReadOnlyList<string>? schema,
    int major
)
{
    public IReadOnlyDictionary<string, string> ToFiles(KindRegistry kinds)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["check.sql"] = new PackCheckScript(failure, invariants, major).Write(),
            ["facts.sql"] = Facts(),
            ["expected.json"] = PackedFailure.ExpectedFacts(failure),
        };
        if (schema is not null)
        {
            files["schema.sql"] = Schema(schema);
        }

        if (PackedFailure.ManifestExcerpt(failure, kinds) is { } manifest)
        {
            files["manifest.yml"] = manifest;
        }

        files["README.md"] = Readme(files.ContainsKey("manifest.yml"));
        return files;
    }

    private string Readme(bool hasManifest)
    {
        var text = new StringBuilder();
        text.Append($"# {failure.Bundle.TaskId}: {failure.Bundle.FailureSignature}\n\n")
            .Append(schema is null ? OnItsDatabase() : InAnEmptyDatabase())
            .Append("It ends with `reproduced` and exit code 0 where the facts are the recorded ones.\n\n")
            .Append("| file | what it is |\n|---|---|\n")
            .Append(
                schema is null
                    ? ""
                    : "| schema.sql | the tables and sequences in their broken state, and what they need; a ledger with the rows that were recorded, and no other rows. It makes their owners where the cluster has no such roles |\n"
            )
            .Append("| check.sql | the queries, held against the recorded facts; it writes nothing |\n")
            .Append(
                "| facts.sql | the same queries, which print the facts as they are; it ends where the server refuses one |\n"
            )
            .Append("| expected.json | the recorded facts, and why they are a failure |\n")
            .Append(
                hasManifest ? "| manifest.yml | what was claimed: `symphony verify --invariants manifest.yml` |\n" : ""
            )
            .Append("\n## What fails\n\n");
        foreach (var check in failure.Checks)
        {
            var subject = check.Subject is null ? "the rule as a whole" : Markdown(check.Subject);
            text.Append($"- `{check.Id}`, {check.Kind}: {subject}. {Markdown(check.Explanation)}\n");
            foreach (var statement in check.Remedy)
            {
                text.Append($"\n  Repair:\n\n{Indented(statement + ";")}\n");
            }
        }

        return text.ToString();
    }

    private string InAnEmptyDatabase() =>
        $"A failure, to be seen with PostgreSQL {major} and psql alone. In an empty database:\n\n"
        + "```sh\ncreatedb symphony_repro\n"
        + "psql -X -v ON_ERROR_STOP=1 -d symphony_repro -f schema.sql\n"
        + "psql -X -v ON_ERROR_STOP=1 -d symphony_repro -f check.sql\n```\n\n";

    private string OnItsDatabase() =>
        $"A failure, to be seen with psql alone on PostgreSQL {major}. It lies in rows, and evidence holds none: it is\n"
        + $"seen on the database that it was found in ({Markdown(failure.Bundle.Target.Database)}), or on a copy. Nothing is written there.\n\n"
        + "```sh\npsql -X -v ON_ERROR_STOP=1 -d \"$DATABASE_URL\" -f check.sql\n```\n\n";

    private static string Schema(IReadOnlyList<string> statements)
    {
        var text = new StringBuilder();
        text.Append("-- The state of a recorded failure, with no rows but those that its facts hold.\n");
        foreach (var statement in Definitions.Settings.Concat(statements))
        {
            text.Append(statement).Append(";\n\n");
        }

        return text.ToString();
    }

    private string Facts()
    {
        using var text = new StringWriter { NewLine = "\n" };
        new PsqlScript(text).Write(invariants, major);
        return text.ToString();
    }

    /// <summary>Text of a database in Markdown: one line, nothing that it would read as markup or HTML.</summary>
    private static string Markdown(string? text)
    {
        var safe = new StringBuilder();
        foreach (var character in TerminalText.Escape(text ?? ""))
        {
            safe.Append(
                character switch
                {
                    '<' => "&lt;",
                    '&' => "&amp;",
                    '`' or '*' or '_' or '[' or ']' or '|' or '\\' or '#' or '!' => "\\" + character,
                    _ => character.ToString(),
                }
            );
        }

        return safe.ToString();
    }

    private static string Indented(string sql) =>
        string.Concat(TerminalText.EscapeLines(sql).Split('\n').Select(line => $"      {line}\n"));
}
