// What Google Docs and Word put into the clipboard → plain HTML that the editor's schema understands.
//
// The page's policy forbids style attributes even in the documents that a browser parses for us, so
// that “font-weight: normal” on Docs' wrapper would be lost and the whole text come out bold. The
// attributes are therefore renamed in the string, before anything parses it.

import { plainAddress } from "./links.js";
import { listsFromWord, nestedLists, styleOf } from "./wordlists.js";

// Of the property itself: Word writes mso-bidi-font-weight:normal on what is bold.
const BOLD = /(?:^|[;\s])font-weight:\s*(bold|[6-9]00)/i;
const NOT_BOLD = /(?:^|[;\s])font-weight:\s*(normal|[1-5]00)/i;
const ITALIC = /(?:^|[;\s])font-style:\s*italic/i;
const RAISED = /vertical-align:\s*super/i;
const LOWERED = /vertical-align:\s*sub/i;
const LIST_MARK = /<!(?:--)?\[if !supportLists\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/gi;
const HEADINGS = { h1: "h2", h4: "h3", h5: "h3", h6: "h3" };
// Word's style names for what is a heading or a quotation and says so nowhere else.
const WORD_BLOCKS = [
  [/^MsoTitle/, "h2"],
  [/^MsoSubtitle/, "h3"],
  [/^Mso(Intense)?Quote/, "blockquote"],
];

/** `embedOf` says what is stored for an address of another site's thing, or null. */
export function cleanPaste(html, embedOf) {
  const { body } = new DOMParser().parseFromString(harmless(html), "text/html");
  for (const gone of body.querySelectorAll("del, [data-style*='mso-hide:all']")) gone.remove();
  unwrapFalseBold(body);
  listsFromWord(body);
  nestedLists(body);
  blocks(body);
  marksFromStyles(body);
  links(body);
  embeds(body, embedOf);
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


/** Google Docs wraps a whole paste in <b style="font-weight:normal">. */
function unwrapFalseBold(body) {
  for (const node of body.querySelectorAll("b, strong")) {
    if (NOT_BOLD.test(styleOf(node))) node.replaceWith(...node.childNodes);
  }
}

/** The two headings that a text here has, and what Word knows by the names of its styles. */
function blocks(body) {
  for (const node of body.querySelectorAll("h1, h4, h5, h6, p[class^=Mso]")) {
    const [, tag] = WORD_BLOCKS.find(([name]) => name.test(node.className)) ?? [];
    const wanted = HEADINGS[node.localName] ?? tag;
    if (wanted === "blockquote") quote(node);
    else if (wanted) rename(node, wanted);
  }
  // A heading is bold by itself, and its words are words.
  for (const mark of body.querySelectorAll(":is(h2, h3) :is(b, strong)")) {
    mark.replaceWith(...mark.childNodes);
  }
}

function rename(node, tag) {
  const renamed = document.createElement(tag);
  renamed.append(...node.childNodes);
  node.replaceWith(renamed);
}

/** Paragraphs of one quotation follow each other. */
function quote(paragraph) {
  const before = paragraph.previousElementSibling;
  const box = before?.localName === "blockquote" ? before : document.createElement("blockquote");
  if (box !== before) paragraph.before(box);
  box.append(paragraph);
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

function links(body) {
  for (const link of body.querySelectorAll("a")) {
    const href = plainAddress(link.getAttribute("href") ?? "");
    if (href === null) link.replaceWith(...link.childNodes);
    else {
      // An address that is shown as it is followed is shown without the marks as well.
      if (link.textContent.trim() === link.getAttribute("href")) link.textContent = href;
      link.setAttribute("href", href);
    }
  }
}

/** Addresses alone in a paragraph among others; where a lone one stands, its extension decides. */
function embeds(body, embedOf) {
  if (body.children.length < 2) return;
  for (const paragraph of body.querySelectorAll("body > p, body > div")) {
    const reference = embedOf(paragraph.textContent);
    if (!reference) continue;
    const figure = document.createElement("figure");
    figure.setAttribute("data-embed", reference);
    paragraph.replaceWith(figure);
  }
}
