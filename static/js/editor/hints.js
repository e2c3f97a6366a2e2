// House-style hints under the text: asked for when nobody has typed for a while, and never in the way.

import { create, debounce } from "./dialogs.js";
import { eachEditor } from "./editors.js";

const box = document.querySelector("[data-hints]");
const form = document.getElementById("article_form");

if (box && form) {
  const list = box.querySelector("ul");
  const ask = debounce(() => look(list), 1200);
  eachEditor(form, (editor) => {
    box.editor = editor;
    editor.on("update", ask);
    if (list.children.length) ask(); // With buttons that lead to the places.
  });
  for (const name of ["headline", "standfirst"]) {
    form.elements[name]?.addEventListener("input", ask);
  }
}

let asked = 0;

async function look(list) {
  const number = ++asked;
  const { elements } = form;
  const body = new FormData();
  for (const name of ["headline", "standfirst", "body"]) body.append(name, elements[name].value);
  body.append("day", box.dataset.day);
  const headers = { "X-CSRFToken": elements.csrfmiddlewaretoken.value };
  const response = await fetch(box.dataset.hints, { method: "POST", body, headers }).catch(() => null);
  const { hints } = (response?.ok && (await response.json().catch(() => null))) || {};
  if (!hints || number !== asked) return; // What was said last stays.
  const seen = {};
  list.replaceChildren(...hints.map((hint) => item(hint, seen)));
  box.hidden = !hints.length;
}

/** A hint is a button that selects its words; `seen` counts how often they stood in the field. */
function item({ field, place, found, words }, seen) {
  const count = (seen[field + found] = (seen[field + found] ?? 0) + 1);
  const button = create("button", { type: "button", textContent: `${place}: ${words}` });
  button.addEventListener("click", () => select(field, found, count));
  return create("li", {}, [button]);
}

function select(field, found, count) {
  if (field === "body") return selectInBody(found, count);
  const input = form.elements[field];
  const start = nth(input.value, found, count);
  input.focus();
  if (start >= 0) input.setSelectionRange(start, start + found.length);
}

function selectInBody(found, count) {
  const { editor } = box;
  let left = count;
  let place = null;
  editor.state.doc.descendants((block, position) => {
    if (place !== null || !block.isTextblock) return place === null;
    const text = block.textBetween(0, block.content.size, "", " ");
    const here = text.split(found).length - 1;
    if (here >= left) place = position + 1 + nth(text, found, left);
    else left -= here;
    return false;
  });
  if (place === null) return;
  const range = { from: place, to: place + found.length };
  editor.chain().focus().setTextSelection(range).scrollIntoView().run();
}

/** Where `words` begin for the nth time, or -1. */
function nth(text, words, number) {
  let at = -1;
  for (let i = 0; i < number; i++) {
    at = text.indexOf(words, at + 1);
    if (at < 0) return -1;
  }
  return at;
}
