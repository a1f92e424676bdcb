using Symphony.Postgres.Tests.Migrations;
using Symphony.Postgres.Tests.Servers;

namespace Symphony.Postgres.Tests.Inputs;

public sealed class CompiledScriptTests(PostgresServers servers) : IDisposable
{
    private static readonly string[] Manifests = ["--invariants", Path.Combine(Workspace.Checkout, "invariants")];

    private readonly Workspace workspace = new();

    public static TheoryData<int> Majors => PostgresServers.Majors;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Majors))]
    public async Task The_compiled_script_shows_the_facts_of_the_evidence(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await database.ExecuteAsync(
            """
            CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT a_positive CHECK (a > 0));
            CREATE TABLE u (a int PRIMARY KEY, b text DEFAULT 'it''s \n');
            CREATE INDEX u_b ON u (b);
            CREATE FUNCTION f(a int, b text[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION "F.g"() RETURNS int LANGUAGE sql AS 'SELECT 1';
            """
        );
        workspace.Claim(
            """
            - {id: a-table, table: {table: t}}
            - {id: b-absent, table: {table: absent}}
            - {id: c-check, check: {table: t, name: a_positive, expression: a > 0 AND true}}
            - {id: d-index, index: {table: u, name: u_b, columns: [b]}}
            - {id: e-rule, for_each: {tables: {name: "*", having_column: b, except: [v]}, at_least: 3}, column: {name: a, nullable: false}}
            - {id: f-rule, for_each: {columns: {table: u}}, column: {type: text}}
            - {id: g-rule, for_each: {indexes: {table: u}}, index: {columns: [b]}}
            - {id: g-rule-functions, for_each: {functions: {name: "*"}}, function: {security: definer}}
            - {id: g-rule-privileges, for_each: {functions: {name: "*"}}, privileges: {to: PUBLIC, none: true}}
            - {id: h-nothing, for_each: {tables: {schema: nowhere}}, table: {}}
            """
        );

        await workspace.VerifyAsync(database);
        var compiled = await workspace.RunAsync(null, ["compile", "--postgres", $"{major}"]);

        var observed = CompiledScript.Observed(workspace.Checks());
        Assert.Equal(13, observed.Count);
        Assert.Equal(observed, await CompiledScript.RunAsync(compiled.Output, database));
    }

    [Theory, MemberData(nameof(Majors))]
    public async Task The_repositorys_manifests_compile_to_what_they_are_verified_by(int major)
    {
        await using var database = await servers.CreateDatabaseAsync(major);
        await MigrationFolder.ApplyAsync(MigrationFolder.PhaseZero, database);

        await workspace.VerifyAsync(database, Manifests);
        var compiled = await workspace.RunAsync(null, ["compile", "--postgres", $"{major}", .. Manifests]);

        var observed = Directory
            .GetFiles(workspace.Evidence, "P0.*.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/runs/", StringComparison.Ordinal))
            .SelectMany(path =>
                System.Text.Json.JsonElement.Parse(File.ReadAllBytes(path)).GetProperty("checks").EnumerateArray()
            )
            .Select(check => (Subject: check.Text("kind") + check.Text("subject"), check))
            .ToList();
        var shown = await CompiledScript.RunAsync(compiled.Output, database);
        Assert.Equal(CompiledScript.Observed(observed.Select(one => one.check)).Distinct(), shown.Distinct());
    }
}
