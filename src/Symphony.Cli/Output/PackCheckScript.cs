using System.Globalization;
using System.Text;
using System.Text.Json;
using Symphony.Catalog;
using Symphony.Evidence;
using Symphony.Evidence.Reproduction;
using Symphony.Manifests;
using Symphony.Sql;

namespace Symphony.Cli.Output;

/// <summary>check.sql of a pack: the recorded facts beside those of now, in psql's own words.</summary>
/// <param name="invariants">One for each failing check, in their order.</param>
internal sealed class PackCheckScript(RecordedFailure failure, IReadOnlyList<Invariant> invariants, int major)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        _text
            .Append("-- Are the facts those that were recorded? Nothing is written.\n")
            .Append("\\set ON_ERROR_STOP on\n\\set reproduced true\n")
            .Append($"{PsqlText.Encoding};\n")
            .Append("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;\n");
        foreach (var setting in CatalogSession.Settings)
        {
            _text.Append(setting).Append(";\n");
        }

        var pairs = failure.Checks.Zip(invariants).ToList();
        foreach (
            var kind in pairs
                .Where(pair => pair.Second.Claim is { } claim && pair.Second.Kind.StatementFor(claim) is null)
                .GroupBy(pair => pair.Second.Kind)
                .OrderBy(group => group.Key.Key, StringComparer.Ordinal)
        )
        {
            WriteKind(kind.Key, [.. kind]);
        }

        foreach (var (check, invariant) in pairs)
        {
            if (invariant.Claim is not { } claim)
            {
                WriteRule(check, invariant.Rule!);
            }
            else if (invariant.Kind.StatementFor(claim) is { } statement)
            {
                WriteStatement(check, invariant, statement);
            }
        }

        return _text
            .Append("COMMIT;\n\\if :reproduced\n\\echo 'reproduced'\n\\else\n")
            .Append("DO $$ BEGIN RAISE EXCEPTION 'the facts are not those that were recorded'; END $$;\n\\endif\n")
            .ToString();
    }

    /// <summary>The kind's one query, for all of its subjects.</summary>
    private void WriteKind(Kinds.InvariantKind kind, IReadOnlyList<(CheckDocument Check, Invariant Invariant)> checks)
    {
        var subjects = checks.Select(pair => kind.SubjectOf(pair.Invariant.Claim!)).ToList();
        var query = new FactQuery(kind.Key, kind.FactsSql(major), subjects);
        var rows = checks.Select(
            (pair, i) => $"({i + 1}, {Literal(pair.Check.Id)}, {Literal(pair.Check.Subject ?? "")}, {Fact(pair.Check)})"
        );
        _text
            .Append($"\nPREPARE symphony_{query.Name} (text[], text[], text[]) AS\n")
            .Append("SELECT bool_and(f.fact::jsonb IS NOT DISTINCT FROM e.fact) AS as_recorded,\n")
            .Append(
                "       string_agg(concat(CASE WHEN f.fact::jsonb IS NOT DISTINCT FROM e.fact THEN 'as recorded' ELSE 'OTHERWISE' END,\n"
            )
            .Append(
                "         '  ', e.id, ' ', e.name, '  ', COALESCE(f.fact::text, '(no such object)')), E'\\n' ORDER BY e.ordinal) AS report\n"
            )
            .Append($"FROM (VALUES\n  {string.Join(",\n  ", rows)}\n) AS e (ordinal, id, name, fact)\nLEFT JOIN (\n")
            .Append(query.Sql)
            .Append("\n) AS f (subject, fact) ON f.subject = e.ordinal;\n")
            .Append(
                $"EXECUTE symphony_{query.Name} ({string.Join(", ", query.Parameters.Select(SqlText.QuoteLiteral))}) \\gset\n"
            );
        WriteOutcome();
    }

    /// <summary>How many objects the rule matches, and which.</summary>
    private void WriteRule(CheckDocument check, Rule rule)
    {
        var matches = PackedFailure.MatchesOf(check).ToString(CultureInfo.InvariantCulture);
        _text
            .Append($"\nSELECT count(*) = {matches} AS as_recorded,\n")
            .Append($"       concat(CASE count(*) WHEN {matches} THEN 'as recorded' ELSE 'OTHERWISE' END, '  ', ")
            .Append($"{Literal($"{check.Id} (the rule over {rule.Selector})")}, '  matches ', count(*), ")
            .Append(
                " COALESCE(': ' || string_agg(concat_ws('.', s, t, n), ', ' ORDER BY concat_ws('.', s, t, n) COLLATE \"C\"), '')) AS report\n"
            )
            .Append("FROM (\n")
            .Append(PsqlScript.Inline(rule.Selector))
            .Append("\n) AS found (s, t, n) \\gset\n");
        WriteOutcome();
    }

    /// <summary>
    /// A statement of the claim's own, whose refusal may be the recorded answer. It stands in a literal: psql reads
    /// nothing of it.
    /// </summary>
    private void WriteStatement(CheckDocument check, Invariant invariant, string statement)
    {
        var refusals = PackedFailure.Refusals(check, invariant.Kind);
        var body = $"""
            DECLARE answer jsonb;
            DECLARE code text := '00000';
            BEGIN
              BEGIN
                EXECUTE {Literal($"SELECT f.fact::jsonb FROM (\n{statement}\n) AS f (subject, fact)")} INTO answer;
              EXCEPTION WHEN OTHERS THEN
                code := SQLSTATE;
              END;
              PERFORM set_config('symphony.answer', COALESCE(answer::text, 'null'), false),
                      set_config('symphony.code', code, false);
            END
            """;
        var same =
            refusals.Count > 0
                ? $"current_setting('symphony.code') IN ({string.Join(", ", refusals.Select(Literal))})"
                : $"current_setting('symphony.answer')::jsonb = {Fact(check)}";
        _text
            .Append($"\nSAVEPOINT statement;\nDO {Literal(body.ReplaceLineEndings("\n"))};\n")
            .Append($"SELECT {same} AS as_recorded,\n")
            .Append($"       concat(CASE WHEN {same} THEN 'as recorded' ELSE 'OTHERWISE' END, '  ', ")
            .Append($"{Literal($"{check.Id} {check.Subject}")}, '  ', CASE current_setting('symphony.code')\n")
            .Append("         WHEN '00000' THEN current_setting('symphony.answer')\n")
            .Append("         ELSE 'SQLSTATE ' || current_setting('symphony.code') END) AS report \\gset\n")
            // What one statement sets for its session does not reach the next.
            .Append("ROLLBACK TO SAVEPOINT statement;\n");
        WriteOutcome();
    }

    private void WriteOutcome() =>
        _text.Append("\\echo :report\n\\if :as_recorded\n\\else\n\\set reproduced false\n\\endif\n");

    private static string Fact(CheckDocument check) =>
        check.Observed is { ValueKind: not JsonValueKind.Null } fact
            ? Literal(fact.GetRawText()) + "::jsonb"
            : "NULL::jsonb";

    private static string Literal(string text) => SqlText.QuoteLiteral(text);
}
