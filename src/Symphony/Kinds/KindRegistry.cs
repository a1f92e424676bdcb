using Symphony.Kinds.AppendOnly;
using Symphony.Kinds.Check;
using Symphony.Kinds.Column;
using Symphony.Kinds.DefaultPrivileges;
using Symphony.Kinds.Domain;
using Symphony.Kinds.Enum;
using Symphony.Kinds.EventTrigger;
using Symphony.Kinds.Exclusion;
using Symphony.Kinds.Extension;
using Symphony.Kinds.ForeignKey;
using Symphony.Kinds.Function;
using Symphony.Kinds.Index;
using Symphony.Kinds.Ledger;
using Symphony.Kinds.Policy;
using Symphony.Kinds.PrimaryKey;
using Symphony.Kinds.Privileges;
using Symphony.Kinds.Probe;
using Symphony.Kinds.Publication;
using Symphony.Kinds.Query;
using Symphony.Kinds.Role;
using Symphony.Kinds.RowSecurity;
using Symphony.Kinds.Schema;
using Symphony.Kinds.Sequence;
using Symphony.Kinds.SetIfNull;
using Symphony.Kinds.Setting;
using Symphony.Kinds.Table;
using Symphony.Kinds.Trigger;
using Symphony.Kinds.Unique;
using Symphony.Kinds.View;

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
            new ExclusionKind(),
            new IndexKind(),
            new TriggerKind(),
            new SetIfNullKind(),
            new AppendOnlyKind(),
            new FunctionKind(),
            new PrivilegesKind(),
            new DefaultPrivilegesKind(),
            new RowSecurityKind(),
            new PolicyKind(),
            new RoleKind(),
            new SchemaKind(),
            new SettingKind(),
            new ViewKind(),
            new SequenceKind(),
            new EnumKind(),
            new DomainKind(),
            new EventTriggerKind(),
            new PublicationKind(),
            new ExtensionKind(),
            new LedgerKind(),
            new QueryKind(),
            new ProbeKind(),
        ]);

    /// <summary>In the order in which the docs list them.</summary>
    public IReadOnlyList<InvariantKind> Kinds { get; }

    public InvariantKind? Find(string key) => _byKey.GetValueOrDefault(key);
}
