namespace Symphony.Manifests.Yaml;

/// <summary>
/// The items of one list of the root mapping, handed on one by one as they are read: they are not in the tree then, so
/// that a list of many thousand does not have to be held.
/// </summary>
/// <param name="Key">Under which the list stands.</param>
/// <param name="Begins">Gets what stands before the list, and says whether its items are wanted.</param>
/// <param name="Take">Gets each item, in order. Reading goes on when it returns.</param>
internal sealed record YamlItems(string Key, Func<YamlMapping, bool> Begins, Action<YamlNode> Take);
