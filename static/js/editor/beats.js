// One sign of life of a form: what it sends, and what the server says to it.

import { renew } from "./token.js";

const PATIENCE = 8_000;
const STEERING = ["csrfmiddlewaretoken", "base_version", "shown_to"];

/** Where the form is told about, and the form; nothing on a page that has none. */
export const place = document.querySelector("[data-beat]");
export const form = place?.closest("form");

/** Only what says which form it is, and from which version it began. */
export const steering = () =>
  STEERING.map((name) => form.elements[name])
    .filter(Boolean)
    .map(({ name, value }) => [name, value]);

/** What a beat sends. */
export function body(entries, key, { isNew, serial, former, isClosing, article = place.dataset.article }) {
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
export async function send(entries, key, options, isSecond = false) {
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
