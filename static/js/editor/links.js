// Addresses as they were before others put their marks on them.

// What others add to an address to know who followed it, and from where.
const TRACKING = /^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igsh|igshid|mc_[ce]id|_ga|_gl|ref_src|ref_url|si|mibextid|share_id|spm)$/i;
// Who sends readers on to an address in its query, and under what name it stands there.
const WRAPPERS = [
  [/^(www\.)?google\.[a-z.]+\/url$/i, ["q", "url"]],
  [/^lm?\.facebook\.com\/l\.php$/i, ["u"]],
  [/^l\.instagram\.com\/?$/i, ["u"]],
  [/\.safelinks\.protection\.outlook\.com\/$/i, ["url"]],
];
const FOLLOWED = /^(https?:\/\/[^/]|mailto:.|tel:.)/i;

/** The plain address behind a copied link, or null for one that readers can't follow. */
export function plainAddress(href) {
  if (!FOLLOWED.test(href)) return /^\/(?!\/)/.test(href) ? href : null;
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return href;
  const inside = unwrapped(url);
  if (inside) return plainAddress(inside);
  const marked = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
  if (!marked.length) return href;
  for (const name of marked) url.searchParams.delete(name);
  return url.href;
}

function unwrapped({ host, pathname, searchParams }) {
  for (const [place, names] of WRAPPERS) {
    if (!place.test(host + pathname)) continue;
    const found = names.map((name) => searchParams.get(name)).find(Boolean);
    if (found && FOLLOWED.test(found)) return found;
  }
  return null;
}
