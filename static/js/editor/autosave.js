// Tells the server every few seconds what is typed, and that the form is open. What it has not
// confirmed yet lies in the journal; whatever lies there from before is sent first.

import { body, form, place, send, steering } from "./beats.js";
import { create } from "./dialogs.js";
import { eachEditor } from "./editors.js";
import { drop, keep } from "./journal.js";
import { newKey } from "./keys.js";
import { logIn } from "./login.js";
import { replay } from "./replay.js";
import { renew } from "./token.js";

const SOON = 3_000; // after the last key
const LATEST = 8_000; // while somebody types without a pause
const PULSE = 20_000;
const RETRY = 4_000;

if (form) start();

function start() {
  const state = {
    key: form.elements.edit_key.value,
    former: "", // The form that this one goes on from, because that was closed meanwhile.
    serial: 0,
    confirmed: 0,
    beating: null,
    leaving: false,
    isLost: false,
    hasEnded: false,
    isWarned: false,
    isSafe: true, // Whether the browser has kept the last change.
    timer: 0,
    due: 0,
    text: "",
  };
  const said = place.dataset;
  const warning = form.querySelector("[data-warning]");
  const again = warning.querySelector("[data-login-again]");

  const fields = () =>
    [...new FormData(form)].filter(([, value]) => typeof value === "string");

  /** What is typed, without what steers the form. */
  const written = () =>
    JSON.stringify(fields().filter(([name]) => !/^(edit_|csrf)/.test(name)));

  // Many an event says that something was done, and nothing changed: a search for a picture, or
  // the focus that leaves a field.
  function changed() {
    const text = written();
    if (text === state.text) return;
    state.text = text;
    state.serial += 1;
    note();
    const now = Date.now();
    state.due ||= now + LATEST;
    plan(Math.min(SOON, state.due - now));
  }

  async function note() {
    const { key, former, serial } = state;
    const { user, article } = said;
    state.isSafe = await keep({ key, former, user, article, serial, fields: fields() }).then(
      () => true,
      () => false, // A browser that keeps nothing.
    );
  }

  function plan(milliseconds) {
    clearTimeout(state.timer);
    state.timer = setTimeout(beat, Math.max(milliseconds, 0));
  }

  /** One at a time: whoever asks while one is under way waits for that. */
  function beat() {
    state.beating ??= beatOnce().finally(() => {
      state.beating = null;
    });
    return state.beating;
  }

  async function beatOnce() {
    const { key, former, serial } = state;
    const isNew = serial > state.confirmed;
    const answer = await send(isNew ? fields() : steering(), key, { isNew, serial, former });
    // Django's own 403 says nothing that we could show: the cookies are gone, or out of date.
    if (answer.status === 403 && !answer.error) answer.status = 401;
    state.hasEnded = !answer.ok && answer.status === 401;
    state.isLost = state.hasEnded || (!answer.ok && answer.status === 0);
    again.hidden = !state.hasEnded;
    // It was saved, or thrown away, from another tab; or another page of it has counted further.
    if (answer.closed || (answer.ok && isNew && answer.serial !== serial)) {
      if (answer.closed && !answer.newer) state.confirmed = serial;
      await begin(answer.closed);
    } else if (answer.ok) {
      if (isNew) {
        state.confirmed = serial;
        state.due = 0;
        await drop(key, serial);
      }
      show(answer, isNew);
    } else {
      explain(answer);
    }
    const isLate = state.serial > state.confirmed;
    plan(isLate ? (answer.ok ? SOON : RETRY) : PULSE);
  }

  /** What is typed here is kept as a form of its own from now on. */
  async function begin(isClosed) {
    const former = state.key;
    state.key = newKey();
    state.former = former;
    form.elements.edit_key.value = state.key;
    form.elements.edit_former.value = former;
    if (state.serial > state.confirmed) await note();
    if (isClosed) await drop(former);
  }

  function show({ at, others, news }, isNew) {
    if (isNew) tell(`${said.saidKept} ${at}`);
    else if (state.isWarned) tell("");
    state.isWarned = false;
    list([...others, ...news]);
  }

  function explain({ status, error }) {
    const isLate = state.serial > state.confirmed;
    state.isWarned = true;
    if (isLate && !state.isSafe) tell(said.saidAlone, "warn");
    else if (status === 401) tell(said.saidEnded, "warn");
    else tell((status && error) || said.saidOffline, "warn");
  }

  /** Log in again beside the form; whether that worked. */
  async function comeBack() {
    if (!(await logIn(said))) return false;
    again.hidden = true;
    await renew().catch(() => {});
    return true;
  }

  function tell(words, kind = "") {
    const line = place.querySelector("[data-kept]");
    line.textContent = words;
    line.dataset.kind = kind;
    warning.hidden = kind !== "warn";
    warning.querySelector("span").textContent = words;
  }

  function list(lines) {
    const items = lines.map((words) => {
      const item = document.createElement("li");
      item.className = "desk-note desk-note--warn";
      item.textContent = words;
      return item;
    });
    place.querySelector("[data-news]").replaceChildren(...items);
  }

  for (const kind of ["input", "change"]) form.addEventListener(kind, changed);
  eachEditor(form, (editor) => editor.on("update", changed));
  again.addEventListener("click", async () => {
    if (await comeBack()) plan(0);
  });
  let isThere = false;
  // Without a connection the browser would leave the page for an error: first look whether there
  // is one again.
  form.addEventListener("submit", async (event) => {
    if (state.isLost || (!navigator.onLine && !isThere)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      await beat();
      if (state.hasEnded ? await comeBack() : state.isLost) await beat();
      if (state.isLost) return;
      // Some browsers say that they are offline and are not.
      isThere = true;
      form.requestSubmit(event.submitter);
      isThere = false;
      return;
    }
    state.leaving = true;
    form.elements.edit_serial.value = state.serial;
    clearTimeout(state.timer);
    // Others may ask first, and be told no.
    setTimeout(() => {
      if (!event.defaultPrevented) return;
      state.leaving = false;
      plan(0);
    });
  }, true);
  addEventListener("online", () => plan(0));
  addEventListener("pagehide", () => {
    if (state.leaving) return;
    const isNew = state.serial > state.confirmed;
    const { key, former, serial } = state;
    const options = { isNew, serial, former, isClosing: true };
    // No browser sends more than 64 KB so; the journal has it.
    navigator.sendBeacon(said.beat, body(isNew ? fields() : steering(), key, options));
  });
  addEventListener("pageshow", ({ persisted }) => {
    state.leaving = false;
    if (persisted) plan(0);
  });

  // What was typed before this script was there, or stands in the form because it was refused.
  if (isTouched(form)) changed();
  else state.text = written();
  replay(state.key).then((found) => {
    if (found) {
      tell(said.saidFound, "found");
      const road = create("a", { className: "button", textContent: said.saidGoOn });
      road.href = `?typed=${found}`;
      place.querySelector("[data-kept]").append(" ", road);
    }
    plan(0);
  });
}

/** Whether something else stands in it than what is saved. */
function isTouched({ elements }) {
  const isRefused = document.querySelector(".errornote, [name=_discard]") !== null;
  return isRefused || [...elements].some(isChanged);
}

function isChanged({ type, value, defaultValue, checked, defaultChecked, options }) {
  if (options) {
    const given = [...options].find(({ defaultSelected }) => defaultSelected) ?? options[0];
    return value !== (given?.value ?? "");
  }
  if (["checkbox", "radio"].includes(type)) return checked !== defaultChecked;
  return /^(text|url|datetime-local)/.test(type) && value !== defaultValue;
}
