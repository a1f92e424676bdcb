using System.Globalization;
using System.Xml;
using Symphony.Evidence;
using Symphony.Verification;

namespace Symphony.Cli.Output.Reports;

/// <summary>
/// JUnit XML for CI servers: a suite for each task and signature, a test case for each check. Its form is what the
/// schemas of Jenkins and of Windy Road (Ant) both accept, and no more; so the manifest's place stands in the text of a
/// failure and not in an attribute, which they do not have.
/// </summary>
internal sealed class JUnitReport : ReportFormat
{
    public override string Name => "junit";

    public override string FileName => "junit.xml";

    public override void Write(EvidenceRun run, TextWriter output)
    {
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        JUnitXml.Write(output, xml => WriteSuites(xml, run));
    }

    private static void WriteSuites(XmlWriter xml, EvidenceRun run)
    {
        // All checks are read in one snapshot: each has its share of the time.
        var share = Seconds(run.Run.DurationsMs.GetValueOrDefault("verify")) / Math.Max(1, run.Checks.Count());
        xml.WriteStartElement("testsuites");
        var id = 0;
        foreach (var bundle in run.Bundles)
        {
            WriteSuite(xml, run.Run, bundle, id++, share);
        }

        WriteStages(xml, run, id);
        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, RunDocument run, Bundle bundle, int id, decimal share)
    {
        int Count(Verdict verdict) => bundle.Checks.Count(check => check.Verdict == verdict);
        StartSuite(
            xml,
            run,
            new Suite(bundle.FailureSignature, bundle.TaskId, id, bundle.Checks.Count, share * bundle.Checks.Count)
            {
                Failures = Count(Verdict.Fail),
                Errors = Count(Verdict.Error),
                Skipped = Count(Verdict.Waived),
            },
            [
                ("run", run.RunId),
                ("database", bundle.Target.Database ?? "unknown"),
                ("server_version_num", bundle.Target.ServerVersionNum.ToString(CultureInfo.InvariantCulture)),
                ("verdict", bundle.Verdict.Word()),
            ]
        );
        foreach (var check in bundle.Checks)
        {
            StartCase(xml, $"{check.Id}: {ReportText.Subject(check)}", bundle.TaskId, share);
            WriteOutcome(xml, bundle, check);
            xml.WriteEndElement();
        }

        EndSuite(xml);
    }

    private static void WriteOutcome(XmlWriter xml, Bundle bundle, CheckDocument check)
    {
        if (check.Verdict == Verdict.Waived)
        {
            // One of the schemas has no attributes here.
            xml.WriteElementString("skipped", JUnitXml.Text(ReportText.Waiver(check) ?? ""));
        }
        else if (check.Verdict != Verdict.Pass)
        {
            WriteProblem(
                xml,
                check.Verdict,
                check.Kind,
                ReportText.Explanation(check) ?? ReportText.Title(check),
                string.Join('\n', ReportText.Lines(bundle, check))
            );
        }
    }

    /// <summary>What went wrong beside the checks; a run without a check is no success either.</summary>
    private static void WriteStages(XmlWriter xml, EvidenceRun run, int id)
    {
        var problems = run.Problems.ToList();
        if (problems.Count == 0)
        {
            return;
        }

        StartSuite(
            xml,
            run.Run,
            new Suite("stages", "symphony", id, problems.Count, 0)
            {
                Failures = problems.Count(problem => problem.Verdict == Verdict.Fail),
                Errors = problems.Count(problem => problem.Verdict == Verdict.Error),
            },
            [("run", run.Run.RunId)]
        );
        foreach (var problem in problems)
        {
            StartCase(xml, problem.Stage, "symphony", 0);
            WriteProblem(xml, problem.Verdict, "stage", problem.Note, problem.Note);
            xml.WriteEndElement();
        }

        EndSuite(xml);
    }

    private static void StartSuite(XmlWriter xml, RunDocument run, Suite suite, (string, string)[] properties)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", suite.Name);
        xml.WriteAttributeString("package", suite.Package);
        JUnitXml.WriteNumber(xml, "id", suite.Id);
        // To the second and without a zone, as one of the schemas demands; it is UTC.
        xml.WriteAttributeString("timestamp", run.Started[..19]);
        xml.WriteAttributeString("hostname", JUnitXml.Text(run.Host is { Length: > 0 } host ? host : "localhost"));
        JUnitXml.WriteNumber(xml, "tests", suite.Tests);
        JUnitXml.WriteNumber(xml, "failures", suite.Failures);
        JUnitXml.WriteNumber(xml, "errors", suite.Errors);
        // Windy Road's schema did not always have it: only who waives needs the newer one.
        if (suite.Skipped > 0)
        {
            JUnitXml.WriteNumber(xml, "skipped", suite.Skipped);
        }

        xml.WriteAttributeString("time", Number(suite.Time));
        xml.WriteStartElement("properties");
        foreach (var (name, value) in properties)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("value", JUnitXml.Text(value));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void EndSuite(XmlWriter xml)
    {
        xml.WriteElementString("system-out", "");
        xml.WriteElementString("system-err", "");
        xml.WriteEndElement();
    }

    private static void StartCase(XmlWriter xml, string name, string className, decimal time)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", JUnitXml.Text(name));
        xml.WriteAttributeString("classname", className);
        xml.WriteAttributeString("time", Number(time));
    }

    private static void WriteProblem(XmlWriter xml, Verdict verdict, string type, string message, string text) =>
        JUnitXml.WriteProblem(xml, verdict == Verdict.Fail ? "failure" : "error", type, message, text);

    private static decimal Seconds(long milliseconds) => milliseconds / 1000m;

    private static string Number(decimal seconds) => seconds.ToString("0.000000", CultureInfo.InvariantCulture);

    private sealed record Suite(string Name, string Package, int Id, int Tests, decimal Time)
    {
        public int Failures { get; init; }

        public int Errors { get; init; }

        public int Skipped { get; init; }
    }
}
