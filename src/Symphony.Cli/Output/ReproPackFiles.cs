using System.Text;
using Symphony.Catalog;
using Symphony.Evidence;
using Symphony.Evidence.Reproduction;
using Symphony.Kinds;

namespace Symphony.Cli.Output;

/// <summary>The files of a pack. Everything that a database has named is quoted or escaped in them.</summary>
/// <param name="parts">What is packed.</param>
/// <param name="mark">The comment of the roles that schema.sql makes.</param>
internal sealed class ReproPackFiles(PackParts parts, string mark)
{
    /// <summary>Beside check.sql, for what lies in rows: on the database itself.</summary>
    public const string CheckRows = "check_rows.sql";

    private const string Cleanup = "cleanup.sql";

    private bool IsMade => parts.Made.Count > 0;

    /// <summary>What check.sql is about.</summary>
    private PackedChecks Main => IsMade ? parts.Made : parts.InRows;

    /// <summary>Everything that the pack shows somewhere.</summary>
    private IReadOnlyList<CheckDocument> Shown =>
        [
            .. parts.Made.Failure.Bundle.Checks.Where(check =>
                parts.Made.Failure.Checks.Contains(check) || parts.InRows.Failure.Checks.Contains(check)
            ),
        ];

    public IReadOnlyDictionary<string, string> ToFiles(KindRegistry kinds)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["check.sql"] = Check(Main),
            ["facts.sql"] = Facts(),
            ["expected.json"] = PackedFailure.ExpectedFacts(Main.Failure with { Checks = Shown }),
        };
        if (IsMade)
        {
            files["schema.sql"] = Schema(parts.Schema.Statements);
        }

        if (parts.Schema.Roles.Count > 0)
        {
            files[Cleanup] = DropRoles(parts.Schema.Roles);
        }

        if (IsMade && parts.InRows.Count > 0)
        {
            files[CheckRows] = Check(parts.InRows);
        }

        if (PackedFailure.ManifestExcerpt(Main.Failure, kinds) is { } manifest)
        {
            files["manifest.yml"] = manifest;
        }

        files["README.md"] = Readme(files);
        return files;
    }

    private string Readme(IReadOnlyDictionary<string, string> files)
    {
        var bundle = Main.Failure.Bundle;
        var text = new StringBuilder();
        text.Append($"# {bundle.TaskId}: {bundle.FailureSignature}\n\n")
            .Append(IsMade ? InAnEmptyDatabase() : OnItsDatabase("check.sql"))
            .Append("It ends with `reproduced` and exit code 0 where the facts are the recorded ones.\n\n");
        if (files.ContainsKey(CheckRows))
        {
            text.Append(
                    $"What lies in rows ({string.Join(", ", parts.InRows.Failure.Checks.Select(check => $"`{check.Id}`").Distinct())}) is in no empty database. "
                )
                .Append(OnItsDatabase(CheckRows));
        }

        text.Append("| file | what it is |\n|---|---|\n");
        foreach (var (name, what) in Descriptions.Where(file => files.ContainsKey(file.Name)))
        {
            text.Append($"| {name} | {what} |\n");
        }

        text.Append("\n## What fails\n\n");
        foreach (var check in Shown)
        {
            text.Append($"- `{check.Id}`, {check.Kind}: {Subject(check)}. {Markdown(check.Explanation)}\n");
            foreach (var statement in check.Remedy)
            {
                text.Append($"\n  Repair:\n\n{Indented(statement + ";")}\n");
            }
        }

        if (files.ContainsKey(Cleanup))
        {
            text.Append(AboutRoles());
        }

        if (IsMade && parts.Schema.ListsRoles)
        {
            text.Append("\n## The server\n\n")
                .Append(
                    "Some facts list the roles of the whole cluster that have a right such as BYPASSRLS. On a server that has others\n"
                )
                .Append("of them check.sql says `OTHERWISE`, and is right: take one that is there for this alone.\n");
        }

        if (parts.LeftOut.Count > 0)
        {
            text.Append("\n## What fails too, and is not in this pack\n\n")
                .Append("`symphony repro` shows it on a database.\n\n");
        }

        foreach (var left in parts.LeftOut)
        {
            text.Append($"- `{left.Check.Id}`, {left.Check.Kind}: {Subject(left.Check)}. {Markdown(left.Reason)}\n");
        }

        return text.ToString();
    }

    private static IReadOnlyList<(string Name, string What)> Descriptions =>
        [
            (
                "schema.sql",
                "the objects in their broken state, and what they need; a ledger with the rows that were recorded, and no other rows; the roles that own them, that policies are for, or that the failure is about; grants where it is about those"
            ),
            (Cleanup, "drops the roles that schema.sql has made, and no others"),
            ("check.sql", "the queries, held against the recorded facts; it writes nothing"),
            (CheckRows, "the same for what lies in rows, on the database itself"),
            (
                "facts.sql",
                "the same queries as in check.sql, which print the facts as they are; it ends where the server refuses one"
            ),
            ("expected.json", "the recorded facts, and why they are a failure"),
            ("manifest.yml", "what was claimed: `symphony verify --invariants manifest.yml`"),
        ];

    private static string Subject(CheckDocument check) =>
        check.Subject is null ? "the rule as a whole" : Markdown(check.Subject);

    private string InAnEmptyDatabase() =>
        $"A failure, to be seen with PostgreSQL {parts.Major} and psql alone. "
        + (parts.Schema.Roles.Count == 0 ? "" : "It makes roles in the whole cluster: see [Roles](#roles) first.\n")
        + "In an empty database:\n\n"
        + "```sh\ncreatedb symphony_repro\n"
        + "psql -X -v ON_ERROR_STOP=1 -d symphony_repro -f schema.sql\n"
        + "psql -X -v ON_ERROR_STOP=1 -d symphony_repro -f check.sql\n```\n\n";

    private string OnItsDatabase(string script) =>
        (IsMade ? "" : $"A failure, to be seen with psql alone on PostgreSQL {parts.Major}. It lies in rows. ")
        + "Evidence holds no rows: it is\n"
        + $"seen on the database that it was found in ({Markdown(Main.Failure.Bundle.Target.Database)}), or on a copy. Nothing is written there.\n\n"
        + $"```sh\npsql -X -v ON_ERROR_STOP=1 -d \"$DATABASE_URL\" -f {script}\n```\n\n";

    private string AboutRoles()
    {
        var text = new StringBuilder();
        text.Append("\n## Roles\n\n")
            .Append(
                "Roles are not of a database but of the whole cluster: whoever runs schema.sql needs to be a superuser.\n"
            )
            .Append(
                "It makes these where the cluster has none of that name, without a password, and changes none that is there.\n"
            );
        var counting = parts.Schema.Roles.Where(role => role.Counts).ToList();
        if (counting.Count > 0)
        {
            text.Append(
                    "\nThe failure rests on what these may do. They are made as they were recorded, powerful ones and such that may log in\n"
                )
                .Append(
                    "included: take a server that is there for this alone, and that has no role of these names. Where one is there and\n"
                )
                .Append("may do something else, schema.sql ends with an error that names it.\n\n");
            foreach (var role in counting)
            {
                var memberships = string.Concat(role.Granted.Select(held => $", a member of {Markdown(held.Role)}"));
                text.Append($"- {Markdown(role.Name)}{memberships}: {role.Attributes}\n");
            }
        }

        var named = parts.Schema.Roles.Where(role => !role.Counts).Select(role => Markdown(role.Name)).ToList();
        if (named.Count > 0)
        {
            text.Append(
                $"\nOnly the names of these are used, and they are made without login or any privilege: {string.Join(", ", named)}.\n"
            );
        }

        return text.Append(
                $"""

                To have them removed again, those that schema.sql has made (their comment says so) and no others:

                ```sh
                dropdb symphony_repro
                psql -X -v ON_ERROR_STOP=1 -d postgres -f {Cleanup}
                ```

                """.ReplaceLineEndings("\n")
            )
            .ToString();
    }

    private string DropRoles(IReadOnlyList<RoleDefinition> roles) =>
        "-- Drops the roles that schema.sql has made in this cluster, and no others. The databases that use them go first.\n"
        + $"{PsqlText.Encoding};\n"
        + Definitions.DropRoles(roles, mark)
        + ";\n";

    private string Check(PackedChecks checks) =>
        new PackCheckScript(checks.Failure, checks.Invariants, parts.Major).Write();

    private static string Schema(IReadOnlyList<string> statements)
    {
        var text = new StringBuilder();
        text.Append("-- The state of a recorded failure, with no rows but those that its facts hold.\n")
            .Append($"{PsqlText.Encoding};\n\n");
        foreach (var statement in Definitions.Settings.Concat(statements))
        {
            text.Append(PsqlText.Of(statement)).Append(";\n\n");
        }

        return text.ToString();
    }

    private string Facts()
    {
        using var text = new StringWriter { NewLine = "\n" };
        new PsqlScript(text).Write(Main.Invariants, parts.Major);
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
