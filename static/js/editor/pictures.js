// The lead image: a search beside the newest pictures, and a look at the file before it is sent.

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

for (const input of document.querySelectorAll("input[type=file][name=upload]")) {
  const preview = create("img", { alt: "", hidden: true, className: "desk-upload" });
  input.after(preview);
  input.addEventListener("change", () => {
    const [file] = input.files;
    preview.hidden = !file;
    if (file) read(file, preview);
  });
}

// A data: address, since the page's policy allows no blob: ones.
function read(file, preview) {
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    preview.src = reader.result;
  });
  reader.readAsDataURL(file);
}
