// What the paper adds to django-prose-editor. Each export is an extension that articles/editor.py names.

import { Extension, Link, ListItem as AnyListItem, Plugin, Table, pm } from "django-prose-editor/editor";
import { askAddress } from "./dialogs.js";
import { cleanPaste } from "./paste.js";
import { textToHtml } from "./plaintext.js";
import { embedOf, labelsOf } from "./references.js";

export { InfoBox, PullQuote } from "./boxes.js";
export { Gallery } from "./gallery.js";
export { Embed, Picture, Related } from "./references.js";
export { Uploads } from "./body_uploads.js";

export const Desk = Extension.create({
  name: "desk",
  priority: 1, // After the menu, whose buttons get their names here.

  addOptions() {
    return { buttons: {}, labels: {} };
  },

  onBeforeCreate() {
    // Tiptap writes a <style> into the page, which the policy forbids; editor.css says the same.
    // Of the signs for bold and italic, plaintext.js knows better what they mean in a paste.
    this.editor.setOptions({ injectCSS: false, enablePasteRules: ["link"] });
  },

  onCreate() {
    const { dom } = this.editor.view;
    dom.setAttribute("aria-label", this.options.labels.body ?? "");
    for (const button of dom.parentElement.querySelectorAll(".prose-menubar [data-name]")) {
      const label = this.options.buttons[button.dataset.name];
      if (label) {
        button.title = label;
        button.setAttribute("aria-label", label);
      }
    }
    // The package takes a body that is one lone reference for an empty one.
    const textarea = dom.parentElement.querySelector(":scope > textarea");
    this.editor.on("update", ({ editor }) => {
      if (editor.state.doc.firstChild?.isAtom) textarea.value = editor.getHTML();
    });
  },

  addProseMirrorPlugins() {
    const { extensions } = this.editor.extensionManager;
    const { patterns } = extensions.find(({ name }) => name === "embed").options;
    const transformPastedHTML = (html) => cleanPaste(html, (text) => embedOf(text, patterns));
    // Nobody who pastes “without format” wants any.
    const clipboardTextParser = (text, context, plain, view) => {
      if (plain) return null;
      const html = transformPastedHTML(textToHtml(text));
      const { body } = new DOMParser().parseFromString(html, "text/html");
      return pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(body, { context });
    };
    return [new Plugin({ props: { transformPastedHTML, clipboardTextParser } })];
  },
});

// One question, the address; `rel` (a paid link's mark, say) stays as it was.
export const DeskLink = Link.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          if (editor.state.selection.empty && !editor.isActive("link")) return false;
          askAddress(labelsOf(editor), editor.getAttributes("link").href).then((href) => {
            if (!href) return;
            editor.chain().focus().extendMarkRange("link").setMark("link", { href }).run();
          });
          return true;
        },
    };
  },
});

// In place of the one that comes along: an item of an imported list may begin with anything.
export const ListItem = AnyListItem.extend({ content: "block+" });

export const DeskTable = Table.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ commands }) =>
          commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    };
  },
});
