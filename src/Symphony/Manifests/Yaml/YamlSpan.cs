namespace Symphony.Manifests.Yaml;

/// <summary>Where a node stands: from its first character to just after its last, both counted from 1.</summary>
public readonly record struct YamlSpan(string File, int Line, int Column, int EndLine, int EndColumn);
