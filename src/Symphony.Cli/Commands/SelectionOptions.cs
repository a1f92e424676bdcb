using System.CommandLine;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Manifests.Changes;

namespace Symphony.Cli.Commands;

/// <summary>Which invariants are meant.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<string> _invariants = new("--invariants")
    {
        Description = "The folder of manifests, or one manifest",
        HelpName = "DIR",
        DefaultValueFactory = _ => "invariants",
    };

    private readonly Option<string[]> _task = new("--task")
    {
        Description = "Only the invariants of this task (repeatable)",
        HelpName = "TASK",
    };

    private readonly Option<string[]> _signature = new("--signature")
    {
        Description = "Only the invariants of this failure signature (repeatable)",
        HelpName = "SIGNATURE",
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Only the invariant with this id (repeatable)",
        HelpName = "ID",
    };

    /// <summary>Words that <c>--only</c> takes beside ids, for another purpose: the stages of a gate.</summary>
    public IReadOnlyList<string> OtherWords { get; init; } = [];

    private readonly Option<string?> _since = new("--since")
    {
        Description =
            "Also note, in the text and the run document, which invariants and waivers were loosened, removed or changed since this git revision",
        HelpName = "GIT_REV",
    };

    public void AddSinceTo(Command command) => command.Options.Add(_since);

    /// <summary>What became of the manifests since the revision that was named; null when none was.</summary>
    public async Task<ChangesSince?> CompareAsync(
        ParseResult parsed,
        CliContext context,
        ManifestSet now,
        CancellationToken cancel
    )
    {
        var folder = Folder(parsed);
        return parsed.GetValue(_since) is { } revision
            ? await ManifestHistory.CompareAsync(context.FullPath(folder), folder, revision, now, cancel)
            : null;
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_invariants);
        command.Options.Add(_task);
        command.Options.Add(_signature);
        command.Options.Add(_only);
    }

    public string Folder(ParseResult parsed) => parsed.GetValue(_invariants)!;

    /// <summary>What <c>--only</c> named of <see cref="OtherWords"/>.</summary>
    public IReadOnlyList<string> Others(ParseResult parsed) =>
        [.. (parsed.GetValue(_only) ?? []).Where(OtherWords.Contains)];

    /// <summary>All manifests, and those invariants that are meant: a selection that selects nothing is bad input.</summary>
    /// <param name="quiet">Do not say what was left out.</param>
    /// <param name="probes">The run probes; others leave out what manifests declare for runs that do, and say so.</param>
    public (ManifestSet Set, IReadOnlyList<Invariant> Selected) Read(
        ParseResult parsed,
        CliContext context,
        bool probes,
        bool quiet = false
    )
    {
        var folder = Folder(parsed);
        var set = ManifestFolder.Read(context.FullPath(folder), folder, KindRegistry.Standard);
        var all = set.Invariants.ToList();
        string[] only = [.. (parsed.GetValue(_only) ?? []).Where(word => !OtherWords.Contains(word))];
        RequireKnown("--task", parsed.GetValue(_task), all.Select(invariant => invariant.Task));
        RequireKnown("--signature", parsed.GetValue(_signature), all.Select(invariant => invariant.FailureSignature));
        RequireKnown("--only", only, all.Select(invariant => invariant.Id));
        var selected = all.Where(invariant =>
                IsMeant(parsed.GetValue(_task), invariant.Task)
                && IsMeant(parsed.GetValue(_signature), invariant.FailureSignature)
                && IsMeant(only, invariant.Id)
            )
            .ToList();
        if (!probes)
        {
            selected = WithoutProbes(selected, set, parsed, quiet ? null : context);
        }

        return selected.Count > 0
            ? (set, selected)
            : throw new InputException(
                "nothing would be verified",
                "--task, --signature and --only that select an invariant together",
                "none that all of them select",
                "leave one of them out"
            );
    }

    /// <summary>
    /// What a manifest declares for runs that probe is left out of one that does not, by its owner's word; not where
    /// it was asked for by name.
    /// </summary>
    private List<Invariant> WithoutProbes(
        List<Invariant> selected,
        ManifestSet set,
        ParseResult parsed,
        CliContext? context
    )
    {
        if (
            parsed.GetValue(_signature) is { Length: > 0 }
            || (parsed.GetValue(_only) ?? []).Any(word => !OtherWords.Contains(word))
        )
        {
            return selected;
        }

        var probed = set.Manifests.Where(manifest => manifest.OnlyWithProbes).SelectMany(m => m.Invariants).ToHashSet();
        var left = selected.Where(invariant => !probed.Contains(invariant)).ToList();
        if (left.Count < selected.Count && left.Count > 0)
        {
            var count = selected.Count - left.Count;
            context?.Error.WriteLine(
                $"symphony: {count} invariant{(count == 1 ? "" : "s")} left out: {(count == 1 ? "it makes" : "they make")} the database act; --probe shadow or direct verifies {(count == 1 ? "it" : "them")} as well"
            );
        }

        return left.Count > 0 ? left : selected;
    }

    private static bool IsMeant(string[]? wanted, string name) =>
        wanted is null or [] || wanted.Contains(name, StringComparer.Ordinal);

    private static void RequireKnown(string option, string[]? wanted, IEnumerable<string> known)
    {
        var names = known.ToHashSet(StringComparer.Ordinal);
        foreach (var name in (wanted ?? []).Where(name => !names.Contains(name)))
        {
            var near = Manifests.Binding.Nearest.Of(name, names);
            throw new InputException(
                $"{option} selects nothing",
                "a name that the manifests use",
                $"`{name}`",
                near is null
                    ? $"one of: {string.Join(", ", names.Order(StringComparer.Ordinal).Take(10))}"
                    : $"did you mean `{near}`?"
            );
        }
    }
}
