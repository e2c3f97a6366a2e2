// Tags: chosen names are chips; while one is typed, the known ones that begin alike are offered, the
// most used first. The form's own field stays what is sent, with commas between the names.

import { create, debounce } from "./dialogs.js";

class TagBox {
  constructor(box) {
    this.box = box;
    this.field = box.querySelector("input");
    const { id } = this.field;
    this.chips = create("ul", { className: "desk-tags__chips" });
    this.list = create("ul", { className: "desk-tags__list", id: `${id}-known`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.input = create("input", { type: "text", id, autocomplete: "off", enterKeyHint: "enter" });
    this.active = -1;
    this.offer = debounce(() => this.suggest(), 150);
    this.describe();
    this.field.removeAttribute("id");
    this.field.hidden = true;
    box.append(this.chips, this.input, this.list);
    for (const name of split(this.field.value)) this.add(name);
    this.listen();
  }

  describe() {
    const about = this.field.getAttribute("aria-describedby");
    if (about) this.input.setAttribute("aria-describedby", about);
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", this.list.id);
  }

  listen() {
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("input", () => {
      const [complete, rest] = parted(this.input.value);
      if (complete) this.input.value = rest;
      this.take(split(complete));
      this.offer();
    });
    this.input.addEventListener("blur", () => this.takeAll());
  }

  get names() {
    return [...this.chips.children].map((chip) => chip.dataset.name);
  }

  /** What is typed and not yet chosen is sent as well: nobody loses a tag for want of a key. */
  write() {
    const before = this.field.value;
    this.field.value = [...this.names, ...split(this.input.value)].map(quoted).join(", ");
    if (this.field.value !== before) {
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  add(name) {
    const isThere = this.names.some((one) => keyOf(one) === keyOf(name));
    if (!isThere) this.chips.append(this.chip(name));
  }

  chip(name) {
    const button = create("button", { type: "button" }, [
      create("span", { textContent: name }),
      create("span", { textContent: "✕", ariaHidden: "true" }),
    ]);
    button.setAttribute("aria-label", `${this.box.dataset.remove} ${name}`);
    const chip = create("li", {}, [button]);
    chip.dataset.name = name;
    button.addEventListener("click", () => {
      chip.remove();
      this.write();
      this.input.focus();
    });
    return chip;
  }

  choose(name) {
    this.add(name);
    this.input.value = "";
    this.close();
    this.write();
  }

  /** Names become chips at once, and get the name of the tag that they mean when it is known. */
  take(names) {
    for (const name of names) this.add(name);
    this.write();
    for (const name of names) this.rename(name);
  }

  async rename(typed) {
    const { known } = await this.ask(typed);
    const chip = [...this.chips.children].find(({ dataset }) => dataset.name === typed);
    if (!known || known === typed || !chip) return;
    if (this.names.includes(known)) chip.remove();
    else chip.replaceWith(this.chip(known));
    this.write();
  }

  /** What begins like `typed`, and the tag that it means; nothing if the server can't be asked. */
  async ask(typed) {
    const query = new URLSearchParams({ q: typed });
    const response = await fetch(`${this.box.dataset.tags}?${query}`).catch(() => null);
    return response?.ok ? response.json() : { results: [], known: null };
  }

  async suggest() {
    const typed = this.input.value.trim();
    const { results } = typed ? await this.ask(typed) : { results: [] };
    if (typed !== this.input.value.trim()) return;
    const here = new Set(this.names.map(keyOf));
    const others = results.filter(({ name }) => !here.has(keyOf(name)));
    this.list.replaceChildren(...others.map((row, number) => this.option(row, number)));
    this.open(others.length > 0);
  }

  option({ name, uses }, number) {
    const item = create("li", { id: `${this.list.id}-${number}` }, [
      create("span", { textContent: name }),
      create("small", { textContent: `${uses} ${this.box.dataset.uses}` }),
    ]);
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.name = name;
    // Before the input loses the focus, which would take what is typed.
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => this.choose(name));
    return item;
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
    this.move(-1);
  }

  close() {
    this.list.replaceChildren();
    this.open(false);
  }

  move(to) {
    this.active = to;
    for (const [number, item] of [...this.list.children].entries()) {
      item.setAttribute("aria-selected", String(number === to));
    }
    const item = this.list.children[to];
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** Enter and Escape mean the list here, not the article's form. */
  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = this.list.children.length - 1;
    const acts = {
      ArrowDown: () => this.move(Math.min(this.active + 1, last)),
      ArrowUp: () => this.move(Math.max(this.active - 1, -1)),
      Enter: () => this.enter(),
      Escape: !this.list.hidden && (() => this.close()),
      Backspace: !this.input.value.trim() && (() => this.removeLast()),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  enter() {
    const item = this.list.children[this.active];
    if (item) this.choose(item.dataset.name);
    else this.takeAll();
  }

  takeAll() {
    const names = split(this.input.value);
    this.input.value = "";
    this.close();
    this.take(names);
  }

  removeLast() {
    this.chips.lastElementChild?.remove();
    this.write();
  }
}

/** “Banjir Rob” and “banjir-rob” are one tag; slugs.py says it more exactly, and decides. */
function keyOf(name) {
  return name.normalize("NFKD").replace(/[\p{M}\s.'’-]/gu, "").toLowerCase();
}

/** What has a comma behind it, and what is still being typed; none stands inside a quotation. */
function parted(text) {
  const [complete] = /^(?:\s*(?:"(?:[^"]|"")*"|[^",\n][^,\n]*)?\s*[,\n])*/.exec(text);
  return [complete, text.slice(complete.length)];
}

/** The names between commas; one in quotation marks may hold a comma itself. */
function split(text) {
  const words = text.match(/\s*"(?:[^"]|"")*"|[^,\n]+/g) ?? [];
  const names = words.map((word) => word.trim().replace(/^"(.*)"$/s, "$1").replaceAll('""', '"'));
  return names.map((name) => name.replace(/\s+/g, " ").trim()).filter(Boolean);
}

function quoted(name) {
  return /^"|,/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

for (const box of document.querySelectorAll("[data-tags]")) new TagBox(box);
