namespace Symphony.Cli.Commands.Gate;

/// <summary>One step of a gate: a small class with a name, the stages it stands on, and what it does.</summary>
internal abstract class GateStage
{
    public abstract string Name { get; }

    /// <summary>The stages without which it has nothing to work on.</summary>
    public virtual IReadOnlyList<string> Needs => [];

    /// <exception cref="SymphonyException">It could not do its work: the stage is an ERROR.</exception>
    public abstract Task<StageOutcome> RunAsync(GateRun run, CancellationToken cancel);
}
