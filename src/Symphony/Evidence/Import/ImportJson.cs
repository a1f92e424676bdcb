using System.Text.Json.Serialization;

namespace Symphony.Evidence.Import;

/// <summary>The contract of imported archives.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(UpperCaseEnumConverter<Verification.Verdict>)]
)]
[JsonSerializable(typeof(ImportedArchive))]
internal sealed partial class ImportJson : JsonSerializerContext;
