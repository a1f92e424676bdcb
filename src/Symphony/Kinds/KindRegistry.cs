using Symphony.Kinds.AppendOnly;
using Symphony.Kinds.Check;
using Symphony.Kinds.Column;
using Symphony.Kinds.ForeignKey;
using Symphony.Kinds.Index;
using Symphony.Kinds.PrimaryKey;
using Symphony.Kinds.Probe;
using Symphony.Kinds.SetIfNull;
using Symphony.Kinds.Table;
using Symphony.Kinds.Trigger;
using Symphony.Kinds.Unique;

namespace Symphony.Kinds;

/// <summary>Every kind there is. A new kind is its folder and its line here.</summary>
public sealed class KindRegistry
{
    private readonly Dictionary<string, InvariantKind> _byKey;

    public KindRegistry(IReadOnlyList<InvariantKind> kinds)
    {
        Kinds = kinds;
        _byKey = kinds.ToDictionary(kind => kind.Key, StringComparer.Ordinal);
    }

    public static KindRegistry Standard { get; } =
        new([
            new TableKind(),
            new ColumnKind(),
            new CheckKind(),
            new UniqueKind(),
            new PrimaryKeyKind(),
            new ForeignKeyKind(),
            new IndexKind(),
            new TriggerKind(),
            new SetIfNullKind(),
            new AppendOnlyKind(),
            new ProbeKind(),
        ]);

    /// <summary>In the order in which the docs list them.</summary>
    public IReadOnlyList<InvariantKind> Kinds { get; }

    public InvariantKind? Find(string key) => _byKey.GetValueOrDefault(key);
}
