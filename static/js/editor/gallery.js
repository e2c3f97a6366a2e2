// A gallery: pictures in an order, each with the caption of its own that it may have.

import { Node } from "django-prose-editor/editor";
import { ask, create, fetchList, pick } from "./dialogs.js";
import { insert, labelsOf, thumbOf } from "./references.js";

const MOST = 100; // As markup/nodes.py keeps.

export const Gallery = Node.create({
  name: "gallery",
  group: "block",
  atom: true,
  draggable: true,

  addOptions() {
    return { list: "", thumb: "" };
  },

  addAttributes() {
    return { photos: { default: [], rendered: false, parseHTML: readPhotos } };
  },

  parseHTML() {
    return [{ tag: "figure[data-gallery]" }];
  },

  renderHTML({ node: { attrs } }) {
    const captions = attrs.photos
      .filter(({ caption }) => caption)
      .map(({ id, caption }) => ["figcaption", { "data-image": id }, caption]);
    return ["figure", { "data-gallery": attrs.photos.map(({ id }) => id).join(",") }, ...captions];
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const labels = labelsOf(editor);
      const change = create("button", { type: "button", textContent: labels.changeGallery });
      change.addEventListener("click", async () => {
        const photos = await arrange(node.attrs.photos, labels, this.options);
        if (!photos) return;
        const place = getPos();
        const { tr } = editor.state;
        if (photos.length) tr.setNodeAttribute(place, "photos", photos);
        else tr.delete(place, place + node.nodeSize);
        editor.view.dispatch(tr);
        editor.view.focus();
      });
      const photos = node.attrs.photos.map(({ id }) => thumbOf(this.options, id));
      const dom = create("figure", { className: "desk-reference desk-reference--gallery" }, [
        create("p", { textContent: `${labels.gallery} · ${photos.length}` }),
        create("div", { className: "desk-gallery" }, photos),
        change,
      ]);
      return { dom, stopEvent: (event) => change.contains(event.target) };
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: this.name,
      groups: "desk",
      button: buttons.material("collections", this.name),
      command: async (editor) => {
        const labels = labelsOf(editor);
        const title = labels.gallery;
        const ids = await pick({ title, labels, list: this.options.list, most: MOST });
        const photos = unique(ids.map((id) => ({ id, caption: "" })));
        if (photos.length) insert(editor, this.name, { photos });
      },
    });
  },
});

function readPhotos(figure) {
  const captions = new Map(
    [...figure.querySelectorAll("figcaption[data-image]")].map((line) => [
      line.dataset.image,
      line.textContent,
    ]),
  );
  const ids = figure.dataset.gallery.split(",");
  return ids.map((id) => ({ id, caption: captions.get(id) ?? "" }));
}

function unique(photos) {
  return [...new Map(photos.map((photo) => [photo.id, photo])).values()];
}

/** A window in which the pictures are put in order and get their captions; null if left alone. */
function arrange(photos, labels, options) {
  const rows = create("ol", { className: "desk-arrange" }, photos.map((photo) => row(photo)));
  const more = create("button", { type: "button", textContent: labels.addPictures });

  function row({ id, caption }) {
    const text = create("input", { type: "text", value: caption, maxLength: 400 });
    text.setAttribute("aria-label", labels.ownCaption);
    const item = create("li", {}, [
      thumbOf(options, id),
      text,
      move("↑", labels.earlier, () => item.previousElementSibling?.before(item)),
      move("↓", labels.later, () => item.nextElementSibling?.after(item)),
      move("✕", labels.takeOut, () => item.remove()),
    ]);
    item.dataset.id = id;
    text.placeholder = labels.ownCaption;
    fetchList(options.list, { ids: id }).then(([found]) => {
      if (found) text.placeholder = found.text;
    });
    return item;
  }

  function move(sign, label, act) {
    const button = create("button", { type: "button", textContent: sign, title: label });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      act();
      (button.isConnected ? button : more).focus();
    });
    return button;
  }

  more.addEventListener("click", async () => {
    const ids = await pick({ title: labels.addPictures, labels, list: options.list, most: MOST });
    const here = new Set([...rows.children].map((item) => item.dataset.id));
    rows.append(...ids.filter((id) => !here.has(id)).map((id) => row({ id, caption: "" })));
  });
  return ask({
    title: labels.changeGallery,
    labels,
    action: labels.apply,
    content: [rows, more],
    read: () =>
      [...rows.children].map((item) => ({
        id: item.dataset.id,
        caption: item.querySelector("input").value.trim().replace(/\s+/g, " "),
      })),
  });
}
