// Logging in again beside an open form, so that nobody has to leave what she is writing.

import { ask, create } from "./dialogs.js";

let asking = null;

/** Ask for the password until it is right; whether one is logged in afterwards. */
export function logIn(said) {
  asking ??= askPassword(said).finally(() => {
    asking = null;
  });
  return asking;
}

async function askPassword(said) {
  const email = create("input", { type: "email", value: said.email, autocomplete: "username" });
  const password = create("input", { type: "password", autocomplete: "current-password" });
  const wrong = create("p", { className: "errornote", hidden: true });
  wrong.setAttribute("role", "alert");
  password.autofocus = true;
  const isIn = await ask({
    title: said.saidLogin,
    labels: { cancel: said.saidCancel },
    action: said.saidLogin,
    content: [
      create("p", { textContent: said.saidEnded }),
      wrong,
      create("label", {}, [said.saidEmail, email]),
      create("label", {}, [said.saidPassword, password]),
    ],
    read: async () => {
      const error = await attempt(said.login, email.value, password.value);
      wrong.textContent = error ?? "";
      wrong.hidden = error === null;
      if (error !== null) password.select();
      return error === null;
    },
  });
  return Boolean(isIn);
}

/** Null when it worked, else what to tell. */
async function attempt(url, login, password) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const data = new URLSearchParams({ login, password, csrfmiddlewaretoken: token });
  try {
    const response = await fetch(url, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    });
    if (response.ok) return null;
    const { form } = await response.json();
    const fields = Object.values(form?.fields ?? {}).flatMap(({ errors }) => errors);
    return [...(form?.errors ?? []), ...fields].join(" ") || response.statusText;
  } catch (error) {
    return String(error.message);
  }
}
