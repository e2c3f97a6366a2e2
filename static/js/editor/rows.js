// Bylines: when the last row is filled, an empty one follows.

for (const rows of document.querySelectorAll("[data-rows]")) {
  rows.addEventListener("change", () => {
    const last = rows.lastElementChild;
    if (!last.querySelector("select").value) return;
    const next = last.cloneNode(true);
    for (const select of next.querySelectorAll("select")) {
      select.selectedIndex = 0;
      select.ariaLabel = select.ariaLabel.replace(/\d+$/, rows.children.length + 1);
    }
    rows.append(next);
  });
}
