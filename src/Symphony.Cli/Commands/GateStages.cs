namespace Symphony.Cli.Commands;

/// <summary>The stages of a gate, one after the other, with the time each took.</summary>
internal sealed class GateStages(CliContext context)
{
    private readonly Dictionary<string, TimeSpan> _durations = [];

    public IReadOnlyDictionary<string, TimeSpan> Durations => _durations;

    public T Run<T>(string stage, Func<T> work)
    {
        var began = context.Clock.GetTimestamp();
        var result = work();
        _durations[stage] = context.Clock.GetElapsedTime(began);
        return result;
    }

    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> work)
    {
        var began = context.Clock.GetTimestamp();
        var result = await work();
        _durations[stage] = context.Clock.GetElapsedTime(began);
        return result;
    }
}
