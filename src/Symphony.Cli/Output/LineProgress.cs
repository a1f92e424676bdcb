namespace Symphony.Cli.Output;

/// <summary>Progress as lines, written where and when it happens (<see cref="Progress{T}"/> would do it later, on another thread).</summary>
internal sealed class LineProgress(TextWriter writer) : IProgress<string>
{
    public void Report(string value) => writer.WriteLine("symphony: " + value);
}
