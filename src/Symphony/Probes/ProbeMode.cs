namespace Symphony.Probes;

/// <summary>Whether a verification also makes the database act, and where.</summary>
public enum ProbeMode
{
    /// <summary>The catalog alone.</summary>
    Off,

    /// <summary>On the real tables, in a transaction that is rolled back.</summary>
    Direct,

    /// <summary>On temporary tables with the columns, constraints, triggers, rules and policies of the real ones, under their names.</summary>
    Shadow,
}
