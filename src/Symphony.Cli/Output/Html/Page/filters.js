/* What is shown of the checks, and in which order; kept in the page's address, so that a link shows the same. */

const Worst = ["FAIL", "ERROR", "WAIVED", "PASS"];

class Filters {
  constructor(form, entries, changed) {
    this.form = form;
    this.entries = entries;
    this.changed = changed;
    this.search = form.querySelector("#search");
    this.selects = Object.fromEntries(["severity", "kind", "task", "signature", "order"].map((id) => [id, form.querySelector(`#${id}`)]));
    this.toggles = new Map();
    this.offer();
    this.readAddress();
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => this.later());
    form.addEventListener("reset", () => this.reset());
    addEventListener("hashchange", () => this.readAddress() && this.apply());
    requestIdleCallback?.((idle) => this.index(idle));
  }

  offer() {
    const values = {
      severity: (entry) => entry.check.severity,
      kind: (entry) => entry.check.kind,
      task: (entry) => entry.bundle.task_id,
      signature: (entry) => entry.bundle.failure_signature,
    };
    for (const [id, of] of Object.entries(values)) {
      const all = [...new Set(this.entries.map(of))].sort();
      this.selects[id].append(make("option", { value: "" }, "All"), ...all.map((value) => make("option", { value }, value)));
    }
    for (const verdict of Worst) {
      const number = this.entries.filter((entry) => entry.check.verdict === verdict).length;
      const button = make("button", { type: "button", "aria-pressed": "false", "data-verdict": verdict, class: "toggle" },
        verdict, " ", make("span", { class: "number" }, count(number)));
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") === "false"));
        this.apply();
      });
      this.toggles.set(verdict, button);
      this.form.querySelector("#verdicts").append(button);
    }
  }

  get verdicts() {
    return Worst.filter((verdict) => this.toggles.get(verdict).getAttribute("aria-pressed") === "true");
  }

  /** Shows what a cell of the matrix counts. */
  only({ task = "", signature = "", verdict = "" }) {
    this.set(new URLSearchParams({ task, signature, verdict }));
    this.apply();
  }

  set(words) {
    this.search.value = words.get("q") ?? "";
    for (const id of ["severity", "kind", "task", "signature"]) {
      const wanted = words.get(id) ?? "";
      this.selects[id].value = [...this.selects[id].options].some((option) => option.value === wanted) ? wanted : "";
    }
    this.selects.order.value = words.get("order") === "evidence" ? "evidence" : "worst";
    const verdicts = (words.get("verdict") ?? "").split(",");
    this.toggles.forEach((button, verdict) => button.setAttribute("aria-pressed", String(verdicts.includes(verdict))));
  }

  reset() {
    this.set(new URLSearchParams());
    this.apply();
  }

  readAddress() {
    const words = location.hash.slice(1);
    if (!words.includes("=")) {
      return false;
    }
    this.set(new URLSearchParams(words));
    return true;
  }

  writeAddress() {
    const words = new URLSearchParams();
    const all = { q: this.search.value.trim(), verdict: this.verdicts.join(","), order: this.selects.order.value === "worst" ? "" : "evidence" };
    for (const id of ["severity", "kind", "task", "signature"]) {
      all[id] = this.selects[id].value;
    }
    Object.entries(all).filter(([, value]) => value !== "").forEach(([name, value]) => words.set(name, value));
    if (words.size > 0 || location.hash.includes("=")) {
      history.replaceState(null, "", `#${words}`);
    }
  }

  /** After a pause in typing. */
  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.apply(), 120);
  }

  apply() {
    clearTimeout(this.waiting);
    const terms = this.search.value.toLowerCase().split(/\s+/).filter((term) => term !== "");
    const verdicts = this.verdicts;
    const { severity, kind, task, signature, order } = Object.fromEntries(Object.entries(this.selects).map(([id, select]) => [id, select.value]));
    const found = this.entries.filter(({ check, bundle }, i) =>
      (verdicts.length === 0 || verdicts.includes(check.verdict))
      && (severity === "" || check.severity === severity)
      && (kind === "" || check.kind === kind)
      && (task === "" || bundle.task_id === task)
      && (signature === "" || bundle.failure_signature === signature)
      && terms.every((term) => this.textOf(this.entries[i]).includes(term)));
    if (order === "worst") {
      found.sort((a, b) => Worst.indexOf(a.check.verdict) - Worst.indexOf(b.check.verdict)
        || a.check.severity.localeCompare(b.check.severity) || a.number - b.number);
    }
    this.changed(found);
    this.writeAddress();
  }

  /** Every string of a check, its location as people write it; made once, when there is nothing else to do. */
  textOf(entry) {
    if (entry.text === undefined) {
      const strings = [entry.bundle.task_id, entry.bundle.failure_signature, pointOf(entry.check.location)];
      const collect = (value) => {
        if (typeof value === "string") {
          strings.push(value);
        } else if (value !== null && typeof value === "object") {
          Object.values(value).forEach(collect);
        }
      };
      collect(entry.check);
      entry.text = strings.join("\n").toLowerCase();
    }
    return entry.text;
  }

  index(idle, from = 0) {
    let at = from;
    while (at < this.entries.length && idle.timeRemaining() > 2) {
      this.textOf(this.entries[at++]);
    }
    if (at < this.entries.length) {
      requestIdleCallback((next) => this.index(next, at));
    }
  }
}
