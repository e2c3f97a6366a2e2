// The rich-text editors of a form, be they there before the script that asks for them or later.

/** Call `use` once with each editor of `form`. */
export function eachEditor(form, use) {
  const seen = new WeakSet();
  const meet = (editor) => {
    if (seen.has(editor)) return;
    seen.add(editor);
    use(editor);
  };
  for (const { editor } of form.querySelectorAll(".ProseMirror")) if (editor) meet(editor);
  form.addEventListener("prose-editor:ready", ({ detail }) => meet(detail.editor));
}
