namespace Symphony.Migrations;

/// <summary>A row of the ledger.</summary>
/// <param name="Version">The file's name without <c>.sql</c>, also where the ledger was kept with it.</param>
public sealed record AppliedMigration(string Version, string Checksum, DateTime AppliedAt);
