// What Google Docs and Word put into the clipboard → plain HTML that the editor's schema understands.
//
// The page's policy forbids style attributes even in the documents that a browser parses for us, so
// that “font-weight: normal” on Docs' wrapper would be lost and the whole text come out bold. The
// attributes are therefore renamed in the string, before anything parses it.

const BOLD = /font-weight:\s*(bold|[6-9]00)/i;
const NOT_BOLD = /font-weight:\s*(normal|[1-5]00)/i;
const ITALIC = /font-style:\s*italic/i;
const RAISED = /vertical-align:\s*super/i;
const LOWERED = /vertical-align:\s*sub/i;
const WORD_LIST = /mso-list:\s*l(\d+)\s+level(\d+)/i;
const LIST_MARK = /<!(?:--)?\[if !supportLists\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/gi;
const NUMBER = /^\s*\(?(\d+|[a-z]{1,3})[.)]/i;

export function cleanPaste(html) {
  const { body } = new DOMParser().parseFromString(harmless(html), "text/html");
  unwrapFalseBold(body);
  listsFromWord(body);
  marksFromStyles(body);
  for (const node of body.querySelectorAll("*")) {
    node.removeAttribute("data-style");
    if (node.localName.includes(":")) node.replaceWith(...node.childNodes);
  }
  return body.innerHTML;
}

/** Without comments, scripts and style sheets, and with `style` under a name that means nothing. */
function harmless(html) {
  return html
    .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(LIST_MARK, "<span data-bullet>$1</span>")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[\s\S]*?\]>/g, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

const styleOf = (node) => node.getAttribute("data-style") ?? "";

/** Google Docs wraps a whole paste in <b style="font-weight:normal">. */
function unwrapFalseBold(body) {
  for (const node of body.querySelectorAll("b, strong")) {
    if (NOT_BOLD.test(styleOf(node))) node.replaceWith(...node.childNodes);
  }
}

/** Bold and italic are styles on spans in Docs and Word. */
function marksFromStyles(body) {
  for (const node of body.querySelectorAll("span[data-style]")) {
    if (node.closest("h1, h2, h3, h4, h5, h6")) continue; // a heading's own weight
    const style = styleOf(node);
    if (BOLD.test(style)) wrap(node, "strong");
    if (ITALIC.test(style)) wrap(node, "em");
    if (RAISED.test(style)) wrap(node, "sup");
    if (LOWERED.test(style)) wrap(node, "sub");
  }
}

function wrap(node, tag) {
  const mark = document.createElement(tag);
  mark.append(...node.childNodes);
  node.append(mark);
}

/** Word writes a list as paragraphs, the bullet or number being text. */
function listsFromWord(body) {
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
