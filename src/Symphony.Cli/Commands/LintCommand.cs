using System.CommandLine;
using Symphony.Catalog;
using Symphony.Cli.Output;
using Symphony.Linting.Rules;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony lint</c>: migrations applied to a server made for it, and judged by what they did.</summary>
internal static class LintCommand
{
    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Migrations to judge on top of the folder's; without one, all of the folder's are judged",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Migrations = new("--migrations")
    {
        Description = "The folder of migrations, files NNNN_name.sql",
        HelpName = "DIR",
        DefaultValueFactory = _ => "schema/migrations",
    };

    private static readonly Option<string> Invariants = new("--invariants")
    {
        Description = "The folder of manifests whose guarantees must go on to hold; without one, none are watched",
        HelpName = "DIR",
        DefaultValueFactory = _ => "invariants",
    };

    private static readonly Option<string?> DatabaseUrl = new("--database-url")
    {
        Description = "Judge only what this database's ledger does not have yet; the database is only read",
        HelpName = "URL",
    };

    private static readonly Option<string?> Postgres = new("--postgres")
    {
        Description = "The trial server's major version: 14 to 18 (default: SYMPHONY_PG, or else 18)",
        HelpName = "MAJOR",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the findings as JSON and nothing else",
    };

    private static readonly Option<string[]> Report = new("--report")
    {
        Description = $"Also write the findings as {LintReports.Names} to a file, - for standard output (repeatable)",
        HelpName = "FORMAT=FILE",
    };

    private static readonly Option<string?> Explain = new("--explain")
    {
        Description = "Document a rule; without its id, list them",
        HelpName = "RULE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Markdown = new("--markdown")
    {
        Description = "Print the page of all rules as Markdown (schema/LINT.md)",
    };

    public static Command Create(CliContext context)
    {
        var command = new Command(
            "lint",
            """
            Judges migrations by what they do to a server made for it.

            Each is applied on top of those before it, statement by statement, with rows in the tables: what it drops,
            rewrites, locks and reads is observed, whatever its text looks like. The invariants that are declared are
            verified before and after, and writes of the version before are tried again. Nothing is done to any other
            database. 0: no findings; 1: findings; 2: a migration could not be judged; 3: bad input.

            A finding may stand by a decision: -- symphony:waive RULE reason="…" until=YYYY-MM-DD above the statement, or
            an entry of waivers.yml beside the migrations.
            """
        )
        {
            Files,
            Migrations,
            Invariants,
            DatabaseUrl,
            Postgres,
            Json,
            Report,
            Explain,
            Markdown,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                if (parsed.GetValue(Markdown))
                {
                    new RulePage(context.Output).WriteMarkdown(RuleRegistry.Rules);
                    return (int)ExitCode.Ok;
                }

                if (parsed.GetResult(Explain) is not null)
                {
                    ExplainRule(parsed.GetValue(Explain), context);
                    return (int)ExitCode.Ok;
                }

                return (int)await LintAsync(parsed, context, cancel);
            }
        );
        return command;
    }

    private static async Task<ExitCode> LintAsync(ParseResult parsed, CliContext context, CancellationToken cancel)
    {
        var began = context.Clock.GetTimestamp();
        var views = LintReports.Parse(parsed.GetValue(Report) ?? []);
        var request = new LintRequest(parsed.GetRequiredValue(Migrations), parsed.GetRequiredValue(Invariants))
        {
            Files = parsed.GetValue(Files) ?? [],
            Postgres = parsed.GetValue(Postgres),
            Applied = parsed.GetValue(DatabaseUrl) is { } url ? ConnectionTarget.Parse(url, context.Environment) : null,
        };
        var report = await new LintFlow(context).RunAsync(request, cancel);
        LintReports.Write(views, report, context);
        if (parsed.GetValue(Json))
        {
            LintJsonReport.Write(report, context.Output);
        }
        else
        {
            new LintTextReport(context.Output, new Style(context.Colour)).Write(
                report,
                context.Clock.GetElapsedTime(began)
            );
        }

        if (report.Failure is { } failure)
        {
            CommandLine.Report(failure, context);
        }

        return LintFlow.ExitFor(report);
    }

    private static void ExplainRule(string? id, CliContext context)
    {
        var page = new RulePage(context.Output);
        if (id is null)
        {
            page.WriteList(RuleRegistry.Rules);
            return;
        }

        page.Write(
            RuleRegistry.Find(id)
                ?? throw new InputException(
                    $"there is no rule `{id}`",
                    "the id of a rule",
                    $"`{id}`",
                    Symphony.Manifests.Binding.Nearest.Of(id, RuleRegistry.Rules.Select(rule => rule.Id)) is { } near
                        ? $"did you mean `{near}`?"
                        : "run `symphony lint --explain` for the list"
                )
        );
    }
}
