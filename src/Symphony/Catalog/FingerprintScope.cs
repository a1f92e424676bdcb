namespace Symphony.Catalog;

/// <summary>What the fingerprint of a schema covers.</summary>
public enum FingerprintScope
{
    /// <summary>The relations that the plan touches.</summary>
    Touched,

    /// <summary>Everything that people made in the database, of every schema: what <c>symphony schema dump</c> shows.</summary>
    Full,
}
