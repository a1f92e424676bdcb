using Symphony.Proving;

namespace Symphony.Cli.Output;

/// <summary>On a terminal, after a second: how many checks have been tried. The line is wiped at the end.</summary>
internal sealed class ProvingLine(CliContext context) : IProgress<ProvingProgress>, IDisposable
{
    private readonly long _began = context.Clock.GetTimestamp();
    private bool _isShown;

    public void Report(ProvingProgress value)
    {
        if (context.Progress && context.Clock.GetElapsedTime(_began) > TimeSpan.FromSeconds(1))
        {
            context.Error.Write($"\rsymphony: proving {value.Checks} of {value.Of} checks");
            _isShown = true;
        }
    }

    public void Dispose()
    {
        if (_isShown)
        {
            context.Error.Write("\r\u001b[K");
        }
    }
}
