using System.Text.Json;
using System.Text.Json.Serialization;

namespace Symphony.Tests.Manifests;

/// <summary>Enum values in snake_case; never as numbers.</summary>
internal sealed class SnakeCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
