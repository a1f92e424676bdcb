using System.Text.Json.Serialization;
using Symphony.Contracts;

namespace Symphony.Kinds;

/// <summary>Whose rights a function runs with (PostgreSQL manual, "CREATE FUNCTION").</summary>
[JsonConverter(typeof(WordConverter<FunctionSecurity>))]
public sealed class FunctionSecurity : Word, IWordSet<FunctionSecurity>
{
    public static readonly FunctionSecurity Invoker = new("invoker");
    public static readonly FunctionSecurity Definer = new("definer");

    private FunctionSecurity(string text)
        : base(text) { }

    public static IReadOnlyList<FunctionSecurity> All { get; } = [Invoker, Definer];
}
