// The other article of a link, chosen from the desk's list; its number or address can be typed.

import { create, pick } from "./dialogs.js";

for (const form of document.querySelectorAll("[data-family]")) {
  const { family: list, labels, choose } = form.dataset;
  const input = form.querySelector("[name=other]");
  const button = create("button", { type: "button", className: "button", textContent: choose });
  button.addEventListener("click", async () => {
    const options = { title: choose, labels: JSON.parse(labels), list, many: false };
    const [id] = await pick(options);
    if (id) input.value = id;
    input.focus();
  });
  input.after(button);
}
