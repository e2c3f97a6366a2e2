// Filters: while a name is typed, the ones that the server knows are offered by the browser itself.

import { create, debounce, fetchList } from "./dialogs.js";

for (const [number, input] of document.querySelectorAll("input[data-suggest]").entries()) {
  const list = create("datalist", { id: `suggested-${number}` });
  input.after(list);
  input.setAttribute("list", list.id);
  const offer = debounce(async () => {
    const typed = input.value.trim();
    const rows = typed ? await fetchList(input.dataset.suggest, { q: typed }) : [];
    if (typed !== input.value.trim()) return;
    list.replaceChildren(
      ...rows.map(({ name, value }) => create("option", { value: value ?? name, label: name })),
    );
  }, 150);
  input.addEventListener("input", offer);
}
