using System.Text.Json;
using System.Text.Json.Serialization;

namespace Symphony.Evidence;

/// <summary>The contracts of the documents: snake_case, every member written, none unknown, none twice.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [
        typeof(UpperCaseEnumConverter<Verification.Verdict>),
        typeof(UpperCaseEnumConverter<Manifests.Severity>),
    ]
)]
[JsonSerializable(typeof(Bundle))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(Log.LogEntry))]
[JsonSerializable(typeof(Reports.ReportIndex))]
internal sealed partial class EvidenceJson : JsonSerializerContext;

/// <summary>PASS, FAIL, P0: as people read them.</summary>
internal sealed class UpperCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false)
    where TEnum : struct, Enum;
