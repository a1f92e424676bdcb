/* The page: its documents, its list, its filters, its matrix, its theme. */

function documents(name) {
  return [...document.querySelectorAll(`script[data-document="${name}"]`)].map((node) => JSON.parse(node.textContent));
}

function themes() {
  const button = document.getElementById("theme");
  const all = ["system", "light", "dark"];
  let at = 0;
  button.hidden = false;
  button.addEventListener("click", () => {
    at = (at + 1) % all.length;
    document.documentElement.dataset.theme = all[at];
    button.textContent = `Theme: ${all[at]}`;
  });
}

/** The matrix's counts become buttons that show what they count. */
function matrix(filters) {
  for (const cell of document.querySelectorAll(".matrix [data-filter]:not(.zero)")) {
    const { task, signature } = cell.closest("tr").dataset;
    const verdict = cell.dataset.filter;
    const button = make("button", { type: "button", class: "count-button", "aria-label": `Show ${cell.textContent} ${verdict || "checks"} of ${signature}` }, cell.textContent);
    button.addEventListener("click", () => {
      filters.only({ task, signature, verdict });
      document.getElementById("checks").scrollIntoView();
      document.getElementById("checks").focus({ preventScroll: true });
    });
    cell.replaceChildren(button);
  }
}

function start() {
  const entries = documents("bundle").flatMap((bundle) => bundle.checks.map((check) => ({ check, bundle })));
  entries.forEach((entry, number) => (entry.number = number));
  const list = new CheckList(document.getElementById("list"), documents("kinds")[0]);
  const said = document.getElementById("count");
  const filters = new Filters(document.getElementById("filters"), entries, (found) => {
    list.show(found);
    said.textContent = found.length === entries.length ? `${count(entries.length)} checks`
      : found.length === 0 ? `No check of ${count(entries.length)} is like that`
      : `${count(found.length)} of ${count(entries.length)} checks`;
  });
  filters.apply();
  matrix(filters);
  addEventListener("beforeprint", () => list.prepareForPrint());
}

themes();
try {
  start();
} catch (failure) {
  // An empty list would look like a clean one.
  document.getElementById("count").textContent = `The checks cannot be shown: ${failure.message}. The evidence itself is in the files below.`;
  throw failure;
}
