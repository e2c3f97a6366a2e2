// One file on its way to the server. It has a key of its own: whatever the network loses is sent
// again under it, and the server stores it once.

import { newKey } from "./keys.js";
import { renew } from "./token.js";

const TRIES = 3;
const PAUSE = 2000;
// Our own server says why, in JSON; a proxy before it has a page of its own. No second try helps.
const REFUSED = [400, 403, 413, 415];
const TOKEN = "csrfmiddlewaretoken";

export class Sending {
  /** `words` are what is said of a file that is `large`, or `refused` without a reason. */
  constructor(url, file, words) {
    Object.assign(this, { url, file, words, key: newKey() });
  }

  /**
   * What the server says of it: `{ id, … }`, or `{ refusal }` in words; null if no answer came.
   * `fields` go along; `onProgress` hears how much is sent, of 1.
   */
  async send({ fields = [], onProgress = () => {} } = {}) {
    for (let tried = 1; tried <= TRIES; tried += 1) {
      const answer = await this.attempt([...fields], onProgress).catch(() => null);
      if (answer) return answer;
      if (tried < TRIES) await new Promise((done) => setTimeout(done, PAUSE * tried));
    }
    return null;
  }

  /** An error if there is no answer, or it is another page, such as the log-in. */
  attempt(fields, onProgress) {
    const data = new FormData();
    for (const [name, value] of fields) if (name !== TOKEN) data.append(name, value);
    data.set("sending", this.key);
    data.set("file", this.file);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest(); // Of what it has sent, fetch tells nothing.
      request.open("POST", this.url);
      // Read each time: who has logged in again meanwhile has another.
      const token = document.querySelector(`[name=${TOKEN}]`).value;
      request.setRequestHeader("X-CSRFToken", token);
      request.responseType = "json";
      request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
        if (lengthComputable) onProgress(loaded / total);
      });
      request.addEventListener("load", () => {
        const { response, status } = request;
        const fail = () => reject(new Error(request.statusText));
        if (response) resolve(response);
        // Django's own page, if the token is out of date; with a fresh one it was something else.
        else if (status === 403 && !this.isRenewed) {
          this.isRenewed = true;
          renew().catch(() => {}).finally(fail);
        } else if (REFUSED.includes(status)) resolve({ refusal: this.refusal(status) });
        else fail();
      });
      request.addEventListener("error", reject);
      request.send(data);
    });
  }

  refusal(status) {
    return status === 413 ? this.words.large : this.words.refused;
  }
}
