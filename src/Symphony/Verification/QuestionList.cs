using Symphony.Catalog;
using Symphony.Kinds;
using Symphony.Manifests;

namespace Symphony.Verification;

/// <summary>Collects what is to be asked of a server: each subject of a kind once, each statement once.</summary>
/// <param name="major">The server's major version, which decides the queries' text.</param>
internal sealed class QuestionList(int major)
{
    private readonly Dictionary<InvariantKind, SubjectList> _subjects = [];
    private readonly Dictionary<string, FactQuery> _statements = new(StringComparer.Ordinal);

    public PlannedCheck Ask(Invariant invariant, Claim claim)
    {
        var kind = invariant.Kind;
        var subject = kind.SubjectOf(claim);
        if (kind.StatementFor(claim) is { } sql)
        {
            return new PlannedCheck(invariant, claim, subject, Statement(kind, sql, subject).Name, 0);
        }

        if (!_subjects.TryGetValue(kind, out var list))
        {
            _subjects[kind] = list = new SubjectList();
        }

        return new PlannedCheck(invariant, claim, subject, kind.Key, list.OrdinalOf(subject));
    }

    /// <summary>In the order of their names, statements last: theirs are the rows, and may take their time.</summary>
    public IReadOnlyList<FactQuery> ToQueries() =>
        [
            .. _subjects
                .OrderBy(entry => entry.Key.Key, StringComparer.Ordinal)
                .Select(entry => new FactQuery(entry.Key.Key, entry.Key.FactsSql(major), entry.Value.Subjects)),
            .. _statements.Values.OrderBy(query => query.Name, StringComparer.Ordinal),
        ];

    private FactQuery Statement(InvariantKind kind, string sql, Subject subject)
    {
        var query = new FactQuery("", sql, [subject], IsStatement: true);
        query = query with { Name = $"{kind.Key} {query.Sha256}" };
        return _statements.TryGetValue(query.Name, out var known) ? known : _statements[query.Name] = query;
    }

    /// <summary>Each subject once, in the order of first mention.</summary>
    private sealed class SubjectList
    {
        private readonly Dictionary<Subject, int> _ordinals = [];

        public List<Subject> Subjects { get; } = [];

        public int OrdinalOf(Subject subject)
        {
            if (!_ordinals.TryGetValue(subject, out var ordinal))
            {
                _ordinals[subject] = ordinal = Subjects.Count;
                Subjects.Add(subject);
            }

            return ordinal;
        }
    }
}
