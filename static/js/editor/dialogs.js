// Small windows that ask for one thing. They stand outside of the article's form, so that Enter
// answers the question and does not save the article.

/** The rows of one of the desk's lists; an empty list if it can't be fetched. */
export async function fetchList(url, query) {
  const found = await load(url, query).catch(() => null);
  return found ?? [];
}

async function load(url, query) {
  const response = await fetch(`${url}?${new URLSearchParams(query)}`);
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).results;
}

/** An address to link to, or null. */
export function askAddress(labels, href = "") {
  const input = create("input", { type: "text", value: href ?? "", inputMode: "url" });
  const field = create("label", {}, [labels.address, input]);
  const read = () => {
    const address = input.value.trim().replace(/^www\./, "https://www.");
    const good = /^(https?:\/\/[^/]|mailto:.|tel:.|\/(?!\/))/i.test(address);
    input.setCustomValidity(good ? "" : labels.badAddress);
    return good && address;
  };
  input.addEventListener("input", () => input.setCustomValidity(""));
  return ask({ title: labels.address, labels, action: labels.apply, content: [field], read });
}

/**
 * The ids of what was chosen from a searchable list, or of the numbers that were typed: `most` of
 * them, in the order in which they were chosen.
 */
export async function pick({ title, labels, list, most }) {
  const chosen = new Set();
  const results = create("ul", { className: "desk-pick__results" });
  const search = create("input", { type: "search" });
  const number = create("input", { type: "text", inputMode: "numeric" });
  const show = async () => {
    const rows = await load(list, { q: search.value }).catch(() => null);
    const note = rows === null ? labels.unreachable : labels.nothing;
    const items = (rows ?? []).map((row) => option(row, chosen, most));
    results.replaceChildren(...(items.length ? items : [create("li", { textContent: note })]));
  };
  search.addEventListener("input", debounce(show, 250));
  const answer = ask({
    title,
    labels,
    action: labels.insert,
    content: [
      create("label", {}, [labels.search, search]),
      results,
      create("label", {}, [labels.number, number]),
    ],
    read: () => {
      const typed = number.value.match(/[0-9]+/g) ?? [];
      const ids = [...chosen, ...typed].map(String).slice(0, most);
      return ids.length > 0 && ids;
    },
  });
  show();
  return (await answer) ?? [];
}

function option({ id, text, note, thumb }, chosen, most) {
  const box = create("input", { type: most > 1 ? "checkbox" : "radio", name: "desk-pick" });
  box.checked = chosen.has(id);
  box.addEventListener("change", () => {
    if (most === 1) chosen.clear();
    if (box.checked && chosen.size >= most) box.checked = false;
    chosen[box.checked ? "add" : "delete"](id);
  });
  const picture = thumb ? [create("img", { src: thumb, alt: "", loading: "lazy" })] : [];
  const words = create("span", { textContent: text });
  const small = note ? [create("small", { textContent: note })] : [];
  return create("li", {}, [create("label", {}, [box, ...picture, words, ...small])]);
}

/** Shows a window and waits: what `read` says, now or later, on yes; null on no. False refuses. */
export function ask({ title, labels, action, content, read }) {
  return new Promise((resolve) => {
    const yes = create("button", { type: "submit", className: "button", textContent: action });
    const no = create("button", { type: "button", textContent: labels.cancel });
    const form = create("form", {}, [
      create("h2", { textContent: title }),
      ...content,
      create("p", { className: "desk-dialog__answers" }, [yes, no]),
    ]);
    const dialog = create("dialog", { className: "desk-dialog" }, [form]);
    let result = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      yes.disabled = true;
      const answer = await read();
      yes.disabled = false;
      if (answer === false) return form.reportValidity();
      result = answer;
      dialog.close();
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function create(tag, properties = {}, children = []) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function debounce(act, milliseconds) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds, ...values);
  };
}
