// The lead image: a search beside the newest pictures.

import { create, debounce, fetchList } from "./dialogs.js";

for (const box of document.querySelectorAll("[data-pictures]")) {
  const list = box.querySelector("ul");
  const search = create("input", { type: "search", placeholder: box.dataset.search });
  search.setAttribute("aria-label", box.dataset.search);
  search.addEventListener("input", debounce(() => find(box, list, search.value), 250));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // It would save the article.
  });
  list.before(search);
}

async function find(box, list, query) {
  const rows = await fetchList(box.dataset.pictures, { q: query });
  const chosen = list.querySelector("input:checked");
  const kept = [list.firstElementChild, chosen.closest("li")];
  const items = rows
    .filter(({ id }) => String(id) !== chosen.value)
    .map((row) => item(box.dataset.name, row));
  list.replaceChildren(...new Set([...kept, ...items]));
}

/** Show a picture as the first of the list `name`, and choose it. */
export function choose(name, row) {
  const box = document.querySelector(`[data-pictures][data-name="${name}"]`);
  const list = box.querySelector("ul");
  const chosen = item(name, row);
  list.querySelector(`input[value="${row.id}"]`)?.closest("li").remove();
  list.firstElementChild.after(chosen);
  box.querySelector(`[name="${name}-number"]`).value = "";
  chosen.querySelector("input").click(); // A change like any other, which the form must hear of.
}

function item(name, { id, text, thumb }) {
  const box = create("input", { type: "radio", name, value: id });
  const image = thumb ? [create("img", { src: thumb, alt: "", width: 96, height: 96 })] : [];
  const label = create("label", { title: text }, [
    box,
    ...image,
    create("span", { textContent: text }),
  ]);
  return create("li", {}, [label]);
}

