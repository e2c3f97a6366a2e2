// The readers' page in windows of a phone and of a desk, made smaller where they would not fit.

import { create } from "./dialogs.js";

for (const place of document.querySelectorAll("[data-frame]")) {
  const [width, height] = place.dataset.frame.split("x").map(Number);
  const title = place.querySelector("h2").textContent;
  const frame = create("iframe", { src: place.dataset.address, title, width, height });
  const window_ = create("div", { className: "desk-frame__window" }, [frame]);
  place.append(window_);
  const fit = () => {
    const scale = Math.min(1, place.clientWidth / width);
    frame.style.transform = `scale(${scale})`;
    window_.style.width = `${width * scale}px`;
    window_.style.height = `${height * scale}px`;
  };
  new ResizeObserver(fit).observe(place);
  fit();
}
