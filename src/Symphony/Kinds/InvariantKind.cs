using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Symphony.Catalog;

namespace Symphony.Kinds;

/// <summary>
/// A sort of invariant: how it is claimed, observed, judged, explained, repaired and broken. A kind is one folder
/// under <c>Kinds/</c> and one line in <see cref="KindRegistry"/>; docs, JSON Schema and the contract tests follow.
/// </summary>
public abstract class InvariantKind
{
    /// <summary>The manifest's key, such as <c>set_if_null</c>.</summary>
    public abstract string Key { get; }

    /// <summary>The guarantee in one line.</summary>
    public abstract string Summary { get; }

    /// <summary>What holds only when, beyond the fields: a sentence for each thing the name alone does not prove.</summary>
    public abstract IReadOnlyList<string> HoldsOnlyWhen { get; }

    /// <summary>What goes wrong where the guarantee is missing, in one sentence.</summary>
    public abstract string WhyItMatters { get; }

    /// <summary>The contract of the claim: the manifest's keys, their types and descriptions.</summary>
    public abstract JsonTypeInfo ClaimType { get; }

    /// <summary>A claim and the smallest schema in which it holds: two YAML keys, <c>schema</c> (SQL) and <c>claim</c>.</summary>
    public string Example => VersionedSql.ReadResource($"Kinds/{Folder}/example.yml");

    /// <summary>The catalog query for servers of a major version.</summary>
    public string FactsSql(int major) => VersionedSql.Read($"Kinds/{Folder}/facts.sql", major);

    /// <summary>
    /// Whether judging a claim means reading functions' bodies, which takes longest: such a kind is asked of the server
    /// first, and judged while that answers for the others.
    /// </summary>
    public virtual bool ReadsBodies => false;

    /// <summary>
    /// The statement that observes one claim, for a kind that reads rows and not the catalog; null for a kind whose
    /// facts.sql answers for all of its subjects at once. Names in it are quoted; it returns the same columns.
    /// </summary>
    public virtual string? StatementFor(Claim claim) => null;

    /// <summary>Whether the server's refusal of <see cref="StatementFor"/>'s statement says that the subject does not exist.</summary>
    public virtual bool SaysAbsent(string sqlState) => false;

    /// <summary>The tables that <see cref="StatementFor"/>'s statement reads, as far as its text tells; more than those does no harm.</summary>
    public virtual IReadOnlyList<ObjectName> TablesRead(Claim claim) => [];

    /// <summary>
    /// Statements that make what a fact says in an empty database, rows and all, where the fact holds all of it; none
    /// where it takes the definitions of the tables, which no fact holds.
    /// </summary>
    public virtual IReadOnlyList<string> Recreate(Claim claim, JsonElement fact) => [];

    /// <summary>What the fact of a qualified claim is read from, for who makes it again elsewhere.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="fact">What was observed; null when the subject was absent.</param>
    public abstract Footing FootingOf(Claim claim, JsonElement? fact);

    /// <summary>The members of a claim that name a place beside its manifest: a copy of the claim elsewhere has none.</summary>
    public virtual IReadOnlyList<string> PlacesInClaim => [];

    /// <summary>The claim with what it says of files read from them; <paramref name="read"/> takes a folder as the manifest names it.</summary>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public virtual Claim WithFiles(Claim claim, Func<string, IReadOnlyList<FileDigest>> read) => claim;

    /// <summary>The claim with every name's schema filled in from the manifest's.</summary>
    public abstract Claim Qualify(Claim claim, string schema);

    /// <summary>The object that a qualified claim is about.</summary>
    public abstract Subject SubjectOf(Claim claim);

    /// <summary>
    /// Judges one fact. A fact that does not have the expected shape was not observed: the JsonException says so.
    /// </summary>
    /// <exception cref="JsonException">The fact does not have the shape that this kind's query gives.</exception>
    public abstract void Judge(Claim claim, JsonElement fact, Judgement judgement);

    /// <summary>SQL that restores the guarantee; empty when only a person can. <paramref name="fact"/> is null when the subject is absent.</summary>
    public abstract IReadOnlyList<string> Remedy(Claim claim, JsonElement? fact);

    /// <summary>The ways to break a claim that holds, and the harmless changes beside them.</summary>
    public abstract IEnumerable<Sabotage> Sabotages(Claim claim);

    /// <summary>
    /// The claim's key under which a rule over <paramref name="over"/> names the object, for a kind that is not about
    /// a table or a part of one; with a dot, a key inside a mapping. Null where such a rule cannot be about this kind.
    /// </summary>
    public virtual string? KeyGivenBy(string over) => null;

    /// <summary>What the claim says the database does when it is written to; nothing for a kind that does not speak of writes.</summary>
    public abstract IEnumerable<Behaviour> Behaviours(Claim claim);

    /// <summary>The guards of the database that the claim speaks of; nothing for a kind that speaks of others.</summary>
    public abstract IEnumerable<Guard> Guards(Claim claim);

    /// <summary>Only behaviour decides: by the catalog alone such a claim stays undecided.</summary>
    public virtual bool IsBehavioural => false;

    /// <summary>The server that alone can hold what the claim says; null where every supported one can.</summary>
    public virtual ServerNeed? NeedOf(Claim claim) => null;

    /// <summary>What a claim is about, for "There is no …".</summary>
    public virtual string SubjectNoun => Key.Replace('_', ' ');

    private protected abstract string Folder { get; }
}

/// <summary>A kind with its claim's and its fact's records.</summary>
public abstract class InvariantKind<TClaim, TFact> : InvariantKind
    where TClaim : Claim
    where TFact : class
{
    private protected abstract JsonTypeInfo<TFact> FactType { get; }

    protected abstract TClaim Qualify(TClaim claim, string schema);

    protected abstract Subject SubjectOf(TClaim claim);

    protected abstract void Judge(TClaim claim, TFact fact, Judgement judgement);

    protected abstract IEnumerable<string> Remedy(TClaim claim, TFact? fact);

    protected abstract IEnumerable<Sabotage> Sabotages(TClaim claim);

    /// <summary>For most kinds the relation that the claim is about.</summary>
    protected virtual Footing FootingOf(TClaim claim, TFact? fact) => Footing.Of(SubjectOf(claim));

    protected virtual IEnumerable<Behaviour> Behaviours(TClaim claim) => [];

    protected virtual IEnumerable<Guard> Guards(TClaim claim) => [];

    public sealed override Claim Qualify(Claim claim, string schema) => Qualify((TClaim)claim, schema);

    public sealed override Subject SubjectOf(Claim claim) => SubjectOf((TClaim)claim);

    public sealed override void Judge(Claim claim, JsonElement fact, Judgement judgement) =>
        Judge((TClaim)claim, judgement.FactOf(fact, Read), judgement);

    public sealed override IReadOnlyList<string> Remedy(Claim claim, JsonElement? fact) =>
        [.. Remedy((TClaim)claim, fact is { } known ? Read(known) : null)];

    public sealed override Footing FootingOf(Claim claim, JsonElement? fact) =>
        FootingOf((TClaim)claim, fact is { } known ? Read(known) : null);

    public sealed override IEnumerable<Sabotage> Sabotages(Claim claim) => Sabotages((TClaim)claim);

    public sealed override IEnumerable<Behaviour> Behaviours(Claim claim) => Behaviours((TClaim)claim);

    public sealed override IEnumerable<Guard> Guards(Claim claim) => Guards((TClaim)claim);

    private protected override string Folder => GetType().Name[..^"Kind".Length];

    private TFact Read(JsonElement fact) => fact.Deserialize(FactType) ?? throw new JsonException("the fact is null");
}
