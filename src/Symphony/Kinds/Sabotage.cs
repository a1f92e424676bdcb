namespace Symphony.Kinds;

/// <summary>
/// A change to the database that a kind must judge rightly: one that takes the guarantee away while the name still
/// stands, or (<see cref="Harmless"/>) one that must not raise an alarm.
/// </summary>
/// <param name="Name">What is done, in words: "the index is left invalid".</param>
/// <param name="Statements">The SQL, run one by one inside a transaction.</param>
public sealed record Sabotage(string Name, params IReadOnlyList<string> Statements)
{
    public bool Harmless { get; init; }

    /// <summary>The first major version whose SQL can express it.</summary>
    public int SinceMajor { get; init; } = 14;

    /// <summary>The first major version whose SQL refuses it; null when none does.</summary>
    public int? BeforeMajor { get; init; }

    /// <summary>It changes the catalog's own tables, which needs a superuser and <c>allow_system_table_mods</c>.</summary>
    public bool NeedsCatalogWrite { get; init; }

    /// <summary>The kind's remedy cannot undo it: the repair is a person's decision (a dropped table's rows are gone).</summary>
    public bool BeyondRemedy { get; init; }

    /// <summary>
    /// It takes something away that the claim may rest on, and may not: of a claim's speculative changes at least one
    /// should be noticed, and none has to be.
    /// </summary>
    public bool Speculative { get; init; }

    public bool AppliesTo(int major) => major >= SinceMajor && (BeforeMajor is null || major < BeforeMajor);
}
