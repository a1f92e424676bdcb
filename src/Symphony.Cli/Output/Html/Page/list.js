/*
 * The list of checks. Ten thousand rows are two hundred pieces of the right height; a piece gets its rows when it comes
 * near the window, and a row its details when it is opened.
 */

const Piece = 50;
const FirstGuess = 62;

class CheckList {
  constructor(root, kinds) {
    this.root = root;
    this.kinds = kinds;
    this.open = new Set();
    this.entries = [];
    this.near = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) {
        if (isIntersecting) {
          this.fill(target);
        }
      }
    }, { rootMargin: "1000px 0px" });
    root.addEventListener("keydown", (event) => this.move(event));
  }

  show(entries) {
    this.near.disconnect();
    this.entries = entries;
    this.pieces = [];
    for (let from = 0; from < entries.length; from += Piece) {
      const piece = make("div", { class: "piece", role: "none" });
      piece.from = from;
      this.pieces.push(piece);
    }
    this.root.replaceChildren(...this.pieces);
    if (this.pieces.length > 0) {
      this.fill(this.pieces[0]);
      this.reserve();
    }
  }

  /** Rows that are not there yet take the place that rows take on this screen. */
  reserve() {
    const first = this.pieces[0];
    const height = first.getBoundingClientRect().height / first.childElementCount || FirstGuess;
    for (const piece of this.pieces) {
      const room = `${Math.round(Math.min(Piece, this.entries.length - piece.from) * height)}px`;
      // What the browser does not draw keeps the height that it had when it was drawn.
      piece.style.containIntrinsicHeight = `auto ${room}`;
      if (piece.childElementCount === 0) {
        piece.style.minHeight = room;
        this.near.observe(piece);
      }
    }
  }

  fill(piece) {
    this.near.unobserve(piece);
    if (piece.childElementCount === 0) {
      const rows = this.entries.slice(piece.from, piece.from + Piece);
      piece.append(...rows.map((entry, i) => this.row(entry, piece.from + i)));
      piece.style.minHeight = "";
    }
  }

  fillAll() {
    this.pieces.forEach((piece) => this.fill(piece));
  }

  row(entry, position) {
    const { check, bundle } = entry;
    const subject = check.subject ?? "the rule as a whole";
    const button = make("button", { type: "button", "aria-expanded": "false", "aria-controls": `check-${entry.number}` },
      badge(check.verdict),
      make("span", { class: "severity" }, check.severity),
      make("span", { class: "what" },
        make("span", { class: "title" }, make("bdi", null, check.title ?? check.id)),
        make("span", { class: "names" }, make("span", { class: "id" }, check.id), make("span", { class: "kind" }, check.kind.replaceAll("_", " ")),
          make("bdi", { class: "subject" }, subject))),
      make("span", { class: "task" }, bundle.task_id));
    const body = make("div", { class: "body", id: `check-${entry.number}`, hidden: true });
    const row = make("div",
      { class: "check", role: "listitem", "data-verdict": check.verdict, "aria-posinset": position + 1, "aria-setsize": this.entries.length },
      make("h3", null, button), body);
    button.addEventListener("click", () => this.toggle(entry, button, body));
    if (this.open.has(entry)) {
      this.expand(entry, button, body);
    }
    return row;
  }

  toggle(entry, button, body) {
    if (this.open.has(entry)) {
      this.open.delete(entry);
      button.setAttribute("aria-expanded", "false");
      body.hidden = true;
    } else {
      this.expand(entry, button, body);
    }
  }

  expand(entry, button, body) {
    this.open.add(entry);
    if (body.childElementCount === 0) {
      body.append(...detailsOf(entry, this.kinds).filter((part) => part !== null));
    }
    button.setAttribute("aria-expanded", "true");
    body.hidden = false;
  }

  /** Arrows, Home and End go from check to check. */
  move(event) {
    const button = event.target.closest?.(".check > h3 > button");
    if (!button || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const at = Number(button.closest(".check").getAttribute("aria-posinset")) - 1;
    const last = this.entries.length - 1;
    const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.focus(to);
    }
  }

  focus(position) {
    const piece = this.pieces[Math.floor(position / Piece)];
    this.fill(piece);
    piece.children[position - piece.from].querySelector("button").focus();
  }

  /** Paper has no buttons: what is not a PASS is printed open. */
  prepareForPrint() {
    for (const entry of this.entries) {
      if (entry.check.verdict !== "PASS") {
        this.open.add(entry);
      }
    }
    this.show(this.entries);
    this.fillAll();
    // A query is many pages, and the same for many checks: paper has its digest.
    this.root.querySelectorAll("details:not([data-what=query])").forEach((folded) => (folded.open = true));
  }
}
