using System.Globalization;
using System.Text;
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
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            // A line break in an attribute or a text comes back as it was.
            NewLineHandling = NewLineHandling.Entitize,
            OmitXmlDeclaration = true,
            CloseOutput = false,
        };
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (var xml = XmlWriter.Create(output, settings))
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

        output.Write('\n');
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
            xml.WriteElementString("skipped", Text(ReportText.Waiver(check) ?? ""));
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
        xml.WriteAttributeString("id", suite.Id.ToString(CultureInfo.InvariantCulture));
        // To the second and without a zone, as one of the schemas demands; it is UTC.
        xml.WriteAttributeString("timestamp", run.Started[..19]);
        xml.WriteAttributeString("hostname", Text(run.Host is { Length: > 0 } host ? host : "localhost"));
        xml.WriteAttributeString("tests", suite.Tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", suite.Failures.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", suite.Errors.ToString(CultureInfo.InvariantCulture));
        // Windy Road's schema did not always have it: only who waives needs the newer one.
        if (suite.Skipped > 0)
        {
            xml.WriteAttributeString("skipped", suite.Skipped.ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteAttributeString("time", Number(suite.Time));
        xml.WriteStartElement("properties");
        foreach (var (name, value) in properties)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("value", Text(value));
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
        xml.WriteAttributeString("name", Text(name));
        xml.WriteAttributeString("classname", className);
        xml.WriteAttributeString("time", Number(time));
    }

    private static void WriteProblem(XmlWriter xml, Verdict verdict, string type, string message, string text)
    {
        xml.WriteStartElement(verdict == Verdict.Fail ? "failure" : "error");
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("message", Text(message));
        xml.WriteString(Text(text));
        xml.WriteEndElement();
    }

    private static decimal Seconds(long milliseconds) => milliseconds / 1000m;

    private static string Number(decimal seconds) => seconds.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Without what XML 1.0 cannot say (section 2.2); what could turn or command text is shown as an escape.</summary>
    private static string Text(string text)
    {
        var clean = new StringBuilder(text.Length);
        var safe = TerminalText.EscapeLines(text);
        for (var i = 0; i < safe.Length; i++)
        {
            if (i + 1 < safe.Length && char.IsSurrogatePair(safe[i], safe[i + 1]))
            {
                clean.Append(safe[i]).Append(safe[++i]);
            }
            else if (XmlConvert.IsXmlChar(safe[i]))
            {
                clean.Append(safe[i]);
            }
            else
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)safe[i]:x4}");
            }
        }

        return clean.ToString();
    }

    private sealed record Suite(string Name, string Package, int Id, int Tests, decimal Time)
    {
        public int Failures { get; init; }

        public int Errors { get; init; }

        public int Skipped { get; init; }
    }
}
