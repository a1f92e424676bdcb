namespace Symphony.Servers;

/// <summary>Files of this folder that travel inside the library.</summary>
internal static class EmbeddedFile
{
    public static byte[] ReadBytes(string name)
    {
        using var resource =
            typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library holds no {name}");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string Read(string name) => System.Text.Encoding.UTF8.GetString(ReadBytes(name));
}
