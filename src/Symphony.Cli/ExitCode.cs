namespace Symphony.Cli;

/// <summary>What the process says to its caller. The numbers are a public contract.</summary>
internal enum ExitCode
{
    /// <summary>Every check is PASS or WAIVED.</summary>
    Ok = 0,

    /// <summary>A FAIL at or above <c>--fail-on</c>.</summary>
    Failed = 1,

    /// <summary>No FAIL, but an ERROR, or nothing was checked.</summary>
    Unobserved = 2,

    /// <summary>Arguments, a manifest or a migration file cannot be used.</summary>
    BadInput = 3,
}
