using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Migrations;
using Symphony.Schemas;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony schema</c>: a live schema as text, and how two schemas differ.</summary>
internal static class SchemaCommand
{
    public static Command Create(CliContext context) =>
        new("schema", "Describe the live schema of a database, and say how two schemas differ.")
        {
            CreateDump(context),
            CreateDiff(context),
        };

    private static Command CreateDump(CliContext context)
    {
        var url = new Option<string?>("--database-url")
        {
            Description = "The database: postgres://… or key=value (default: DATABASE_URL, then libpq's PG* variables)",
            HelpName = "URL",
        };
        var dump = new Command(
            "dump",
            "Print every object of a database with its definition, one a line, in a stable order and without OIDs: the same schema gives "
                + "the same bytes. Tables, columns, constraints, indexes, triggers, functions, views, sequences, types, policies, rules, "
                + "schemas, extensions, privileges and settings of the database are in it, and the migrations that its ledger has; rows, roles "
                + "and statistics are not."
        )
        {
            url,
        };
        dump.SetAction(
            async (parsed, cancel) =>
            {
                var target = ConnectionTarget.Parse(parsed.GetValue(url), context.Environment);
                SchemaDump.Write(await ReadAsync(target, context, cancel), context.Output);
                return (int)ExitCode.Ok;
            }
        );
        return dump;
    }

    private static Command CreateDiff(CliContext context)
    {
        var left = new Argument<string>("LEFT")
        {
            Description =
                "A database (postgres://… or key=value), a dump, or a folder of migrations: then only what was applied is compared",
        };
        var right = new Argument<string>("RIGHT") { Description = "The same" };
        var diff = new Command(
            "diff",
            "Say how two schemas differ, object by object, and how their ledgers do. 0: they do not; 1: they do; 2: a database could not be read; 3: bad input."
        )
        {
            left,
            right,
        };
        diff.SetAction(
            async (parsed, cancel) =>
            {
                var before = await ReadAsync(parsed.GetRequiredValue(left), context, cancel);
                var after = await ReadAsync(parsed.GetRequiredValue(right), context, cancel);
                if (IsFolder(parsed.GetRequiredValue(left)) || IsFolder(parsed.GetRequiredValue(right)))
                {
                    (before, after) = (LedgerOf(before), LedgerOf(after));
                }

                var differences = SchemaDifference.Between(before, after);
                foreach (var difference in differences)
                {
                    Write(difference, context.Output);
                }

                await context.Output.WriteLineAsync(
                    differences.Count switch
                    {
                        0 => $"no difference: {before.Count} objects",
                        1 => "1 difference",
                        var count => $"{count} differences",
                    }
                );
                return (int)(differences.Count == 0 ? ExitCode.Ok : ExitCode.Failed);
            }
        );
        return diff;

        bool IsFolder(string text) => Directory.Exists(context.FullPath(text));
    }

    /// <summary>A folder of migrations says nothing of anything else.</summary>
    private static IReadOnlyList<SchemaEntry> LedgerOf(IReadOnlyList<SchemaEntry> entries) =>
        [.. entries.Where(entry => entry.Class == SchemaDump.MigrationClass)];

    private static async Task<IReadOnlyList<SchemaEntry>> ReadAsync(
        ConnectionTarget target,
        CliContext context,
        CancellationToken cancel
    )
    {
        var objects = SchemaDump.Entries(await LiveSchema.ReadAsync(target, cancel));
        var ledger = await new MigrationRunner(target.ToConnectionString(), context.Clock).ReadLedgerAsync(cancel);
        return
        [
            .. objects
                .Concat(SchemaDump.Migrations(ledger.Select(entry => (entry.Version, entry.Checksum))))
                .OrderBy(entry => entry.Class, StringComparer.Ordinal)
                .ThenBy(entry => entry.Identity, StringComparer.Ordinal),
        ];
    }

    private static async Task<IReadOnlyList<SchemaEntry>> ReadAsync(
        string text,
        CliContext context,
        CancellationToken cancel
    )
    {
        if (Directory.Exists(context.FullPath(text)))
        {
            return SchemaDump.Migrations(
                MigrationDirectory.Read(context.FullPath(text)).Select(file => (file.Version, file.Checksum))
            );
        }

        if (!text.Contains("://", StringComparison.Ordinal) && !text.Contains('=', StringComparison.Ordinal))
        {
            try
            {
                return SchemaDump.Read(await File.ReadAllBytesAsync(context.FullPath(text), cancel), text);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new InputException(
                    $"{text} cannot be read",
                    "a database (postgres://… or key=value), or a file that `symphony schema dump` wrote",
                    failure.Message,
                    "check the path",
                    failure
                );
            }
        }

        return await ReadAsync(ConnectionTarget.Parse(text, context.Environment), context, cancel);
    }

    private static void Write(SchemaDifference difference, TextWriter output)
    {
        var title = TerminalText.Escape($"{difference.Class} {difference.Identity}");
        if (difference.Member is null)
        {
            output.WriteLine(difference.Left is null ? $"only right  {title}" : $"only left   {title}");
            return;
        }

        output.WriteLine($"differs     {title}  {TerminalText.Escape(difference.Member)}");
        output.WriteLine($"  left      {TerminalText.Escape(difference.Left ?? "nothing")}");
        output.WriteLine($"  right     {TerminalText.Escape(difference.Right ?? "nothing")}");
    }
}
