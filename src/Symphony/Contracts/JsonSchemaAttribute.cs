using System.Diagnostics.CodeAnalysis;

namespace Symphony.Contracts;

/// <summary>The JSON Schema of a type whose converter alone knows what it reads.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum, Inherited = false)]
public sealed class JsonSchemaAttribute([StringSyntax(StringSyntaxAttribute.Json)] string schema) : Attribute
{
    public string Schema { get; } = schema;
}
