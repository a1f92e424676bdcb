using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests;

/// <summary>
/// All problems of all files of a run, in reading order. The same problem met twice (through a YAML alias) is one.
/// Beyond <see cref="Limit"/> problems are only counted: a file made to be wrong a million times costs no more than
/// one that is wrong a thousand times.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a list to who reads it.")]
public sealed class ProblemList : IReadOnlyCollection<Problem>
{
    public const int Limit = 1_000;

    private readonly HashSet<Problem> _problems = [];

    public int Count => _problems.Count;

    /// <summary>How many were met after the list was full.</summary>
    public int Omitted { get; private set; }

    /// <summary>Nothing more will be kept, so looking for more is wasted.</summary>
    public bool IsFull => _problems.Count >= Limit;

    public void Add(Problem problem)
    {
        if (!IsFull)
        {
            _problems.Add(problem);
        }
        else if (!_problems.Contains(problem))
        {
            Omitted++;
        }
    }

    /// <summary>A problem at the beginning of a node.</summary>
    public void Add(YamlNode at, string expected, string found, string? hint = null) =>
        Add(new Problem(at.Span.File, at.Line, at.Column, expected, found, hint));

    public IEnumerator<Problem> GetEnumerator() =>
        _problems
            .OrderBy(problem => problem.Path, StringComparer.Ordinal)
            .ThenBy(problem => problem.Line)
            .ThenBy(problem => problem.Column)
            .ThenBy(problem => problem.Expected, StringComparer.Ordinal)
            .ThenBy(problem => problem.Found, StringComparer.Ordinal)
            .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
