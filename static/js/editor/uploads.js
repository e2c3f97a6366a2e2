// Many pictures at once: one request each, so that each has its progress and its own answer, and
// one that the network lost is sent again while the others stay.

import { create } from "./dialogs.js";
import { Sending } from "./sending.js";

for (const form of document.querySelectorAll("[data-uploads]")) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".desk-uploads__list");
  let queue = Promise.resolve();
  const line = (row) => {
    queue = queue.then(() => send(form, row));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const file of input.files) {
      const row = rowFor(file, form.dataset);
      row.again.addEventListener("click", () => line(row));
      list.append(row.item);
      line(row);
    }
    input.value = "";
  });
}

function rowFor(file, words) {
  const bar = create("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const note = create("p");
  const again = create("button", { type: "button", textContent: words.again, hidden: true });
  const title = create("strong", { textContent: file.name });
  const told = create("div", {}, [title, bar, note, again]);
  const item = create("li", { className: "desk-uploads__row" }, [told]);
  const sending = new Sending(words.uploads, file, words);
  return { sending, item, told, bar, note, again };
}

async function send(form, row) {
  const { sending, bar, note, again } = row;
  again.hidden = true;
  bar.hidden = false;
  note.textContent = form.dataset.sending;
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const onProgress = (part) => {
    bar.value = part;
    if (part === 1) note.textContent = form.dataset.storing;
  };
  const answer = await sending.send({ fields, onProgress });
  if (answer) return show(form, row, answer);
  bar.hidden = true;
  note.textContent = form.dataset.failed;
  again.hidden = false;
}

function show(form, { item, told, bar, note, again }, answer) {
  const { address, thumb, credit, refusal, cautions = [] } = answer;
  for (const one of [bar, note, again]) one.remove();
  const side = { className: "desk-thumb", src: thumb, alt: "", width: 72, height: 72 };
  if (thumb) item.prepend(create("img", side));
  if (refusal) told.append(create("p", { className: "errornote", textContent: refusal }));
  if (credit) told.append(create("p", { textContent: credit }));
  for (const text of cautions) {
    told.append(create("p", { className: "desk-uploads__caution", textContent: text }));
  }
  const link = create("a", { href: address, textContent: form.dataset.change });
  if (address) told.append(create("p", {}, [link]));
}
