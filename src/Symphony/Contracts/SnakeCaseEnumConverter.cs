using System.Text.Json;
using System.Text.Json.Serialization;

namespace Symphony.Contracts;

/// <summary>Enum values in snake_case, as everything is that people write in a manifest; never as numbers.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
