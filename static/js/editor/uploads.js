// Many pictures at once: one request each, so that each has its progress and its own answer, and
// one that the network lost is sent again while the others stay.

import { create } from "./dialogs.js";

const TRIES = 3;
const PAUSE = 2000;

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
  // By this the server knows a file that it has stored although its answer was lost.
  const sending = `${Date.now()}-${Math.random()}`;
  return { file, sending, item, told, bar, note, again };
}

async function send(form, row) {
  row.again.hidden = true;
  row.bar.hidden = false;
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const answer = await attempt(form, row).catch(() => null);
    if (answer) return show(form, row, answer);
    if (tried < TRIES) await new Promise((done) => setTimeout(done, PAUSE * tried));
  }
  row.bar.hidden = true;
  row.note.textContent = form.dataset.failed;
  row.again.hidden = false;
}

/** The server's answer; an error if there is none, or it is another page, such as the log-in. */
function attempt(form, { file, sending, bar, note }) {
  const data = new FormData(form);
  data.set("files", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", location.href);
    request.setRequestHeader("X-Uploads", sending);
    request.responseType = "json";
    note.textContent = form.dataset.sending;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      note.textContent = form.dataset.storing;
    });
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response) resolve(request.response);
      else reject(new Error(request.statusText));
    });
    request.addEventListener("error", reject);
    request.send(data);
  });
}

function show(form, { item, told, bar, note, again }, { results, errors }) {
  bar.remove();
  again.remove();
  note.remove();
  for (const text of errors) told.append(create("p", { className: "errornote", textContent: text }));
  for (const { address, thumb, credit, refusal, cautions } of results) {
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
}
