using System.ComponentModel;

namespace Symphony.Evidence;

[Description("One stage of a gate")]
public sealed record StageDocument(
    [property: Description(
        "doctor, manifests, lint, server, migrate, verify, probe, prove, tasks; probe only where probes ran"
    )]
        string Name,
    [property: Description("PASS, FAIL, ERROR, or SKIPPED: a stage that was not run passed nothing")] string Result,
    [property: Description("Milliseconds that it took")] long DurationMs,
    [property: Description("What it found, in one line")] string Note
);
