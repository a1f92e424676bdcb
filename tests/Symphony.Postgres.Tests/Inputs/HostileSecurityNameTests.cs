using System.Text.Json;
using Symphony.Postgres.Tests.Servers;
using Symphony.Sql;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>Names of functions, schemas and roles that try to be something else stay names.</summary>
public sealed class HostileSecurityNameTests(PostgresServers servers) : IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<string> Names => HostileNameTests.Names;

    public void Dispose() => workspace.Dispose();

    [Theory, MemberData(nameof(Names))]
    public async Task A_name_stays_a_name(string name)
    {
        await using var database = await servers.CreateDatabaseAsync();
        var quoted = SqlText.QuoteName(name);
        await database.ExecuteAsync(
            $"""
            CREATE ROLE {quoted};
            CREATE SCHEMA {quoted} AUTHORIZATION {quoted};
            CREATE TABLE {quoted}.{quoted} ({quoted} int);
            CREATE FUNCTION {quoted}.{quoted}(int, {quoted}.{quoted}[]) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = {quoted}, pg_temp AS 'SELECT 1';
            ALTER FUNCTION {quoted}.{quoted}(int, {quoted}.{quoted}[]) OWNER TO {quoted};
            REVOKE ALL ON FUNCTION {quoted}.{quoted}(int, {quoted}.{quoted}[]) FROM PUBLIC;
            GRANT SELECT ({quoted}) ON {quoted}.{quoted} TO {quoted};
            """
        );
        try
        {
            var text = JsonSerializer.Serialize(name);
            workspace.Claim(
                $$$"""
                - {id: a, for_each: {functions: {schema: {{{text}}}, security: definer}}, function: {security: definer, search_path: [{{{text}}}, pg_temp], owner: {{{text}}}, execute: []}}
                - {id: b, for_each: {functions: {schema: {{{text}}}}}, privileges: {to: PUBLIC, none: true}}
                - {id: c, schema: {name: {{{text}}}, create: [], owner: {{{text}}}}}
                - {id: d, role: {name: {{{text}}}, member_of: []}}
                - {id: e, for_each: {columns: {schema: {{{text}}}}}, privileges: {to: {{{text}}}, exactly: [SELECT]}}
                """
            );

            await workspace.VerifyAsync(database);

            Assert.Equal(["PASS", "PASS", "PASS", "PASS", "PASS"], workspace.Checks().Select(check => check.Verdict()));
        }
        finally
        {
            await database.ExecuteAsync($"DROP OWNED BY {quoted} CASCADE; DROP ROLE {quoted}");
        }
    }
}
