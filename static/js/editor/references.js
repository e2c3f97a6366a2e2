// Pictures, embeds and “Read also” boxes: a body holds references to them, shown here as boxes.

import { Node, Plugin } from "django-prose-editor/editor";
import { create, fetchList, pick } from "./dialogs.js";

// As many as readers are shown in a text (markup/rendering.py).
const MOST_RELATED = 2;

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
    const caption = line("figcaption", `${labels.picture} ${id}`);
    dom.append(thumbOf(this.options, id), caption);
    fetchList(this.options.list, { ids: id }).then(([found]) => {
      if (found) caption.textContent = [found.text, found.credit].filter(Boolean).join(" · ");
    });
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem(chooser(this.name, "image", buttons, this.options.list, 1));
  },
});

export const Embed = reference({
  name: "embed",
  tag: "figure",
  attribute: "data-embed",

  addOptions() {
    return { patterns: [] };
  },

  show(dom, address, labels) {
    const [provider, id] = (address ?? "").split(/:(.*)/s);
    dom.append(line("p", labels.embed), line("p", `${provider} · ${id ?? ""}`));
  },

  // An address that is pasted into an empty paragraph; one amid words stays an address.
  addProseMirrorPlugins() {
    const { editor, options, name } = this;
    const handlePaste = (view, event) => {
      const { $from, empty } = view.state.selection;
      const value = embedOf(event.clipboardData?.getData("text/plain") ?? "", options.patterns);
      if (!value || !empty || $from.parent.content.size || $from.depth === 0) return false;
      insert(editor, name, { value });
      return true;
    };
    return [new Plugin({ props: { handlePaste } })];
  },
});

/** What is stored for an address, as articles/embeds.py says, or null. */
export function embedOf(address, patterns) {
  for (const [provider, pattern] of patterns) {
    const found = new RegExp(pattern).exec(address.trim());
    if (found) return `${provider}:${found[1]}`;
  }
  return null;
}

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
    menu.defineItem(chooser(this.name, "read_more", buttons, this.options.list, MOST_RELATED));
  },
});

/** The button that asks what to insert, and inserts it after the block where the cursor is. */
function chooser(name, icon, buttons, list, most) {
  return {
    name,
    groups: "desk",
    button: buttons.material(icon, name),
    async command(editor) {
      const labels = labelsOf(editor);
      const ids = await pick({ title: labels[name], labels, list, most });
      if (ids.length) insert(editor, name, { value: ids.join(",") });
    },
  };
}

/** Puts a block behind the one where the cursor is, or in its place if that one is empty. */
export function insert(editor, type, attrs) {
  const { $to } = editor.state.selection;
  const end = $to.depth ? $to.after(1) : $to.pos;
  const isBlank = $to.depth === 1 && $to.parent.content.size === 0;
  const last = end >= editor.state.doc.content.size;
  const after = last ? [{ type: "paragraph" }] : [];
  const place = { from: isBlank ? $to.before(1) : end, to: end };
  editor.chain().focus().insertContentAt(place, [{ type, attrs }, ...after]).run();
}

/** The smallest copy of a picture; `options.thumb` is the address of that of picture 0. */
export function thumbOf(options, id) {
  const src = options.thumb.replace("/0/", `/${Number(id)}/`);
  return create("img", { src, alt: "" });
}

/** The editor's words in the person's language. */
export function labelsOf(editor) {
  return editor.extensionManager.extensions.find((one) => one.name === "desk").options.labels;
}

function line(tag, text) {
  return create(tag, { textContent: text });
}
