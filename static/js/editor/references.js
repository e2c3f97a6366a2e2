// Pictures, embeds and “Read also” boxes: a body holds references to them, shown here as boxes.

import { Node } from "django-prose-editor/editor";
import { fetchList, pick } from "./dialogs.js";

/** A block without text of its own, `<tag attribute="value"></tag>`. */
function reference({ name, tag, attribute, show, ...rest }) {
  return Node.create({
    name,
    group: "block",
    atom: true,
    draggable: true,

    addAttributes() {
      return {
        value: {
          default: null,
          parseHTML: (element) => element.getAttribute(attribute),
          renderHTML: ({ value }) => ({ [attribute]: value }),
        },
      };
    },

    parseHTML() {
      return [{ tag: `${tag}[${attribute}]` }];
    },

    renderHTML({ HTMLAttributes }) {
      return [tag, HTMLAttributes];
    },

    addNodeView() {
      return ({ node, editor }) => {
        const dom = document.createElement(tag);
        dom.className = `desk-reference desk-reference--${name}`;
        show.call(this, dom, node.attrs.value, labelsOf(editor));
        return { dom };
      };
    },
    ...rest,
  });
}

export const Picture = reference({
  name: "picture",
  tag: "figure",
  attribute: "data-image",

  addOptions() {
    return { list: "", thumb: "" };
  },

  show(dom, id, labels) {
    const image = document.createElement("img");
    image.src = this.options.thumb.replace("/0/", `/${Number(id)}/`);
    image.alt = "";
    const caption = line("figcaption", `${labels.picture} ${id}`);
    dom.append(image, caption);
    fetchList(this.options.list, { ids: id }).then(([found]) => {
      if (found) caption.textContent = [found.text, found.credit].filter(Boolean).join(" · ");
    });
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem(chooser(this.name, "image", buttons, this.options.list, { many: false }));
  },
});

export const Embed = reference({
  name: "embed",
  tag: "figure",
  attribute: "data-embed",

  show(dom, address, labels) {
    const [provider, id] = (address ?? "").split(/:(.*)/s);
    dom.append(line("p", labels.embed), line("p", `${provider} · ${id ?? ""}`));
  },
});

export const Related = reference({
  name: "related",
  tag: "aside",
  attribute: "data-articles",

  addOptions() {
    return { list: "" };
  },

  show(dom, ids, labels) {
    const list = line("p", ids ?? "");
    dom.append(line("p", labels.related), list);
    fetchList(this.options.list, { ids }).then((found) => {
      if (found.length) list.replaceWith(...found.map(({ text }) => line("p", text)));
    });
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem(chooser(this.name, "read_more", buttons, this.options.list, { many: true }));
  },
});

/** The button that asks what to insert, and inserts it after the block where the cursor is. */
function chooser(name, icon, buttons, list, { many }) {
  return {
    name,
    groups: "desk",
    button: buttons.material(icon, name),
    async command(editor) {
      const labels = labelsOf(editor);
      const ids = await pick({ title: labels[name], labels, list, many });
      if (ids.length) insert(editor, name, ids.join(","));
    },
  };
}

function insert(editor, type, value) {
  const { $to } = editor.state.selection;
  const end = $to.depth ? $to.after(1) : $to.pos;
  const last = end >= editor.state.doc.content.size;
  const after = last ? [{ type: "paragraph" }] : [];
  editor.chain().focus().insertContentAt(end, [{ type, attrs: { value } }, ...after]).run();
}

/** The editor's words in the person's language. */
export function labelsOf(editor) {
  return editor.extensionManager.extensions.find((one) => one.name === "desk").options.labels;
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
