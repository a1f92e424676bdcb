using System.CommandLine;
using Symphony.Evidence.Log;
using Symphony.Evidence.Signing;

namespace Symphony.Cli.Commands;

/// <summary>What evidence is signed with, and what its log must continue.</summary>
internal sealed class SealOptions
{
    internal const string KeyVariable = "SYMPHONY_SIGNING_KEY";

    private readonly Option<string?> _key = new("--key")
    {
        Description =
            $"Sign the evidence with this ECDSA P-256 key, a PEM file (default: {KeyVariable}, a file or the PEM text itself)",
        HelpName = "FILE",
    };

    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description = "Refuse to add to a log that is not a continuation of this checkpoint: it was cut or rewritten",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_key);
        command.Options.Add(_checkpoint);
    }

    /// <summary>For a command that signs and adds nothing to the log.</summary>
    public void AddKeyTo(Command command) => command.Options.Add(_key);

    /// <summary>Null when nobody asked for a signature.</summary>
    /// <exception cref="InputException">The key cannot be used.</exception>
    public SigningKey? ReadKey(ParseResult parsed, CliContext context)
    {
        var (key, variable) = (parsed.GetValue(_key), context.Environment(KeyVariable));
        return key is null && string.IsNullOrEmpty(variable) ? null : ReadKey(key, variable, context);
    }

    /// <summary>Null when nobody asked for a signature: then nothing of it is loaded.</summary>
    /// <exception cref="InputException">The key or the checkpoint cannot be used.</exception>
    public EvidenceSeal? Read(ParseResult parsed, CliContext context)
    {
        var (key, checkpoint) = (parsed.GetValue(_key), parsed.GetValue(_checkpoint));
        var variable = context.Environment(KeyVariable);
        return key is null && checkpoint is null && string.IsNullOrEmpty(variable)
            ? null
            : Read(key, variable, checkpoint, context);
    }

    private static EvidenceSeal Read(string? key, string? variable, string? checkpoint, CliContext context) =>
        new(
            ReadKey(key, variable, context),
            checkpoint is null ? null : (LogConsistency.ReadCheckpoint(context.FullPath(checkpoint)), checkpoint)
        );

    private static SigningKey? ReadKey(string? key, string? variable, CliContext context) =>
        key is not null ? KeyFiles.ReadSigningKey(context.FullPath(key))
        : string.IsNullOrEmpty(variable) ? null
        : variable.Contains("-----BEGIN", StringComparison.Ordinal) ? SigningKey.Parse(variable, KeyVariable)
        : KeyFiles.ReadSigningKey(context.FullPath(variable));
}
