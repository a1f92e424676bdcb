/* One check in full, made when it is opened. */

function detailsOf({ check, bundle }, kinds) {
  return [
    lead(check),
    differences(check),
    repair(check),
    waiver(check.waiver),
    requirements(check),
    claim(check, kinds[check.kind]),
    behaviour(check.proof?.behaviour),
    sabotages(check.proof?.sabotages),
    query(check, bundle),
    place(check, bundle),
  ].flat();
}

function part(title, ...content) {
  return make("section", { class: "part" }, make("h4", null, title), ...content);
}

function table(heads, rows) {
  return make("div", { class: "scroll", role: "group", "aria-label": heads.join(", "), tabindex: "0" },
    make("table", null,
      make("thead", null, make("tr", null, heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", null, rows.map(([first, ...rest]) =>
        make("tr", null, make("th", { scope: "row" }, first), rest.map((cell) => make("td", null, cell)))))));
}

function code(text) {
  return make("pre", { tabindex: "0" }, make("code", null, text));
}

function lead(check) {
  const error = check.error;
  const refused = error?.sqlstate ? `The server refused with SQLSTATE ${error.sqlstate}.` : null;
  return [
    check.explanation ? make("p", { class: "lead" }, check.explanation) : null,
    refused ? make("p", null, refused) : null,
    check.next ? make("p", { class: "next" }, make("strong", null, "Next "), check.next) : null,
  ];
}

function differences(check) {
  return check.differences.length === 0 ? null : part("What differs",
    table(["Member", "Expected", "Observed", "What is lost"], check.differences.map((difference) =>
      [make("code", null, difference.path), inline(difference.expected), inline(difference.observed), difference.why])));
}

function repair(check) {
  const sql = check.remedy.map((statement) => `${statement};`).join("\n");
  return sql === "" ? null : part("Repair", code(sql), copyButton("repair", `${sql}\n`));
}

function waiver(decision) {
  return decision === null ? null : part("Waiver",
    make("p", null, `${decision.reason} `, make("span", { class: "muted" },
      `Approved by ${decision.approved_by}, ${decision.starts ? `from ${decision.starts} ` : ""}to ${decision.expires}, `
      + `for ${decision.subject ?? "every subject"}, at ${pointOf(decision.location)}.`)));
}

/** Each thing that the claim requires, beside what the catalog says of it. */
function requirements(check) {
  const differing = new Map(check.differences.map((difference) => [difference.path, difference]));
  const observed = check.observed;
  const rows = Object.entries(check.expected).map(([path, expected]) => {
    const difference = differing.get(path);
    const isMember = observed !== null && Object.hasOwn(observed, path);
    const found = difference ? inline(difference.observed)
      : isMember ? inline(observed[path])
      : make("span", { class: "muted" }, observed === null ? "nothing" : "follows from the fact");
    const word = difference ? make("strong", { class: "differs" }, "differs")
      : observed === null ? (check.verdict === "ERROR" ? "not observed" : "absent")
      : check.verdict !== "ERROR" || (isMember && isMet(expected, observed[path])) ? "as expected" : "undecided";
    return [make("code", null, path), inline(expected), found, word];
  });
  const forms = check.normal_forms.map((form) => [make("code", null, form.expression),
    form.form === null ? `${form.error ?? "not known"}${form.sqlstate ? `, SQLSTATE ${form.sqlstate}` : ""}` : make("code", null, form.form)]);
  return [
    rows.length === 0 ? null : part("Expected and observed", table(["Member", "Expected", "Observed", "Outcome"], rows)),
    forms.length === 0 ? null : part("Expressions, as the server reads them", table(["Expression", "Normal form"], forms)),
    observed === null ? null : part("Fact", folded("The whole fact, as the catalog gave it", JSON.stringify(observed, null, 2), "fact")),
  ];
}

/** Where no verdict was reached, only what is plainly the same is as expected. */
function isMet(expected, observed) {
  const same = (value) => JSON.stringify(value) === JSON.stringify(observed);
  return same(expected) || (Array.isArray(expected?.one_of) && expected.one_of.some(same));
}

function folded(title, text, what) {
  return make("details", { "data-what": what }, make("summary", null, title), code(text), copyButton(what, text));
}

function claim(check, kind) {
  const words = kind ? [make("p", null, sentence(kind.summary), " ", make("span", { class: "muted" }, sentence(kind.why)))] : [];
  if (kind?.only_when.length > 0) {
    words.push(make("ul", { class: "conditions" }, kind.only_when.map((text) => make("li", null, sentence(text)))));
  }
  if (check.claim !== null) {
    words.push(folded("The claim, with its defaults", JSON.stringify(check.claim, null, 2), "claim"));
  }
  return words.length === 0 ? null : part(`Claim: ${check.kind.replaceAll("_", " ")}`, ...words);
}

function behaviour(witness) {
  return witness ? part("Proof by behaviour",
    make("p", { class: "muted" }, witness.mode === "direct"
      ? "Writes to the real tables, rolled back." : "Writes to temporary tables that carry the subject's checks and triggers."),
    table(["Tried", "Outcome", "What the database did"], witness.testimonies.map((testimony) =>
      [testimony.probe, outcome(testimony.outcome, testimony.outcome === "contradicted"),
        [testimony.statement, testimony.sqlstate ? ` SQLSTATE ${testimony.sqlstate}.` : null,
          testimony.next ? ` Next: ${testimony.next}` : null]]))) : null;
}

function sabotages(proof) {
  return proof ? part("Proof by sabotage",
    make("p", { class: "muted" }, `Broken on purpose, and undone: ${proof.detected} detected, ${proof.survived} survived, `
      + `${proof.unaffected} unaffected, ${proof.not_applicable} not applicable.`),
    table(["Change", "Outcome", "Verdict meanwhile"], byOutcome(proof.trials).map((trial) =>
      [[trial.name, trial.statements.length > 0 ? code(trial.statements.join(";\n")) : null],
        outcome(trial.outcome.replaceAll("_", " "), trial.outcome === "survived"),
        [trial.verdict ? badge(trial.verdict) : null, trial.refusal, trial.sqlstate ? ` SQLSTATE ${trial.sqlstate}` : null]]))) : null;
}

/** What went unnoticed first: it is what somebody has to read. */
function byOutcome(trials) {
  return [...trials].sort((a, b) => (b.outcome === "survived") - (a.outcome === "survived"));
}

function outcome(word, isBad) {
  return isBad ? make("strong", { class: "bad" }, word) : word;
}

function query(check, bundle) {
  const sql = check.query_sha256 === null ? undefined : bundle.queries[check.query_sha256];
  if (sql === undefined) {
    return null;
  }
  const { schema, relation, name } = check.parameters ?? {};
  const parameters = check.parameters === null ? null
    : table(["Parameter", "Entry"], [["$1 schema", inline(schema)], ["$2 relation", inline(relation)], ["$3 name", inline(name)]]);
  return part("Exact query", parameters, folded(`The SQL, ${count(sql.length)} characters`, sql, "query"),
    make("p", { class: "digest muted" }, `SHA-256 ${check.query_sha256}`));
}

function pointOf({ path, line, column }) {
  return `${path}:${line}:${column}`;
}

/** A command only of names that a manifest may have: evidence that was made up does not reach a shell. */
function againOf(check, bundle) {
  const words = [bundle.task_id, bundle.failure_signature, check.id];
  return words.every((word) => /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(word))
    ? `symphony verify --task ${words[0]} --signature ${words[1]} --only ${words[2]}` : null;
}

function place(check, bundle) {
  const command = againOf(check, bundle);
  return part("Declared and verified",
    make("dl", { class: "place" },
      make("dt", null, "Declared at"), make("dd", null, make("code", null, pointOf(check.location))),
      make("dt", null, "Task"), make("dd", null, bundle.task_id),
      make("dt", null, "Signature"), make("dd", null, bundle.failure_signature),
      command ? [make("dt", null, "Verify again"), make("dd", null, make("code", null, command), " ", copyButton("command", command))] : null));
}
