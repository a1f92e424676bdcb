/* Text of databases and manifests becomes text nodes, here and nowhere else: no markup is ever parsed. */

/** Characters that cannot be seen or that turn the reading direction, as escapes. */
const Unseen = /[^\P{C}\n\t\u00ad]|[\u2028\u2029]/gu;

function shown(text) {
  return text.replace(Unseen, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

/** An element; children are elements, text, or nothing. A data-… attribute takes documents' words as they are. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) {
      element.append(typeof child === "string" ? shown(child) : child);
    }
  }
  return element;
}

function badge(verdict) {
  return make("span", { class: "badge", "data-verdict": verdict }, verdict);
}

/** A value of a fact in one line; a requirement of several values in words. */
function inline(value) {
  if (value === null || value === undefined) {
    return make("span", { class: "muted" }, "nothing");
  }
  if (typeof value === "object" && Array.isArray(value.one_of) && Object.keys(value).length === 1) {
    return make("span", null, "one of ", value.one_of.map((one, i) => [i > 0 ? ", " : null, inline(one)]).flat());
  }
  return make("code", null, typeof value === "string" ? value : JSON.stringify(value));
}

/** A sentence of ours, in which backquotes set off what is typed. */
function sentence(text) {
  return text.split(/`([^`]+)`/).map((piece, i) => (i % 2 === 1 ? make("code", null, piece) : piece));
}

function count(number) {
  return number.toLocaleString("en-US");
}

function say(what) {
  document.getElementById("said").textContent = what;
}

/** A button that copies the text as it is in the evidence, not as it is shown. */
function copyButton(what, text) {
  const button = make("button", { type: "button", class: "quiet copy" }, `Copy ${what}`);
  button.addEventListener("click", async () => {
    const done = await copy(text);
    button.textContent = done ? "Copied" : "Not copied";
    say(done ? `${what} copied` : `${what} could not be copied: select it instead`);
    setTimeout(() => (button.textContent = `Copy ${what}`), 1500);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page from a file may not have a clipboard; a selection has one everywhere.
    const area = make("textarea", { class: "hidden", "aria-hidden": "true", tabindex: "-1" });
    area.value = text;
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return done;
  }
}
