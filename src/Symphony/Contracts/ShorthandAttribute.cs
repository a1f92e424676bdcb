namespace Symphony.Contracts;

/// <summary>
/// On a record: where a mapping of it is expected, a lone scalar stands for the mapping with only this key, as
/// <c>columns: [tenant_id]</c> stands for <c>columns: [{column: tenant_id}]</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ShorthandAttribute(string key) : Attribute
{
    /// <summary>The key as it is written in YAML.</summary>
    public string Key { get; } = key;
}
