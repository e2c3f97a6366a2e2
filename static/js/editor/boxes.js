// Boxes with blocks inside: words pulled out of the text, and facts beside it.

import { Node } from "django-prose-editor/editor";

function box({ name, kind, icon, start }) {
  return Node.create({
    name,
    group: "block",
    content: "block+",
    defining: true,

    parseHTML() {
      return [{ tag: `aside[data-box="${kind}"]` }];
    },

    renderHTML() {
      return ["aside", { "data-box": kind }, 0];
    },

    addMenuItems({ menu, buttons }) {
      menu.defineItem({
        name,
        groups: "desk",
        button: buttons.material(icon, name),
        active: (editor) => editor.isActive(name),
        enabled: (editor) => editor.isActive(name) || !insideBox(editor),
        command: (editor) => toggle(editor, name, start),
      });
    },
  });
}

export const PullQuote = box({
  name: "pullQuote",
  kind: "quote",
  icon: "short_text",
  start: [{ type: "paragraph" }],
});

export const InfoBox = box({
  name: "infoBox",
  kind: "info",
  icon: "info",
  start: [{ type: "heading", attrs: { level: 2 } }],
});

// markup.py takes a box out of another one.
const insideBox = (editor) => editor.isActive("pullQuote") || editor.isActive("infoBox");

/** Text is wrapped or taken out; on an empty line a box begins, with the cursor in its first block. */
function toggle(editor, name, start) {
  const { $from, empty } = editor.state.selection;
  const chain = editor.chain().focus();
  if (editor.isActive(name) || !empty || $from.parent.content.size || $from.depth !== 1) {
    return chain.toggleWrap(name).run();
  }
  const place = $from.before(1);
  return chain
    .insertContentAt({ from: place, to: $from.after(1) }, { type: name, content: start })
    .setTextSelection(place + 2)
    .run();
}
