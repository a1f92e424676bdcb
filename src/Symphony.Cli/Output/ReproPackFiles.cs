using System.Text;
using Symphony.Catalog;
using Symphony.Evidence.Reproduction;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Sql;

namespace Symphony.Cli.Output;

/// <summary>The files of a pack. Everything that a database has named is quoted or escaped in them.</summary>
internal sealed class ReproPackFiles(
    RecordedFailure failure,
    IReadOnlyList<Invariant> invariants,
    IReadOnlyList<string> definitions,
    int major
)
{
    public IReadOnlyDictionary<string, string> ToFiles(KindRegistry kinds) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["README.md"] = Readme(),
            ["schema.sql"] = Schema(),
            ["check.sql"] = Check(),
            ["facts.sql"] = Facts(),
            ["expected.json"] = PackedFailure.ExpectedFacts(failure),
            ["manifest.yml"] = PackedFailure.ManifestExcerpt(failure, kinds),
        };

    private string Readme()
    {
        var text = new StringBuilder();
        text.Append($"# {failure.Bundle.TaskId}: {failure.Bundle.FailureSignature}\n\n")
            .Append($"A failure, to be seen with PostgreSQL {major} and psql alone. In an empty database:\n\n")
            .Append("```sh\ncreatedb symphony_repro\n")
            .Append("psql -X -v ON_ERROR_STOP=1 -d symphony_repro -f schema.sql\n")
            .Append("psql -X -v ON_ERROR_STOP=1 -d symphony_repro -f check.sql\n```\n\n")
            .Append("The last one ends with `reproduced` and exit code 0 where the facts are the recorded ones.\n\n")
            .Append("| file | what it is |\n|---|---|\n")
            .Append(
                "| schema.sql | the tables in their broken state, and what they need; no rows. It makes their owners where the cluster has no such roles |\n"
            )
            .Append("| check.sql | the catalog queries, held against the recorded facts |\n")
            .Append("| facts.sql | the same queries, which print the facts as they are |\n")
            .Append("| expected.json | the recorded facts, and why they are a failure |\n")
            .Append("| manifest.yml | what was claimed: `symphony verify --invariants manifest.yml` |\n\n")
            .Append("## What fails\n\n");
        foreach (var check in failure.Checks)
        {
            text.Append($"- `{check.Id}`, {check.Kind}: {Markdown(check.Subject)}. {Markdown(check.Explanation)}\n");
            foreach (var statement in check.Remedy)
            {
                text.Append($"\n  Repair:\n\n{Indented(statement + ";")}\n");
            }
        }

        return text.ToString();
    }

    private string Schema()
    {
        var text = new StringBuilder();
        text.Append("-- The tables of a recorded failure, without their rows.\n");
        foreach (var statement in Definitions.Settings.Concat(definitions))
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

    /// <summary>Per kind one query: the recorded facts beside those of now.</summary>
    private string Check()
    {
        var text = new StringBuilder();
        text.Append("-- Are the facts those that were recorded? Nothing is written.\n")
            .Append("\\set ON_ERROR_STOP on\n\\set reproduced true\n")
            .Append("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;\n");
        foreach (var setting in CatalogSession.Settings)
        {
            text.Append(setting).Append(";\n");
        }

        foreach (
            var kind in failure
                .Checks.Zip(invariants)
                .GroupBy(pair => pair.Second.Kind)
                .OrderBy(group => group.Key.Key, StringComparer.Ordinal)
        )
        {
            var checks = kind.ToList();
            var subjects = checks.ConvertAll(pair => pair.Second.Kind.SubjectOf(pair.Second.Claim!));
            var query = new FactQuery(kind.Key.Key, kind.Key.FactsSql(major), subjects);
            var rows = checks.Select(
                (pair, i) =>
                    $"({i + 1}, {SqlText.QuoteLiteral(pair.First.Id)}, {SqlText.QuoteLiteral(pair.First.Subject ?? "")}, {Fact(pair.First)})"
            );
            text.Append($"\nPREPARE symphony_{query.Name} (text[], text[], text[]) AS\n")
                .Append("SELECT bool_and(f.fact IS NOT DISTINCT FROM e.fact) AS as_recorded,\n")
                .Append(
                    "       string_agg(concat(CASE WHEN f.fact IS NOT DISTINCT FROM e.fact THEN 'as recorded' ELSE 'OTHERWISE' END,\n"
                )
                .Append(
                    "         '  ', e.id, ' ', e.name, '  ', COALESCE(f.fact::text, '(no such object)')), E'\\n' ORDER BY e.ordinal) AS report\n"
                )
                .Append(
                    $"FROM (VALUES\n  {string.Join(",\n  ", rows)}\n) AS e (ordinal, id, name, fact)\nLEFT JOIN (\n"
                )
                .Append(query.Sql)
                .Append("\n) AS f (subject, fact) ON f.subject = e.ordinal;\n")
                .Append(
                    $"EXECUTE symphony_{query.Name} ({string.Join(", ", query.Parameters().Select(SqlText.QuoteLiteral))}) \\gset\n"
                )
                .Append("\\echo :report\n\\if :as_recorded\n\\else\n\\set reproduced false\n\\endif\n");
        }

        return text.Append("COMMIT;\n\\if :reproduced\n\\echo 'reproduced'\n\\else\n")
            .Append("DO $$ BEGIN RAISE EXCEPTION 'the facts are not those that were recorded'; END $$;\n\\endif\n")
            .ToString();
    }

    private static string Fact(Evidence.CheckDocument check) =>
        check.Observed is { ValueKind: not System.Text.Json.JsonValueKind.Null } fact
            ? SqlText.QuoteLiteral(fact.GetRawText()) + "::jsonb"
            : "NULL::jsonb";

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
