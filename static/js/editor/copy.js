// A button beside an address that copies it; without it the address is there to be selected.

import { create } from "./dialogs.js";

for (const place of document.querySelectorAll("[data-copy]")) {
  const input = place.querySelector("input, textarea");
  const { copy, copied } = place.dataset;
  const button = create("button", { type: "button", className: "button", textContent: copy });
  button.addEventListener("click", async () => {
    input.select();
    // Where the clipboard is refused, the address stands selected for Ctrl+C.
    await navigator.clipboard.writeText(input.value);
    button.textContent = copied;
  });
  if (navigator.clipboard) place.append(button);
}
