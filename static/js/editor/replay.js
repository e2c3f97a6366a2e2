// What lies in the journal from forms that are gone: sent as soon as another form is open.

import { place, send } from "./beats.js";
import { create } from "./dialogs.js";
import { all, drop, keep } from "./journal.js";
import { newKey } from "./keys.js";

// What is told of a text that can't be sent.
const STUCK = ["headline", "standfirst", "body", "note"];

/** Send what lies in the journal from forms that are gone; the key of the last one of this place, or "". */
export async function replay(own) {
  const entries = await all().catch(() => []);
  const mine = entries.filter(({ key, user }) => key !== own && user === place.dataset.user);
  let found = "";
  for (const entry of mine) {
    let { key } = entry;
    let answer = await bring(entry);
    // Typed while that form was on its way to be saved: kept as its sequel.
    if (answer.closed && answer.newer) {
      key = newKey();
      const sequel = { ...entry, key, former: entry.key };
      await keep(sequel).catch(() => {});
      await drop(entry.key, entry.serial);
      answer = await bring(sequel);
    }
    const isHere = String(answer.article ?? "") === place.dataset.article;
    if (answer.ok && !answer.closed && isHere) found = key;
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
