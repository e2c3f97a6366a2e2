// Plain text, as WhatsApp puts it into the clipboard → HTML: each line is a paragraph.

// “[14.05, 29/11/2026] Rina: …” and “[29/11/26 14.05.33] Rina: …” before each copied message.
const SENDER = /^\u200e?\[[\d/.:, ]{10,24}(?: [AP]M)?\] [^:\n]{1,60}: /gm;
const ADDRESS = /https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)\]'*_~]/g;
const BULLET = /^\s*[-*•]\s+/;
const NUMBER = /^\s*\d{1,2}[.)]\s+/;
const QUOTED = /^\s*>\s*/;
const KEPT = /\ue000(\d+)\ue001/g;
const MARKS = [
  ["```", "", ""],
  ["`", "", ""],
  ["*", "<strong>", "</strong>"],
  ["_", "<em>", "</em>"],
  ["~", "", ""],
];

export function textToHtml(text) {
  const lines = text.replace(SENDER, "").split(/\r?\n/).filter((line) => line.trim());
  const blocks = [];
  for (const line of lines) {
    const kind = kindOf(line);
    const last = blocks.at(-1);
    if (kind !== "p" && last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks.map(written).join("");
}

function kindOf(line) {
  if (QUOTED.test(line)) return "blockquote";
  if (BULLET.test(line)) return "ul";
  return NUMBER.test(line) ? "ol" : "p";
}

/** A lone line with a dash or a number is a sentence that begins so. */
function written({ kind, lines }) {
  if (kind === "blockquote") {
    const inner = lines.map((line) => `<p>${inline(line.replace(QUOTED, ""))}</p>`);
    return `<blockquote>${inner.join("")}</blockquote>`;
  }
  if (kind === "p" || lines.length < 2) return lines.map((line) => `<p>${inline(line)}</p>`).join("");
  const sign = kind === "ul" ? BULLET : NUMBER;
  const items = lines.map((line) => `<li><p>${inline(line.replace(sign, ""))}</p></li>`);
  return `<${kind}>${items.join("")}</${kind}>`;
}

/** Marks as WhatsApp reads them; an address is none of its business, whatever signs it holds. */
function inline(line) {
  const addresses = [];
  const bare = line.trim().replace(/[\ue000\ue001]/g, "").replace(ADDRESS, (address) => {
    addresses.push(`<a href="${escaped(address)}">${escaped(address)}</a>`);
    return `\ue000${addresses.length - 1}\ue001`;
  });
  const marked = MARKS.reduce(withMark, escaped(bare));
  return marked.replace(KEPT, (_, number) => addresses[number]);
}

function withMark(text, [sign, opening, closing]) {
  const mark = sign.replaceAll("*", "\\*");
  const pattern = `(?<![\\p{L}\\p{N}${mark}])${mark}(?=[^\\s${mark}])(.*?\\S)${mark}(?![\\p{L}\\p{N}${mark}])`;
  return text.replace(new RegExp(pattern, "gu"), `${opening}$1${closing}`);
}

function escaped(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
