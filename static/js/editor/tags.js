// Tags: while a name is typed, the known ones that begin alike are offered, the names before it kept.

import { create, debounce } from "./dialogs.js";

for (const input of document.querySelectorAll("[data-tags]")) {
  input.addEventListener("input", debounce(() => offer(input), 200));
}

async function offer(input) {
  const [, before, typed] = /^(.*,)?\s*(.*)$/s.exec(input.value);
  if (typed.length < 2) return;
  const response = await fetch(`${input.dataset.tags}?${new URLSearchParams({ q: typed })}`);
  if (!response.ok) return;
  const { results } = await response.json();
  const options = results.map((name) => create("option", { value: join(before, name) }));
  input.list.replaceChildren(...options);
}

function join(before, name) {
  const quoted = name.includes(",") ? `"${name.replaceAll('"', '""')}"` : name;
  return before ? `${before} ${quoted}` : quoted;
}
