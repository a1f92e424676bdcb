using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Symphony.Manifests.Yaml;

namespace Symphony.Manifests.Binding;

/// <summary>
/// Makes values of YAML nodes by their types' source-generated JSON contracts, and reports every place where a node
/// does not fit. Keeps what it learns of types and its buffers, so use one for many nodes; not for several threads.
/// </summary>
public sealed class NodeBinder : IDisposable
{
    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        // What is written is read back here and nowhere else, and only when no problem was found in it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly TypeShapes _shapes = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly ArrayBufferWriter<byte> _trialBuffer = new(256);
    private readonly Utf8JsonWriter _writer;
    private readonly Utf8JsonWriter _trialWriter;
    private readonly ConverterTrial _trial;

    public NodeBinder()
    {
        _writer = new Utf8JsonWriter(_buffer, WriterOptions);
        _trialWriter = new Utf8JsonWriter(_trialBuffer, WriterOptions);
        _trial = new ConverterTrial(_trialBuffer, _trialWriter);
    }

    /// <summary>The value, or null when there is at least one problem with the node.</summary>
    /// <param name="node">What the file says.</param>
    /// <param name="type">The contract, from a source-generated context.</param>
    /// <param name="problems">Takes all that does not fit.</param>
    /// <param name="additions">Keys that a rule gives, as if they stood in the node. One that does is a problem.</param>
    public T? Bind<T>(
        YamlNode node,
        JsonTypeInfo<T> type,
        ProblemList problems,
        IReadOnlyList<YamlEntry>? additions = null
    ) => Bind(node, (JsonTypeInfo)type, problems, additions) is T value ? value : default;

    /// <inheritdoc cref="Bind{T}"/>
    public object? Bind(
        YamlNode node,
        JsonTypeInfo type,
        ProblemList problems,
        IReadOnlyList<YamlEntry>? additions = null
    )
    {
        var before = problems.Count + problems.Omitted;
        var whole =
            additions is { Count: > 0 } && node is YamlMapping mapping ? Add(mapping, additions, problems) : node;
        return problems.Count + problems.Omitted == before && Read(whole, type) is { } value
            ? value
            : Examine(whole, type, problems, before);
    }

    /// <summary>The node's JSON, cut at its marks; null where it does not fit with them, or cannot be cut.</summary>
    /// <param name="marks">How many of <see cref="Stencil.Mark"/> stand in the node and the additions.</param>
    internal Stencil? StencilOf(YamlMapping node, JsonTypeInfo type, IReadOnlyList<YamlEntry> additions, int marks)
    {
        var problems = new ProblemList();
        return Write(Add(node, additions, problems), type) && problems.Count == 0
            ? Stencil.Cut(_buffer.WrittenSpan, type, marks)
            : null;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _trialWriter.Dispose();
    }

    /// <summary>
    /// The value of a node that fits, as nearly all do; null otherwise. No converter is tried by itself: each is run
    /// once, when the whole is read.
    /// </summary>
    private object? Read(YamlNode node, JsonTypeInfo type)
    {
        try
        {
            return Write(node, type) ? Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the node fits, as far as can be told without running converters; if so, its JSON is there.</summary>
    private bool Write(YamlNode node, JsonTypeInfo type)
    {
        var pass = new BindingPass(Begin(), trial: null, problems: null);
        pass.Write(node, _shapes.Of(type));
        _writer.Flush();
        return !pass.Failed;
    }

    /// <summary>Finds every place where the node does not fit.</summary>
    /// <param name="before">The problems there were before this node's.</param>
    private object? Examine(YamlNode node, JsonTypeInfo type, ProblemList problems, int before)
    {
        var pass = new BindingPass(Begin(), _trial, problems);
        pass.Write(node, _shapes.Of(type));
        if (pass.Failed || problems.Count + problems.Omitted > before)
        {
            return null;
        }

        try
        {
            return Deserialize(type);
        }
        // Only a converter of a single member gets here: what the contract says has been checked, and types' own
        // converters have been tried.
        catch (JsonException exception)
        {
            var (at, expected) = ConverterTrial.RefusalOf(exception, node, "another value");
            problems.Add(at, expected, at.Describe());
            return null;
        }
    }

    private Utf8JsonWriter Begin()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        return _writer;
    }

    private object? Deserialize(JsonTypeInfo type)
    {
        _writer.Flush();
        return JsonSerializer.Deserialize(_buffer.WrittenSpan, type);
    }

    /// <summary>The node with what the rule gives; where the node gives it itself, that is a problem.</summary>
    private static YamlMapping Add(YamlMapping node, IReadOnlyList<YamlEntry> additions, ProblemList problems)
    {
        var entries = new List<YamlEntry>(node.Entries.Count + additions.Count);
        entries.AddRange(node.Entries);
        foreach (var addition in additions)
        {
            var name = addition.Key.Text;
            if (node.TryGet(name, out var given))
            {
                problems.Add(given.Key, $"no key `{name}` here: the rule gives it", Shown.Quote(name), "leave it out");
            }
            else
            {
                entries.Add(addition);
            }
        }

        return new YamlMapping(entries, node.IsFlow, node.Span);
    }
}
