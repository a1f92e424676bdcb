namespace Symphony.Catalog;

/// <summary>Statements in an order in which each finds what it needs. Pure: OIDs tell objects apart and decide nothing.</summary>
internal sealed class DefinitionOrder
{
    private readonly Dictionary<string, IReadOnlyList<string>> _needs = new(StringComparer.Ordinal);
    private readonly List<(string? Object, string Text)> _statements = [];
    private readonly Dictionary<string, int> _makers = new(StringComparer.Ordinal);

    /// <param name="needs">The objects that the object needs, whether a statement makes them or not.</param>
    public void AddNeeds(string madeObject, IReadOnlyList<string> needs) => _needs[madeObject] = needs;

    /// <summary>Statements are added in the order that is to be kept where needs allow.</summary>
    /// <param name="madeObject">What it makes; null for one that comes after everything that is made.</param>
    public void Add(string? madeObject, string text)
    {
        if (madeObject is not null)
        {
            _makers.TryAdd(madeObject, _statements.Count);
        }

        _statements.Add((madeObject, text));
    }

    /// <summary>
    /// Always the first of those whose needs are met. Where objects need each other in a circle, the first of them is
    /// tried all the same: the server says what it makes of that.
    /// </summary>
    public IReadOnlyList<string> Sorted()
    {
        var ordered = new List<string>();
        var waiting = new Dictionary<int, HashSet<int>>();
        var dependents = new Dictionary<int, List<int>>();
        var places = new SortedSet<int>();
        var ready = new PriorityQueue<int, int>();
        foreach (var (place, statement) in _statements.Index().Where(entry => entry.Item.Object is not null))
        {
            places.Add(place);
            var needed = NeededBy(statement.Object!, place);
            waiting[place] = needed;
            foreach (var other in needed)
            {
                dependents.TryAdd(other, []);
                dependents[other].Add(place);
            }

            if (needed.Count == 0)
            {
                ready.Enqueue(place, place);
            }
        }

        while (places.Count > 0)
        {
            var next = ready.Count > 0 ? ready.Dequeue() : places.Min;
            if (!places.Remove(next))
            {
                continue;
            }

            ordered.Add(_statements[next].Text);
            foreach (var dependent in dependents.GetValueOrDefault(next, []))
            {
                if (waiting[dependent].Remove(next) && waiting[dependent].Count == 0)
                {
                    ready.Enqueue(dependent, dependent);
                }
            }
        }

        return
        [
            .. ordered,
            .. _statements.Where(statement => statement.Object is null).Select(statement => statement.Text),
        ];
    }

    /// <summary>The statements that make what the object needs, also by way of what no statement makes.</summary>
    private HashSet<int> NeededBy(string start, int place)
    {
        var found = new HashSet<int>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var open = new Queue<string>(_needs.GetValueOrDefault(start, []));
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (_makers.TryGetValue(next, out var maker))
            {
                found.Add(maker);
                continue;
            }

            foreach (var further in _needs.GetValueOrDefault(next, []))
            {
                open.Enqueue(further);
            }
        }

        found.Remove(place);
        return found;
    }
}
