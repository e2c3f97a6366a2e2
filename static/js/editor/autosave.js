// Tells the server every few seconds what is typed, and that the form is open. What it has not
// confirmed yet lies in the journal; whatever lies there from before is sent first.

import { create } from "./dialogs.js";
import { eachEditor } from "./editors.js";
import { all, forget, keep } from "./journal.js";
import { newKey } from "./keys.js";
import { logIn } from "./login.js";
import { renew } from "./token.js";

const SOON = 3_000; // after the last key
const LATEST = 8_000; // while somebody types without a pause
const PULSE = 20_000;
const RETRY = 4_000;
const PATIENCE = 8_000;
// What is told of a text that can't be sent.
const STUCK = ["headline", "standfirst", "body", "note"];

const place = document.querySelector("[data-beat]");
const form = place?.closest("form");

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
  const again = place.querySelector("[data-login-again]");

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
    const answer = await send(isNew ? fields() : steering(form), key, { isNew, serial, former });
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
    navigator.sendBeacon(said.beat, body(isNew ? fields() : steering(form), key, options));
  });
  addEventListener("pageshow", ({ persisted }) => {
    state.leaving = false;
    if (persisted) plan(0);
  });

  // What was typed before this script was there, or stands in the form because it was refused.
  if (isTouched(form)) changed();
  else state.text = written();
  replay(state.key).then((found) => {
    if (found) tell(said.saidFound, "warn");
    plan(0);
  });
}

/** Forget it, in a browser that keeps anything. */
const drop = (key, serial) => forget(key, serial).catch(() => {});

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

/** Only what says which form it is, and from which version it began. */
const steering = ({ elements }) =>
  [elements.csrfmiddlewaretoken, elements.base_version, elements.shown_to]
    .filter(Boolean)
    .map(({ name, value }) => [name, value]);

function body(entries, key, { isNew, serial, former, isClosing, article = place.dataset.article }) {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("edit_key", key);
  data.set("_article", article);
  if (former) data.set("_former", former);
  if (isNew) data.set("_typed", "1");
  data.set("_serial", serial);
  if (isClosing) data.set("_closing", "1");
  return data;
}

/** The server's answer with `ok` and `status`; no status when there was none. */
async function send(entries, key, options, isSecond = false) {
  try {
    const response = await fetch(place.dataset.beat, {
      method: "POST",
      body: body(entries, key, options),
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    // A token that has changed meanwhile: somebody logged in again in another tab.
    if (response.status === 403 && !isOurs && !isSecond) {
      await renew();
      return send(entries, key, options, true);
    }
    const answer = isOurs ? await response.json() : {};
    return { ...answer, ok: response.ok && isOurs, status: response.status };
  } catch {
    return { ok: false, status: 0 };
  }
}

/** Send what lies in the journal from forms that are gone; whether there was any for this place. */
async function replay(own) {
  const entries = await all().catch(() => []);
  const mine = entries.filter(({ key, user }) => key !== own && user === place.dataset.user);
  let found = false;
  for (const entry of mine) {
    let answer = await bring(entry);
    // Typed while that form was on its way to be saved: kept as its sequel.
    if (answer.closed && answer.newer) {
      const sequel = { ...entry, key: newKey(), former: entry.key };
      await keep(sequel).catch(() => {});
      await drop(entry.key, entry.serial);
      answer = await bring(sequel);
    }
    found ||= answer.ok && !answer.closed && String(answer.article ?? "") === place.dataset.article;
    if (answer.error && answer.status !== 401) showStuck(entry, answer.error);
  }
  return found;
}

/** Send an entry of the journal, and forget it where the server has it. */
async function bring({ key, former, article, serial, fields }) {
  const options = { isNew: true, serial, former, article, isClosing: true };
  const answer = await send(fields, key, options);
  if (answer.ok && !(answer.closed && answer.newer)) await drop(key, serial);
  return answer;
}

/** A text that the server will not take: shown, so that somebody can copy it elsewhere. */
function showStuck({ key, fields }, error) {
  const { saidStuck, saidForget } = place.dataset;
  const typed = fields.filter(([name, value]) => STUCK.includes(name) && value);
  const text = typed.map(([, value]) => value).join("\n\n");
  const area = create("textarea", { readOnly: true, rows: 6, value: text });
  area.setAttribute("aria-label", saidStuck);
  const away = create("button", { type: "button", className: "button", textContent: saidForget });
  const note = create("div", { className: "desk-note desk-note--warn" }, [
    create("p", { textContent: `${saidStuck} ${error}` }),
    area,
    away,
  ]);
  away.addEventListener("click", () => drop(key).then(() => note.remove()));
  place.append(note);
}
