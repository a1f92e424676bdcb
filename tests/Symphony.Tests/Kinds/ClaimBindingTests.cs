using System.Text;
using Symphony.Kinds;
using Symphony.Kinds.Column;
using Symphony.Kinds.ForeignKey;
using Symphony.Kinds.PrimaryKey;
using Symphony.Kinds.Setting;
using Symphony.Kinds.Table;
using Symphony.Kinds.Unique;
using Symphony.Manifests;
using Symphony.Manifests.Binding;
using Symphony.Manifests.Yaml;

namespace Symphony.Tests.Kinds;

/// <summary>What is not claimed is held to its default, and what proves nothing is refused.</summary>
public sealed class ClaimBindingTests
{
    [Fact]
    public void A_table_is_permanent_and_without_rules_unless_claimed_otherwise()
    {
        var claim = Bind<WholeTableClaim>("table", "{table: t}");

        Assert.Equal(
            (Persistence.Permanent, RewriteRules.None, RowSecurity.Any),
            (claim.Persistence, claim.Rules, claim.RowSecurity)
        );
    }

    [Fact]
    public void A_unique_constraint_is_immediate_and_tells_nulls_apart_unless_claimed_otherwise()
    {
        var claim = Bind<UniqueClaim>("unique", "{table: t, name: u, columns: [a]}");

        Assert.True(claim.NullsDistinct);
        Assert.False(claim.Deferrable);
    }

    [Fact]
    public void A_primary_key_needs_no_name() =>
        Assert.Null(Bind<PrimaryKeyClaim>("primary_key", "{table: t, columns: [a]}").Name);

    [Fact]
    public void A_foreign_key_does_nothing_on_delete_unless_claimed_otherwise()
    {
        var claim = Bind<ForeignKeyClaim>(
            "foreign_key",
            "{table: t, name: f, columns: [a], references: {table: s.r, columns: [b]}}"
        );

        Assert.Equal(
            (ReferentialAction.NoAction, ReferentialAction.NoAction, ReferenceMatch.Simple),
            (claim.OnDelete, claim.OnUpdate, claim.Match)
        );
        Assert.Equal("s", claim.References.Table.Schema);
    }

    [Fact]
    public void A_collation_without_schema_is_of_pg_catalog_and_not_of_the_manifest()
    {
        var kind = KindRegistry.Standard.Find("column")!;
        var claim = Bind<ColumnClaim>("column", "{table: t, name: c, collation: C}");

        Assert.Equal("pg_catalog.C", ((ColumnClaim)kind.Qualify(claim, "app")).Collation!.ToString());
    }

    [Theory]
    [InlineData("unique", "{table: t, name: u, columns: []}", "columns")]
    [InlineData("primary_key", "{table: t, columns: []}", "columns")]
    [InlineData(
        "foreign_key",
        "{table: t, name: f, columns: [a, b], references: {table: r, columns: [a]}}",
        "references.columns"
    )]
    [InlineData("column", "{table: t, name: c, type: serial}", "type")]
    [InlineData("column", "{table: t, name: c, default: 'now('}", "default")]
    [InlineData("column", "{table: t, name: c, default: 'a; b'}", "default")]
    [InlineData("column", "{table: t, name: c, generated: a, default: b}", "generated")]
    [InlineData(
        "trigger",
        "{table: t, name: g, timing: after, events: [insert], level: row, function: f, initially_deferred: true}",
        "initially_deferred"
    )]
    [InlineData(
        "trigger",
        "{table: t, name: g, timing: before, events: [insert], level: row, function: f, deferrable: true}",
        "deferrable"
    )]
    [InlineData(
        "trigger",
        "{table: t, name: g, timing: after, events: [insert], level: statement, function: f, deferrable: true}",
        "deferrable"
    )]
    [InlineData("policy", "{table: t, name: p}", "")]
    [InlineData("policy", "{table: t, name: p, using: 'a; b'}", "using")]
    [InlineData("policy", "{table: t, name: p, using: a, roles: []}", "roles")]
    [InlineData("policy", "{table: t, name: p, using: a, roles: [public, b]}", "roles")]
    [InlineData("policy", "{table: t, name: p, using: a, roles: [PUBLIC, b]}", "roles")]
    [InlineData("policy", "{table: t, name: p, command: insert, using: a}", "using")]
    [InlineData("policy", "{table: t, name: p, command: select, using: a, with_check: b}", "with_check")]
    [InlineData("row_security", "{table: t, enabled: false, policies: [p]}", "enabled")]
    [InlineData("row_security", "{table: t, policies: []}", "policies")]
    [InlineData("exclusion", "{table: t, name: e, elements: []}", "elements")]
    [InlineData("exclusion", "{table: t, name: e, elements: [a WITH =], predicate: 'b)'}", "predicate")]
    [InlineData("view", "{name: v, columns: []}", "columns")]
    [InlineData("view", "{name: v, definition: SELECT 1; SELECT 2}", "definition")]
    [InlineData("view", "{name: v, materialized: true, security_invoker: true}", "security_invoker")]
    [InlineData("view", "{name: v, populated: false}", "populated")]
    [InlineData("enum", "{name: e, labels: []}", "labels")]
    [InlineData("enum", "{name: e, labels: [a, b, a]}", "labels")]
    [InlineData("sequence", "{name: s, increment: 0}", "increment")]
    [InlineData("sequence", "{name: s, min: 9, max: 1}", "min")]
    [InlineData("setting", "{name: s, value: 1, scope: role}", "role")]
    [InlineData("setting", "{name: s, value: 1, scope: database, role: r}", "role")]
    [InlineData("setting", "{name: s, value: 1, scope: role, role: r, except_roles: [q]}", "except_roles")]
    [InlineData("domain", "{name: d, type: serial}", "type")]
    [InlineData("domain", "{name: d, type: text, checks: {c: 'VALUE <'' ; '}}", "checks.c")]
    [InlineData("domain", "{name: d, type: text, validated: true}", "validated")]
    [InlineData("publication", "{name: p}", "tables")]
    [InlineData("publication", "{name: p, all_tables: true, tables: [t]}", "all_tables")]
    [InlineData("publication", "{name: p, tables: [t], operations: []}", "operations")]
    [InlineData("publication", "{name: p, tables: [{table: t, where: 'a; b'}]}", "tables[0].where")]
    [InlineData("publication", "{name: p, tables: [{table: t, columns: []}]}", "tables[0].columns")]
    [InlineData("event_trigger", "{name: e, event: login, function: f, tags: [CREATE TABLE]}", "tags")]
    [InlineData("privileges", "{on: t, to: a}", "exactly")]
    [InlineData("privileges", "{on: t, to: a, none: true, exactly: [SELECT]}", "exactly")]
    [InlineData("privileges", "{on: {table: t, schema: s}, to: a, none: true}", "on")]
    [InlineData("privileges", "{on: t, to: '', none: true}", "to")]
    [InlineData("privileges", "{on: t, to: a, exactly: [EXECUTE]}", "exactly")]
    [InlineData("privileges", "{on: t, to: a, columns: [c], at_most: [DELETE]}", "at_most")]
    [InlineData("privileges", "{on: {schema: s}, to: a, columns: [c], none: true}", "columns")]
    [InlineData("privileges", "{on: t, to: a, columns: [], none: true}", "columns")]
    [InlineData("role", "{name: PUBLIC}", "name")]
    [InlineData("function", "{name: f(), returns: 'int; DROP'}", "returns")]
    [InlineData("function", "{name: f(), kind: procedure, returns: int}", "returns")]
    [InlineData("function", "{name: f(), body_sha256: x}", "body_sha256")]
    [InlineData("function", "{name: f(), settings: {Search_Path: public}}", "settings")]
    [InlineData("function", "{name: f(), settings: {datestyle: ISO, DateStyle: ISO}}", "settings")]
    [InlineData("default_privileges", "{role: a, objects: functions, grants: {b: [SELECT]}}", "grants")]
    [InlineData("default_privileges", "{role: a, objects: functions, grants: {b: []}}", "grants")]
    [InlineData("default_privileges", "{role: a, objects: schemas, schema: s, grants: {}}", "schema")]
    public void A_claim_that_cannot_be_meant_is_refused(string key, string yaml, string path) =>
        Assert.Equal(path, Assert.Single(Bind<Claim>(key, yaml).Problems()).Path);

    [Theory]
    [InlineData("column", "{table: t, name: c, default: null}")]
    [InlineData("column", "{table: t, name: c, default: }")]
    [InlineData("column", "{table: t, name: c, nullable: }")]
    [InlineData("column", "{table: t, name: c, type: }")]
    [InlineData("column", "{table: t, name: c, identity: }")]
    [InlineData("table", "{table: t, owner: }")]
    [InlineData("table", "{table: t, persistence: 0}")]
    [InlineData("table", "{table: t, rows: 3}")]
    [InlineData("foreign_key", "{table: t, name: f, columns: [a], references: {table: r}}")]
    [InlineData("setting", "{name: s, scope: database}")]
    [InlineData("setting", "{name: s, scope: database, value: [1]}")]
    [InlineData("view", "{name: v, owner: }")]
    [InlineData("exclusion", "{table: t, name: e, elements: [a]}")]
    [InlineData("event_trigger", "{name: e, event: drop, function: f}")]
    public void A_key_without_a_value_or_with_a_wrong_one_is_refused(string key, string yaml)
    {
        var problems = new ProblemList();
        Read(key, yaml, problems);

        Assert.NotEmpty(problems);
    }

    [Theory]
    [InlineData("30s", "30s")]
    [InlineData("30000", "30000")]
    [InlineData("0.5", "0.5")]
    [InlineData("true", "true")]
    [InlineData("on", "on")]
    [InlineData("'30000'", "30000")]
    public void A_settings_value_needs_no_quotes(string yaml, string value) =>
        Assert.Equal(value, Bind<SettingClaim>("setting", $"{{name: s, scope: database, value: {yaml}}}").Value.Text);

    [Fact]
    public void A_settings_subject_tells_its_scope_and_role()
    {
        var kind = KindRegistry.Standard.Find("setting")!;
        string Subject(string claim) =>
            kind.SubjectOf(kind.Qualify(Bind<SettingClaim>("setting", $"{{name: s, value: 1, {claim}}}"), "app"))
                .ToString();

        Assert.Equal("database.s", Subject("scope: database"));
        Assert.Equal("role in database.s", Subject("scope: role, role: in database"));
        Assert.Equal("role_in_database x.s", Subject("scope: role_in_database, role: x"));
    }

    private static T Bind<T>(string key, string yaml)
        where T : Claim
    {
        var problems = new ProblemList();
        var claim = Read(key, yaml, problems);
        Assert.Empty(problems);
        return Assert.IsAssignableFrom<T>(claim);
    }

    private static object? Read(string key, string yaml, ProblemList problems)
    {
        using var binder = new NodeBinder();
        return binder.Bind(
            YamlDocument.Read(Encoding.UTF8.GetBytes(yaml), "claim.yml", problems)!,
            KindRegistry.Standard.Find(key)!.ClaimType,
            problems
        );
    }
}
