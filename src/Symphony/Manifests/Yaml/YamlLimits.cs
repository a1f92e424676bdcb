namespace Symphony.Manifests.Yaml;

/// <summary>What a file may hold. A hundred times what a large manifest needs, and little enough to refuse at once.</summary>
public static class YamlLimits
{
    public const int FileBytes = 8 * 1024 * 1024;

    /// <summary>Lists and mappings inside one another. Readers of the tree recurse, so this is also their stack.</summary>
    public const int Depth = 64;

    /// <summary>Scalars, lists and mappings that are written out in the file.</summary>
    public const int Nodes = 1_000_000;

    /// <summary>Characters in one scalar.</summary>
    public const int ScalarLength = 1024 * 1024;

    /// <summary>
    /// What all aliases (<c>*name</c>) of a file may stand for, in characters and nodes: a bomb of aliases costs
    /// nothing in the tree, where an alias is a reference, but all of it when the tree is written out as JSON.
    /// </summary>
    public const int AliasExpansion = 1024 * 1024;
}
