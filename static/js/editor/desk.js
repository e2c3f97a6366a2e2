// What the paper adds to django-prose-editor. Each export is an extension that articles/editor.py names.

import { Extension, Link, Plugin, Table } from "django-prose-editor/editor";
import { askAddress } from "./dialogs.js";
import { cleanPaste } from "./paste.js";
import { labelsOf } from "./references.js";

export { Embed, Picture, Related } from "./references.js";

export const Desk = Extension.create({
  name: "desk",
  priority: 1, // After the menu, whose buttons get their names here.

  addOptions() {
    return { buttons: {}, labels: {} };
  },

  onBeforeCreate() {
    // Tiptap writes a <style> into the page, which the policy forbids; editor.css says the same.
    this.editor.setOptions({ injectCSS: false });
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
    return [new Plugin({ props: { transformPastedHTML: cleanPaste } })];
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
