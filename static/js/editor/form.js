// The article's form: how many words, a question before typed text is left behind, Ctrl+S.

import { eachEditor } from "./editors.js";

const form = document.getElementById("article_form");
const words = form?.querySelectorAll("[data-words]") ?? [];
let changed = Boolean(form?.querySelector("[name=_discard], .errornote"));

function count(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function watch(editor) {
  const show = () => {
    const number = count(editor.getText({ blockSeparator: "\n" }));
    for (const place of words) place.textContent = number;
  };
  editor.on("update", show);
}

if (form) {
  eachEditor(form, watch);
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      changed = true;
    });
  }
  form.addEventListener("submit", () => {
    changed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    const save = form.querySelector("[name=_continue]");
    if (!save || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    form.requestSubmit(save);
  });
}
