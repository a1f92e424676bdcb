using System.Globalization;
using System.Text.Json.Nodes;
using Symphony.Kinds;
using Symphony.Manifests;
using Symphony.Verification;

namespace Symphony.Evidence;

/// <summary>
/// A verdict as <see cref="CheckDocument"/>, its members in the order of their names. Written by hand: in a process of
/// a tenth of a second, a serialiser's metadata would cost more than everything else. Tests hold it to the contract.
/// </summary>
internal static class CheckWriter
{
    public static void Write(CanonicalWriter json, CheckResult check)
    {
        json.BeginObject();
        WriteClaim(json, check);
        WriteDifferences(json, check);
        WriteError(json, check);
        WriteExpected(json, check.Expected);
        json.Name("explanation"u8).String(check.Explanation);
        json.Name("id"u8).String(check.Invariant.Id);
        json.Name("kind"u8).String(check.Invariant.Kind.Key);
        json.Name("location"u8);
        WriteLocation(json, check.Invariant.ManifestPath, check.Invariant.Location);
        json.Name("next"u8).String(check.Next);
        WriteNormalForms(json, check);
        json.Name("observed"u8).Element(check.Observed);
        WriteParameters(json, check);
        ProofWriter.Write(json, check);
        json.Name("query_sha256"u8).String(check.Query?.Sha256);
        json.Name("remedy"u8).Strings(check.Remedy);
        json.Name("severity"u8).String(check.Invariant.Severity.ToString());
        json.Name("subject"u8).String(check.Subject);
        json.Name("title"u8).String(check.Invariant.Title);
        json.Name("verdict"u8).String(check.Verdict.Word());
        WriteWaiver(json, check.Waiver);
        json.EndObject();
    }

    private static void WriteClaim(CanonicalWriter json, CheckResult check)
    {
        json.Name("claim"u8);
        if (check.Claim is { } claim)
        {
            json.Record(claim, check.Invariant.Kind.ClaimType);
        }
        else
        {
            json.Null();
        }
    }

    private static void WriteExpected(CanonicalWriter json, Requirements expected)
    {
        json.Name("expected"u8).BeginObject();
        for (var place = 0; place < expected.Count; place++)
        {
            var (path, value) = expected[place];
            json.Name(path);
            switch (value)
            {
                case null:
                    json.Null();
                    break;
                case bool flag:
                    json.Boolean(flag);
                    break;
                case string text:
                    json.String(text);
                    break;
                case IReadOnlyList<string> texts:
                    json.Strings(texts);
                    break;
                case Choice choice:
                    json.BeginObject();
                    json.Name("one_of"u8).Strings(choice.OneOf);
                    json.EndObject();
                    break;
                default:
                    json.Node((JsonNode)value);
                    break;
            }
        }

        json.EndObject();
    }

    private static void WriteDifferences(CanonicalWriter json, CheckResult check)
    {
        json.Name("differences"u8).BeginArray();
        foreach (var difference in check.Differences)
        {
            json.BeginObject();
            json.Name("expected"u8).Node(difference.Expected);
            json.Name("observed"u8).Node(difference.Observed);
            json.Name("path"u8).String(difference.Path);
            json.Name("why"u8).String(difference.Why);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteError(CanonicalWriter json, CheckResult check)
    {
        json.Name("error"u8);
        if (check.Verdict != Verdict.Error)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("object"u8).String(check.Subject);
        json.Name("sqlstate"u8).String(check.SqlState);
        json.EndObject();
    }

    private static void WriteLocation(CanonicalWriter json, string path, SourceLocation location)
    {
        json.BeginObject();
        json.Name("column"u8).Number(location.Column);
        json.Name("end_column"u8).Number(location.EndColumn);
        json.Name("end_line"u8).Number(location.EndLine);
        json.Name("line"u8).Number(location.Line);
        json.Name("path"u8).String(path);
        json.EndObject();
    }

    private static void WriteNormalForms(CanonicalWriter json, CheckResult check)
    {
        json.Name("normal_forms"u8).BeginArray();
        foreach (var (expression, form) in check.NormalForms)
        {
            json.BeginObject();
            json.Name("error"u8).String(form.Error);
            json.Name("expression"u8).String(expression.Text);
            json.Name("form"u8).String(form.Text);
            json.Name("relation"u8).String(expression.Relation.ToString());
            json.Name("sqlstate"u8).String(form.SqlState);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteParameters(CanonicalWriter json, CheckResult check)
    {
        json.Name("parameters"u8);
        if (check.Claim is null)
        {
            json.Null();
            return;
        }

        var subject = check.Invariant.Kind.SubjectOf(check.Claim);
        json.BeginObject();
        json.Name("name"u8).String(subject.Name);
        json.Name("relation"u8).String(subject.Relation);
        json.Name("schema"u8).String(subject.Schema);
        json.EndObject();
    }

    private static void WriteWaiver(CanonicalWriter json, Waiver? waiver)
    {
        json.Name("waiver"u8);
        if (waiver is null)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("approved_by"u8).String(waiver.ApprovedBy);
        json.Name("expires"u8).String(Day(waiver.Expires));
        json.Name("location"u8);
        WriteLocation(json, waiver.Path, waiver.Location);
        json.Name("reason"u8).String(waiver.Reason);
        json.Name("starts"u8).String(waiver.Starts is { } starts ? Day(starts) : null);
        json.Name("subject"u8).String(waiver.Subject);
        json.EndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
