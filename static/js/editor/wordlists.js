// Lists: Word writes them as paragraphs, the bullet or number being text; Docs nests them beside the
// item that they belong to.

const WORD_LIST = /mso-list:\s*l(\d+)\s+level(\d+)/i;
const NUMBER = /^\s*\(?(\d+|[a-z]{1,3})[.)]/i;

/** What was the style attribute; paste.js says why it has another name. */
export const styleOf = (node) => node.getAttribute("data-style") ?? "";

export function listsFromWord(body) {
  let stack = [];
  let previous = null;
  for (const paragraph of body.querySelectorAll("p")) {
    const found = WORD_LIST.exec(styleOf(paragraph));
    if (!found) continue;
    if (!previous || previous !== paragraph.previousElementSibling) stack = [];
    const level = Math.min(Number(found[2]), stack.length + 1);
    const tag = NUMBER.test(takeBullet(paragraph)) ? "ol" : "ul";
    stack.length = Math.min(stack.length, level);
    if (stack[level - 1]?.dataset.word !== found[1] + tag) {
      stack[level - 1] = startList(stack[level - 2], paragraph, tag);
      stack[level - 1].dataset.word = found[1] + tag;
    }
    const item = document.createElement("li");
    item.append(...paragraph.childNodes);
    stack[level - 1].append(item);
    paragraph.remove();
    previous = stack[0];
  }
}

function takeBullet(paragraph) {
  const bullet = paragraph.querySelector("[data-bullet]");
  const ignored = [...paragraph.querySelectorAll("span")].find((span) =>
    /mso-list:\s*ignore/i.test(styleOf(span)),
  );
  const node = bullet ?? ignored;
  const text = node?.textContent ?? "";
  node?.remove();
  return text;
}

function startList(parent, paragraph, tag) {
  const list = document.createElement(tag);
  if (parent?.lastElementChild) parent.lastElementChild.append(list);
  else paragraph.before(list);
  return list;
}

/** A list that stands right inside another one belongs to the item before it. */
export function nestedLists(body) {
  for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    const item = list.previousElementSibling;
    if (item?.localName === "li") item.append(list);
  }
}
