using System.CommandLine;
using Symphony.Cli.Output;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Tasks;

namespace Symphony.Cli.Commands;

/// <summary><c>symphony task</c>: what the plans say of their tasks, and whether it is so.</summary>
internal sealed class TaskCommand
{
    private readonly Option<string> _invariants = new("--invariants")
    {
        Description = "The folder of tasks: each has a folder of its own with PLAN.md and its manifests",
        HelpName = "DIR",
        DefaultValueFactory = _ => "invariants",
    };

    private readonly Option<string> _evidence = EvidenceCommand.Folder();

    public static Command Create(CliContext context) =>
        new("task", "Check what the plans of tasks say: their markers, their manifests, their evidence")
        {
            new TaskCommand().CreateCheck(context),
            new TaskCommand().CreateList(context),
        };

    private Command CreateCheck(CliContext context)
    {
        var task = new Argument<string>("TASK") { Description = "The task" };
        var command = new Command(
            "check",
            """
            Check a task's PLAN.md: failure_signature, origin_task_id or origin_gate_id, repro_command,
            verification_commands_run and final_status are there and well-formed, agree with the manifests, and
            final_status with the newest evidence.
            """
        )
        {
            task,
            _invariants,
            _evidence,
        };
        command.SetAction(parsed =>
        {
            var tasks = Read(parsed, context);
            var name = parsed.GetRequiredValue(task);
            var found =
                tasks.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw Unknown(name, [.. tasks.Select(candidate => candidate.Name)]);
            foreach (var problem in found.Problems)
            {
                context.Output.WriteLine(TerminalText.Escape(problem.ToString()));
            }

            context.Output.WriteLine(Line(found, context));
            return (int)(found.Problems.Count == 0 ? ExitCode.Ok : ExitCode.Failed);
        });
        return command;
    }

    private Command CreateList(CliContext context)
    {
        var command = new Command("list", "List every task with its final_status and what its newest evidence says")
        {
            _invariants,
            _evidence,
        };
        command.SetAction(parsed =>
        {
            foreach (var task in Read(parsed, context))
            {
                context.Output.WriteLine(Line(task, context));
            }

            return (int)ExitCode.Ok;
        });
        return command;
    }

    private IReadOnlyList<CheckedTask> Read(ParseResult parsed, CliContext context)
    {
        var folder = parsed.GetValue(_invariants)!;
        var manifests = ManifestFolder.Read(context.FullPath(folder), folder, KindRegistry.Standard);
        var evidence = new NewestEvidence(context.FullPath(parsed.GetValue(_evidence)!), KindRegistry.Standard);
        return CheckedTask.ReadAll(
            context.FullPath(folder),
            folder,
            manifests,
            evidence.Read,
            context.WorkingDirectory
        );
    }

    private static string Line(CheckedTask task, CliContext context)
    {
        var style = new Style(context.Colour);
        var evidence = task.Evidence.Count == 0 ? ["no evidence".PadRight(6)] : task.Evidence.Select(style.Of);
        var state = task.Problems.Count switch
        {
            0 => "in order",
            1 => "1 problem",
            var count => $"{count} problems",
        };
        return $"{style.Bold(task.Name.PadRight(20))}  {TerminalText.Escape(task.Status ?? "no status").PadRight(12)}  evidence {string.Join(' ', evidence)}  {state}";
    }

    private static InputException Unknown(string task, IReadOnlyList<string> known) =>
        new(
            "there is no such task",
            "a task that the manifests or a plan name",
            $"`{task}`",
            Nearest.Of(task, known) is { } near ? $"did you mean `{near}`?" : "`symphony task list` shows them"
        );
}
