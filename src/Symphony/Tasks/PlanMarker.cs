namespace Symphony.Tasks;

/// <summary>A line <c>name: value</c> of a PLAN.md.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">Of the value, from 1.</param>
public sealed record PlanMarker(string Name, string Value, int Line, int Column)
{
    public const string FailureSignature = "failure_signature";
    public const string OriginTask = "origin_task_id";
    public const string OriginGate = "origin_gate_id";
    public const string ReproCommand = "repro_command";
    public const string CommandsRun = "verification_commands_run";
    public const string FinalStatus = "final_status";

    /// <summary>Every marker there is.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [FailureSignature, OriginTask, OriginGate, ReproCommand, CommandsRun, FinalStatus];

    /// <summary>The words of <see cref="FinalStatus"/>.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["OPEN", "IN_PROGRESS", "PASS", "FAIL", "WONT_FIX"];
}
