using System.CommandLine;
using Symphony.Cli.Output;
using Symphony.Kinds;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony explain</c>: what a kind proves, or what one invariant asks and accepts.</summary>
internal static class ExplainCommand
{
    public static Command Create(CliContext context)
    {
        var selection = new SelectionOptions();
        var kind = new Argument<string?>("KIND")
        {
            Description = "The kind to document; without it the kinds are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var invariant = new Option<string?>("--invariant")
        {
            Description = "What this invariant would ask and accept",
            HelpName = "ID",
        };
        var markdown = new Option<bool>("--markdown")
        {
            Description = "Print the page of all kinds as Markdown (schema/KINDS.md)",
        };
        var schema = new Option<string?>("--schema")
        {
            Description =
                "Print a JSON Schema: of a manifest, an evidence bundle, a run document, or a line of the log",
            HelpName = "manifest|bundle|run|reports|log-entry",
        };
        schema.AcceptOnlyFromAmong("manifest", "bundle", "run", "reports", "log-entry");
        var command = new Command("explain", "Document a kind, or what one invariant would ask and accept")
        {
            kind,
            invariant,
            markdown,
            schema,
        };
        selection.AddTo(command);
        command.SetAction(parsed =>
        {
            var page = new KindPage(context.Output);
            if (parsed.GetValue(invariant) is { } id)
            {
                new InvariantPage(context.Output).Write(Find(selection, parsed, context, id));
            }
            else if (parsed.GetValue(schema) is { } document)
            {
                context.Output.Write(SchemaText.Of(document));
            }
            else if (parsed.GetValue(markdown))
            {
                page.WriteMarkdown(KindRegistry.Standard.Kinds);
            }
            else if (parsed.GetValue(kind) is { } key)
            {
                page.Write(Find(key));
            }
            else
            {
                page.WriteList(KindRegistry.Standard.Kinds);
            }

            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static InvariantKind Find(string key)
    {
        var keys = KindRegistry.Standard.Kinds.Select(kind => kind.Key).ToList();
        return KindRegistry.Standard.Find(key)
            ?? throw new InputException(
                $"there is no kind `{key}`",
                $"one of {string.Join(", ", keys)}",
                $"`{key}`",
                Manifests.Binding.Nearest.Of(key, keys) is { } near
                    ? $"did you mean `{near}`?"
                    : "run `symphony explain` for the list"
            );
    }

    private static Manifests.Invariant Find(
        SelectionOptions selection,
        ParseResult parsed,
        CliContext context,
        string id
    )
    {
        var (_, selected) = selection.Read(parsed, context, probes: true);
        return selected.FirstOrDefault(invariant => invariant.Id == id)
            ?? throw new InputException(
                $"there is no invariant `{id}`",
                "an id that the manifests use",
                $"`{id}`",
                Manifests.Binding.Nearest.Of(id, selected.Select(invariant => invariant.Id)) is { } near
                    ? $"did you mean `{near}`?"
                    : "check the id, and --invariants"
            );
    }
}
