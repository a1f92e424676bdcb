using Symphony.Catalog;
using Symphony.Catalog.Selectors;
using Symphony.Kinds;

namespace Symphony.Manifests;

/// <summary>
/// An invariant over many objects: what to look for, and the claim to make of each match. At least
/// <paramref name="AtLeast"/> must be found, for a rule over nothing proves nothing.
/// </summary>
public sealed record Rule(Selector Selector, int AtLeast, Func<Subject, Claim> ClaimFor);
