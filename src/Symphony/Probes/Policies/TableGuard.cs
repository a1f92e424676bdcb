using System.Text.Json.Serialization;
using Symphony.Kinds;

namespace Symphony.Probes.Policies;

/// <summary>What stands between a role and the rows of a table; see guard.sql.</summary>
/// <param name="Exempt">Why no policy holds the role back, as a sentence; null where they do.</param>
/// <param name="ByOwnership">It would be otherwise where somebody else owned the table.</param>
/// <param name="Policies">Those that are for the role, in the order of their names.</param>
internal sealed record TableGuard(string Owner, string? Exempt, bool ByOwnership, IReadOnlyList<GuardPolicy> Policies)
{
    /// <summary>The same with conditions that say where a probe finds what they read.</summary>
    public TableGuard Moved(Func<string, string> move) =>
        this with
        {
            Policies =
            [
                .. Policies.Select(policy =>
                    policy with
                    {
                        Using = policy.Using is null ? null : move(policy.Using),
                        WithCheck = policy.WithCheck is null ? null : move(policy.WithCheck),
                    }
                ),
            ],
        };

    /// <summary>The conditions of the other policies of a sort that have a word in a clause.</summary>
    public IReadOnlyList<(string Policy, string Condition)> Others(string policy, bool permissive, Clause clause) =>
        [
            .. from other in Policies
            where other.Name != policy && other.Permissive == permissive
            let condition = other.ConditionOf(clause)
            where condition is not null
            select (other.Name, condition),
        ];
}

/// <param name="Command"><c>all</c>, <c>select</c>, <c>insert</c>, <c>update</c> or <c>delete</c>.</param>
internal sealed record GuardPolicy(string Name, string Command, bool Permissive, string? Using, string? WithCheck)
{
    public string? ConditionOf(Clause clause) =>
        Command != "all" && Command != clause.Command ? null
        : clause.IsOfWrittenRow ? PolicyState.EffectiveCheck(Command, Using, WithCheck)
        : Using;
}

/// <summary>Where a condition is asked: of the rows that a command finds, or of those that it writes.</summary>
internal readonly record struct Clause(string Command, bool IsOfWrittenRow)
{
    public static Clause Reading(string command) => new(command, false);

    public static Clause Writing(string command) => new(command, true);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TableGuard))]
internal sealed partial class GuardJson : JsonSerializerContext;
