// Logging in again beside an open form, so that nobody has to leave what she is writing.

import { create } from "./dialogs.js";

let asking = null;

/** Ask for the password until it is right; whether one is logged in afterwards. */
export function logIn(said) {
  asking ??= ask(said).finally(() => {
    asking = null;
  });
  return asking;
}

function ask(said) {
  return new Promise((resolve) => {
    const email = create("input", { type: "email", value: said.email, autocomplete: "username" });
    const password = create("input", { type: "password", autocomplete: "current-password" });
    const wrong = create("p", { className: "errornote", hidden: true });
    wrong.setAttribute("role", "alert");
    const yes = create("button", { type: "submit", className: "button", textContent: said.saidLogin });
    const no = create("button", { type: "button", textContent: said.saidCancel });
    const form = create("form", {}, [
      create("h2", { textContent: said.saidLogin }),
      create("p", { textContent: said.saidEnded }),
      wrong,
      create("label", {}, [said.saidEmail, email]),
      create("label", {}, [said.saidPassword, password]),
      create("p", { className: "desk-dialog__answers" }, [yes, no]),
    ]);
    const dialog = create("dialog", { className: "desk-dialog" }, [form]);
    let isIn = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      yes.disabled = true;
      const error = await attempt(said.login, email.value, password.value);
      yes.disabled = false;
      wrong.textContent = error ?? "";
      wrong.hidden = error === null;
      if (error !== null) return password.select();
      isIn = true;
      dialog.close();
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(isIn);
    });
    document.body.append(dialog);
    dialog.showModal();
    password.focus();
  });
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
