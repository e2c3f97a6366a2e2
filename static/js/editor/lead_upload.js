// The lead image's own file: sent as soon as it is chosen, while somebody goes on writing. When it is
// there it is the lead image, and what the file says of itself stands in the fields below.

import { create } from "./dialogs.js";
import { choose } from "./pictures.js";
import { Sending } from "./sending.js";

const LEAD = "lead_image";
const TEXTS = ["caption", "credit", "alt"];
// A line that is bad and not gone says nothing when it is better; twice as long each time, for
// whoever pays for what is sent.
const PATIENCE = 15_000;

for (const input of document.querySelectorAll("input[data-send]")) start(input, input.dataset);

function start(input, said) {
  const { form } = input;
  const { upload_sent: sent } = form.elements;
  const fields = TEXTS.map((name) => [name, form.elements[`upload_${name}`]]);
  const preview = create("img", { alt: "", hidden: true, className: "desk-upload" });
  const bar = create("progress", { max: 1, hidden: true, className: "desk-upload" });
  const note = create("p", { className: "desk-upload", hidden: true });
  const again = create("button", { type: "button", textContent: said.again, hidden: true });
  let waiting = null; // The file that has not arrived yet.
  let running = null; // While one is on its way, a promise of whether it has arrived.
  let patience = 0;
  let isLate = false; // Whether somebody has chosen another picture while it was on its way.
  let filled = {};
  note.setAttribute("role", "status");
  again.className = "button";
  input.after(preview, bar, note, again);

  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return;
    waiting = new Sending(said.send, file, said);
    patience = PATIENCE / 2;
    isLate = false;
    bar.setAttribute("aria-label", file.name);
    // From here on it goes its own way, and not with the form a second time.
    input.value = "";
    read(file, preview);
    run();
  });

  function run() {
    const mine = send(waiting).finally(() => {
      if (running === mine) running = null;
    });
    running = mine;
  }

  async function send(sending) {
    const { name } = sending.file;
    show(`${name}: ${said.sending}`, { isSending: true });
    const onProgress = (part) => {
      if (sending !== waiting) return;
      bar.value = part;
      if (part === 1) note.textContent = `${name}: ${said.storing}`;
    };
    const answer = await sending.send({ onProgress });
    if (sending !== waiting) return running; // Another one was chosen meanwhile.
    if (answer) waiting = null;
    else setTimeout(resume, (patience *= 2));
    preview.hidden = !waiting;
    if (answer?.id && isLate) show(`${name}: ${said.late}`);
    else if (answer?.id) describe(answer);
    else show(`${name}: ${answer?.refusal ?? said.failed}`, { isBad: true });
    return Boolean(answer?.id);
  }

  function show(words, { isSending = false, isBad = false } = {}) {
    note.textContent = words;
    note.hidden = false;
    note.classList.toggle("errornote", isBad);
    bar.hidden = !isSending;
    bar.value = 0;
    again.hidden = isSending || !waiting;
  }

  function resume() {
    if (waiting && !running) run();
  }

  function describe(answer) {
    clear();
    filled = answer;
    sent.value = answer.id;
    // What somebody has written meanwhile is better than what the file says.
    for (const [name, field] of fields) field.value ||= answer[name];
    choose(LEAD, answer);
    show([said.done, ...answer.cautions].join(" "));
  }

  /** Words that the file brought along are not about another picture. */
  function clear() {
    sent.value = "";
    for (const [name, field] of fields) if (field.value === filled[name]) field.value = "";
  }

  form.addEventListener("change", ({ target }) => {
    const isNumber = target.name === `${LEAD}-number` && target.value;
    if (target.name !== LEAD && !isNumber) return;
    if (waiting) isLate = true;
    if (sent.value && target.value !== sent.value) clear();
  });
  again.addEventListener("click", resume);
  addEventListener("online", resume);

  // Whoever saves meanwhile waits for the file; if it is lost, she is asked.
  form.addEventListener(
    "submit",
    async (event) => {
      if (!waiting || (!running && confirm(said.wait))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (running && (await running)) form.requestSubmit(event.submitter);
    },
    true,
  );
}

// A data: address, since the page's policy allows no blob: ones.
function read(file, preview) {
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    preview.src = reader.result;
    preview.hidden = false;
  });
  reader.readAsDataURL(file);
}
