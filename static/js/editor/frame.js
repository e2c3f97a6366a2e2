// The whole picture: a click says where its focus lies, a drag cuts a shape by hand. The fields
// below it hold the numbers, and do without this.

import { create } from "./dialogs.js";

const FOCUS = "";

for (const frame of document.querySelectorAll("[data-frame]")) {
  const stage = frame.querySelector(".desk-frame__stage");
  const [x, y] = ["focus_x", "focus_y"].map((name) => document.getElementById(`id_${name}`));
  if (stage && x && y) start(frame, stage, { x, y });
}

function start(frame, stage, focus) {
  const image = stage.querySelector("img");
  const cuts = [...document.querySelectorAll("[data-cut]")].map(cutOf);
  const mark = stage.appendChild(create("span", { className: "desk-frame__mark" }));
  const box = stage.appendChild(create("span", { className: "desk-frame__box", hidden: true }));
  const clear = create("button", { type: "button", textContent: frame.dataset.clear });
  const choices = create("fieldset", { className: "desk-frame__choices" }, [
    choice(frame.dataset.focus, FOCUS, true),
    ...cuts.map(({ name, label }) => choice(label, name, false)),
    clear,
  ]);
  const previews = create("div", { className: "desk-frame__previews" }, cuts.map(preview));
  choices.setAttribute("aria-label", frame.dataset.choose);
  stage.before(choices);
  stage.after(previews);

  const chosen = () => {
    const name = choices.querySelector("input:checked").value;
    return cuts.find((cut) => cut.name === name);
  };
  const show = () => {
    const cut = chosen();
    stage.classList.toggle("desk-frame__stage--drawing", Boolean(cut));
    mark.hidden = Boolean(cut);
    box.hidden = !cut;
    clear.hidden = !cut?.input.value;
    place(mark, { x: focus.x.value, y: focus.y.value });
    if (cut) place(box, part(cut, image, focus));
    for (const one of cuts) draw(one, image, focus);
  };

  choices.addEventListener("change", show);
  clear.addEventListener("click", () => {
    chosen().input.value = "";
    show();
  });
  for (const input of [focus.x, focus.y, ...cuts.map((cut) => cut.input)]) {
    input.addEventListener("input", show);
  }
  stage.addEventListener("click", (event) => {
    if (chosen()) return;
    const point = pointOf(event, image);
    focus.x.value = point.x.toFixed(2);
    focus.y.value = point.y.toFixed(2);
    show();
  });
  drag(stage, image, (from, to) => {
    const cut = chosen();
    if (!cut) return;
    cut.input.value = between(from, to, cut.ratio, image);
    show();
  });
  if (image.complete) show();
  else image.addEventListener("load", show);
}

function cutOf(input) {
  const [across, down] = input.dataset.cut.split("/").map(Number);
  const label = document.querySelector(`label[for="${input.id}"]`).textContent.trim();
  return { input, name: input.name, label: label.replace(/:$/, ""), ratio: across / down };
}

function choice(label, value, checked) {
  const input = create("input", { type: "radio", name: "frame-choice", value, checked });
  return create("label", {}, [input, label]);
}

function preview(cut) {
  cut.canvas = create("canvas", { height: 160, width: Math.round(160 * cut.ratio) });
  cut.canvas.setAttribute("aria-hidden", "true"); // The whole picture is described above.
  return create("figure", {}, [cut.canvas, create("figcaption", { textContent: cut.label })]);
}

/** What a cut shows, as parts of the picture: the one made by hand, or one around the focus. */
function part({ input, ratio }, image, focus) {
  const shape = image.naturalWidth / image.naturalHeight;
  const numbers = input.value.trim().split(/\s+/).map((word) => Number(word.replace(",", ".")));
  if (numbers.length === 3 && numbers.every(Number.isFinite)) {
    const [left, top, width] = numbers.map((number) => number / 100);
    return { left, top, width, height: (width * shape) / ratio };
  }
  const width = Math.min(1, ratio / shape);
  const height = Math.min(1, shape / ratio);
  return {
    left: beginning(Number(focus.x.value), width),
    top: beginning(Number(focus.y.value), height),
    width,
    height,
  };
}

function beginning(at, length) {
  return Math.min(Math.max(at - length / 2, 0), 1 - length);
}

function draw({ canvas, ...cut }, image, focus) {
  const { left, top, width, height } = part(cut, image, focus);
  const [wide, tall] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d");
  const to = [0, 0, canvas.width, canvas.height];
  context.clearRect(...to);
  context.drawImage(image, left * wide, top * tall, width * wide, height * tall, ...to);
}

/** As the field has it: left, top and width in per cent, the whole of it inside the picture. */
function between(from, to, ratio, image) {
  const shape = image.naturalWidth / image.naturalHeight;
  const widest = Math.min(1, ratio / shape);
  const asked = Math.max(Math.abs(to.x - from.x), (Math.abs(to.y - from.y) * ratio) / shape);
  const width = Math.min(Math.max(asked, 0.1), widest);
  const height = (width * shape) / ratio;
  const left = Math.min(Math.max(to.x < from.x ? from.x - width : from.x, 0), 1 - width);
  const top = Math.min(Math.max(to.y < from.y ? from.y - height : from.y, 0), 1 - height);
  // Rounded down, so that it never sticks out.
  return [left, top, width].map((number) => Math.floor(number * 10000) / 100).join(" ");
}

function pointOf(event, image) {
  const area = image.getBoundingClientRect();
  const inside = (number) => Math.min(Math.max(number, 0), 1);
  return {
    x: inside((event.clientX - area.left) / area.width),
    y: inside((event.clientY - area.top) / area.height),
  };
}

function drag(stage, image, onMove) {
  let from = null;
  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // The browser would drag the picture away.
    from = pointOf(event, image);
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    if (from) onMove(from, pointOf(event, image));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, () => {
      from = null;
    });
  }
}

function place(element, values) {
  for (const [name, value] of Object.entries(values)) {
    element.style.setProperty(`--${name}`, value);
  }
}
