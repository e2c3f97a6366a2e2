// Pictures that are dropped or pasted into the text: a note stands in their place until the server
// has them. The cursor stays where it is; a file that did not arrive is kept, to be sent again.

import { Extension, Plugin, pm } from "django-prose-editor/editor";
import { create } from "./dialogs.js";
import { labelsOf } from "./references.js";
import { Sending } from "./sending.js";

const { PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const key = new PluginKey("uploads");

export const Uploads = Extension.create({
  name: "uploads",

  addOptions() {
    return { url: "" };
  },

  addProseMirrorPlugins() {
    // One after the other: so they arrive in their order, and a phone's line carries one at a time.
    const send = async (files, place) => {
      const uploads = files.map((file) => new Upload(this.editor, this.options.url, file));
      for (const upload of uploads) upload.begin(place);
      for (const upload of uploads) await upload.send();
    };
    return [
      new Plugin({
        key,
        state: { init: () => DecorationSet.empty, apply: follow },
        props: {
          decorations: (state) => key.getState(state),
          handlePaste: (view, event) => {
            const files = filesOf(event.clipboardData);
            send(files, behind(view.state.selection.$to));
            return files.length > 0;
          },
          handleDrop: (view, event, slice, moved) => {
            const files = moved ? [] : filesOf(event.dataTransfer);
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            send(files, behind(view.state.doc.resolve(at?.pos ?? view.state.doc.content.size)));
            return files.length > 0;
          },
        },
      }),
    ];
  },

  // Whoever saves before all have arrived is asked first: the files would stay behind.
  onCreate() {
    const { form } = this.editor.view.dom.parentElement.querySelector(":scope > textarea");
    form?.addEventListener("submit", (event) => {
      const waiting = key.getState(this.editor.state).find().length > 0;
      if (waiting && !confirm(labelsOf(this.editor).uploadsWait)) event.preventDefault();
    });
  },
});

/** The notes move with the text around them; a transaction may add one or take one away. */
function follow(transaction, notes) {
  const moved = notes.map(transaction.mapping, transaction.doc);
  const { add, remove } = transaction.getMeta(key) ?? {};
  if (add) return moved.add(transaction.doc, [add]);
  return remove ? moved.remove(noteOf(moved, remove)) : moved;
}

function noteOf(notes, upload) {
  return notes.find(undefined, undefined, (spec) => spec.upload === upload);
}

/** Files, unless words came with them: Word and Docs add a picture of the text. */
function filesOf(data) {
  const words = data?.getData("text/plain") || data?.getData("text/html").replace(/<[^>]*>/g, "");
  return words?.trim() ? [] : [...(data?.files ?? [])];
}

function behind($pos) {
  return $pos.depth ? $pos.after(1) : $pos.pos;
}

class Upload {
  constructor(editor, url, file) {
    Object.assign(this, { editor, file, labels: labelsOf(editor) });
    this.sending = new Sending(url, file, this.labels);
    this.words = create("p");
    this.words.setAttribute("role", "status");
    this.again = this.button(this.labels.again, () => this.send());
    this.away = this.button(this.labels.takeOut, () => this.end());
    this.note = create("div", { className: "desk-reference", contentEditable: "false" }, [
      this.words,
      this.again,
      this.away,
    ]);
  }

  button(text, act) {
    const button = create("button", { type: "button", textContent: text });
    button.addEventListener("click", act);
    return button;
  }

  begin(place) {
    this.show(`${this.labels.uploading} ${this.file.name}`, false);
    const spec = { upload: this, side: 1, stopEvent: () => true };
    this.dispatch((tr) => tr.setMeta(key, { add: Decoration.widget(place, this.note, spec) }));
    // Whoever leaves now is asked, as with typed text.
    this.editor.view.dom.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async send() {
    this.show(`${this.labels.uploading} ${this.file.name}`, false);
    const answer = await this.sending.send();
    if (answer?.id) this.end(answer.id);
    else this.show(`${this.file.name}: ${answer?.refusal ?? this.labels.notSent}`, true);
  }

  show(words, failed) {
    this.words.textContent = words;
    this.again.hidden = this.away.hidden = !failed;
  }

  /** The note goes; in its place comes the picture, if there is one now. */
  end(id = null) {
    const { doc, schema } = this.editor.state;
    const [note] = noteOf(key.getState(this.editor.state), this);
    const place = note ? note.from : doc.content.size;
    this.dispatch((tr) => {
      tr.setMeta(key, { remove: this });
      if (!id) return;
      const last = place >= doc.content.size ? [schema.nodes.paragraph.create()] : [];
      tr.insert(place, [schema.nodes.picture.create({ value: String(id) }), ...last]);
    });
  }

  dispatch(change) {
    const { tr } = this.editor.state;
    change(tr);
    this.editor.view.dispatch(tr);
  }
}
