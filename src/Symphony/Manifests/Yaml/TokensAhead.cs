using System.Collections.Concurrent;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Symphony.Manifests.Yaml;

/// <summary>
/// Runs a scanner on a thread beside the parser's: of a large file, finding the tokens is more than half of reading it.
/// What the scanner throws is thrown where the token was expected.
/// </summary>
internal sealed class TokensAhead : IScanner, IDisposable
{
    /// <summary>Tokens that are handed over together.</summary>
    private const int Share = 512;

    /// <summary>Shares that wait: the scanner is never further ahead, whatever the file holds.</summary>
    private const int MostShares = 8;

    private readonly Scanner _scanner;
    private readonly BlockingCollection<List<Token>> _shares = new(MostShares);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _scanning;
    private List<Token> _share = [];
    private int _next;

    public TokensAhead(Scanner scanner)
    {
        _scanner = scanner;
        // A thread of its own: it waits for the parser, and the pool's threads have a connection to open meanwhile.
        _scanning = Task.Factory.StartNew(
            Scan,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    public Token? Current { get; private set; }

    /// <summary>How far the scanner is, which may be behind the current token.</summary>
    public Mark CurrentPosition => _scanner.CurrentPosition;

    public bool MoveNext()
    {
        ConsumeCurrent();
        return MoveNextWithoutConsuming();
    }

    public bool MoveNextWithoutConsuming()
    {
        while (_next == _share.Count)
        {
            if (!TakeShare())
            {
                Current = null;
                return false;
            }
        }

        Current = _share[_next++];
        return true;
    }

    public void ConsumeCurrent() => Current = null;

    public void Dispose()
    {
        _stop.Cancel();
        // However it ended: it reads from the caller's text.
        Task.WhenAny(_scanning).Wait();
        _stop.Dispose();
        _shares.Dispose();
    }

    private bool TakeShare()
    {
        if (!_shares.TryTake(out var share, Timeout.Infinite))
        {
            _scanning.GetAwaiter().GetResult();
            return false;
        }

        (_share, _next) = (share, 0);
        return true;
    }

    private void Scan()
    {
        var share = new List<Token>(Share);
        try
        {
            while (_scanner.MoveNext())
            {
                share.Add(_scanner.Current!);
                if (share.Count == Share)
                {
                    _shares.Add(share, _stop.Token);
                    share = new List<Token>(Share);
                }
            }
        }
        finally
        {
            // What stands before a failure is read before it is told. Stopped, nobody reads.
            _shares.Add(share, _stop.Token);
            _shares.CompleteAdding();
        }
    }
}
