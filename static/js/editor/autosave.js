// Tells the server every few seconds what is typed, and that the form is open. What it has not
// confirmed yet lies in the journal; whatever lies there from before is sent first.

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

const place = document.querySelector("[data-beat]");
const form = place?.closest("form");

if (form) start();

function start() {
  const serial = Number(place.dataset.serial);
  const state = {
    key: form.elements.edit_key.value,
    serial,
    confirmed: serial,
    beating: null,
    leaving: false,
    isLost: false,
    timer: 0,
    due: 0,
  };
  const said = place.dataset;

  const fields = () =>
    [...new FormData(form)].filter(([, value]) => typeof value === "string");

  function changed() {
    state.serial += 1;
    note();
    const now = Date.now();
    state.due ||= now + LATEST;
    plan(Math.min(SOON, state.due - now));
  }

  function note() {
    const { key, serial } = state;
    const entry = { key, user: said.user, article: said.article, serial, fields: fields() };
    keep(entry).catch(() => {}); // A browser that keeps nothing.
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
    const serial = state.serial;
    const isNew = serial > state.confirmed;
    const { key } = state;
    const answer = await send(isNew ? fields() : steering(form), key, { isNew, serial });
    // Django's own 403 says nothing that we could show: the cookies are gone, or out of date.
    if (answer.status === 403 && !answer.error) answer.status = 401;
    state.isLost = !answer.ok && [0, 401].includes(answer.status);
    if (answer.closed) {
      begin(isNew);
      await drop(key);
    } else if (answer.ok && isNew && answer.serial > serial) {
      // Another page of this form has counted further: this text is not kept yet.
      state.serial = Math.max(state.serial, answer.serial) + 1;
      note();
    } else if (answer.ok) {
      state.confirmed = serial;
      state.due = 0;
      if (isNew) await drop(key, serial);
      show(answer, isNew);
    } else {
      explain(answer);
    }
    const isLate = state.serial > state.confirmed;
    plan(isLate ? (answer.ok ? SOON : RETRY) : PULSE);
  }

  // It was saved, or thrown away, from another tab: what is typed here is kept as a form of its own.
  function begin(isNew) {
    state.key = newKey();
    form.elements.edit_key.value = state.key;
    if (!isNew) return;
    state.confirmed = state.serial - 1;
    note();
  }

  function show({ at, others, news }, isNew) {
    if (isNew) tell(`${said.saidKept} ${at}`);
    list([...others, ...news]);
  }

  function explain({ status, error }) {
    if (status === 401) {
      tell(said.saidEnded, "warn");
      if (!state.leaving) logIn(said).then((isIn) => isIn && renew().then(() => plan(0)));
    } else {
      tell(status ? error : said.saidOffline, "warn");
    }
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
  // Without a connection the browser would leave the page for an error: first look whether there
  // is one again.
  form.addEventListener("submit", async (event) => {
    if (state.isLost || !navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      await beat();
      if (state.isLost) await beat();
      if (!state.isLost) form.requestSubmit(event.submitter);
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
    const data = body(state.serial > state.confirmed ? fields() : steering(form), state.key, {
      isNew: state.serial > state.confirmed,
      serial: state.serial,
      isClosing: true,
    });
    navigator.sendBeacon(said.beat, data);
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) plan(0);
  });

  // What was typed before this script was there, or stands in the form because it was refused.
  if (isTouched(form)) changed();
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
  [elements.csrfmiddlewaretoken, elements.base_version]
    .filter(Boolean)
    .map(({ name, value }) => [name, value]);

function body(entries, key, { isNew, serial, isClosing, article = place.dataset.article }) {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("edit_key", key);
  data.set("_article", article);
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
  for (const { key, user, article, serial, fields } of mine) {
    const options = { isNew: true, serial, isClosing: true, article };
    let answer = await send(fields, key, options);
    // Typed while that form was on its way to be saved: kept as a form of its own.
    if (answer.closed && answer.newer) {
      const fresh = newKey();
      await keep({ key: fresh, user, article, serial, fields }).catch(() => {});
      await drop(key, serial);
      answer = await send(fields, fresh, options);
      if (answer.ok) await drop(fresh, serial);
    } else if (answer.ok) await drop(key, serial);
    found ||= answer.ok && !answer.closed && article === place.dataset.article;
  }
  return found;
}
