namespace Symphony.Manifests;

/// <summary>A manifest's bytes, and what is to be known of where they are from.</summary>
/// <param name="Name">How evidence names the file: the same wherever the checkout is.</param>
/// <param name="Shown">How the user would name it: problems point there.</param>
/// <param name="Folder">
/// The file's own folder, as a full path: files that claims name are found from there. Null where there is none, as in
/// an older revision; then they are not looked for.
/// </param>
internal sealed record ManifestSource(string Name, string Shown, byte[] Content, string? Folder);
