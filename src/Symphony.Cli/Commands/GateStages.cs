namespace Symphony.Cli.Commands;

/// <summary>The stages of a gate, one after the other, with the milliseconds each took.</summary>
internal sealed class GateStages(CliContext context)
{
    private readonly Dictionary<string, long> _durations = [];

    public IReadOnlyDictionary<string, long> DurationsMs => _durations;

    public T Run<T>(string stage, Func<T> work)
    {
        var began = context.Clock.GetTimestamp();
        var result = work();
        _durations[stage] = (long)context.Clock.GetElapsedTime(began).TotalMilliseconds;
        return result;
    }

    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> work)
    {
        var began = context.Clock.GetTimestamp();
        var result = await work();
        _durations[stage] = (long)context.Clock.GetElapsedTime(began).TotalMilliseconds;
        return result;
    }
}
