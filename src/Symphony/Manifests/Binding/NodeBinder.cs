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
    private static readonly JsonWriterOptions WriterOptions = new()
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
        IReadOnlyDictionary<string, YamlNode>? additions = null
    ) => Bind(node, (JsonTypeInfo)type, problems, additions) is T value ? value : default;

    /// <inheritdoc cref="Bind{T}"/>
    public object? Bind(
        YamlNode node,
        JsonTypeInfo type,
        ProblemList problems,
        IReadOnlyDictionary<string, YamlNode>? additions = null
    )
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        var shape = _shapes.Of(type);
        var before = problems.Count + problems.Omitted;
        var whole =
            additions is { Count: > 0 } && node is YamlMapping mapping ? Add(mapping, additions, problems) : node;
        var clash = problems.Count + problems.Omitted > before;
        var pass = new BindingPass(_writer, _trial, problems);
        pass.Write(whole, shape);
        if (pass.Failed || clash)
        {
            return null;
        }

        _writer.Flush();
        try
        {
            return JsonSerializer.Deserialize(_buffer.WrittenSpan, type);
        }
        // Only a converter of a single member gets here: what the contract says has been checked, and types' own
        // converters have been tried.
        catch (JsonException exception)
        {
            var (at, expected) = ConverterTrial.RefusalOf(exception, whole, "another value");
            problems.Add(at, expected, at.Describe());
            return null;
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _trialWriter.Dispose();
    }

    /// <summary>The node with what the rule gives; where the node gives it itself, that is a problem.</summary>
    private static YamlMapping Add(
        YamlMapping node,
        IReadOnlyDictionary<string, YamlNode> additions,
        ProblemList problems
    )
    {
        var missing = new List<YamlEntry>();
        foreach (var (name, value) in additions)
        {
            if (node.TryGet(name, out var given))
            {
                problems.Add(given.Key, $"no key `{name}` here: the rule gives it", Shown.Quote(name), "leave it out");
            }
            else
            {
                missing.Add(new YamlEntry(YamlScalar.GivenBy(value, name), value));
            }
        }

        return node.With(missing);
    }
}
