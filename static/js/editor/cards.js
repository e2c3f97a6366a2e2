// How Google, WhatsApp, X and the front page will show the article, kept up while somebody types;
// and how many characters are left in the fields that others cut.

import { create, debounce } from "./dialogs.js";
import { eachEditor } from "./editors.js";

const form = document.getElementById("article_form");
const box = document.querySelector("[data-cards]");
const DESCRIPTION = 160;

for (const input of form?.querySelectorAll("[data-ideal]") ?? []) count(input);
if (form && box) {
  let body = "";
  const show = debounce(() => fill(body), 150);
  for (const kind of ["input", "change"]) form.addEventListener(kind, show);
  eachEditor(form, (editor) => {
    const read = () => {
      body = editor.getText({ blockSeparator: " " });
      show();
    };
    editor.on("update", read);
    read();
  });
  box.addEventListener("toggle", show);
  show();
}

/** A line below the field: 48/60. Beyond the number it warns, and refuses nothing. */
function count(input) {
  const most = Number(input.dataset.ideal);
  const line = create("p", { className: "desk-count" });
  const show = () => {
    const length = [...input.value.trim()].length;
    line.textContent = `${length}/${most}`;
    line.classList.toggle("desk-count--over", length > most);
  };
  input.after(line);
  input.addEventListener("input", show);
  show();
}

function fill(body) {
  const value = (name) => form.elements[name]?.value.trim().replace(/\s+/g, " ") ?? "";
  const section = form.elements.section?.selectedOptions[0];
  const lead = chosen("lead_image");
  const text = value("seo_description") || value("standfirst") || cut(body.trim(), DESCRIPTION);
  const shown = {
    headline: value("headline"),
    title: value("seo_title") || value("headline"),
    text,
    kicker: value("kicker"),
    standfirst: value("standfirst"),
    slug: value("slug") || slugOf(value("headline")),
    section: section?.value ? section.textContent.trim() : "",
    lead,
    picture: chosen("share_image") || lead,
  };
  for (const place of box.querySelectorAll("[data-card]")) {
    const what = shown[place.dataset.card];
    if (place.localName === "img") picture(place, what);
    else place.textContent = place.dataset.most ? cut(what, Number(place.dataset.most)) : what;
  }
}

/** The number of the picture that a field holds: the one that was typed goes before the list. */
function chosen(name) {
  return form.elements[`${name}-number`]?.value.trim() || form.elements[name]?.value || "";
}

/** Nothing is fetched before somebody opens the cards. */
function picture(image, number) {
  const known = box.open && /^[0-9]{1,18}$/.test(number);
  image.hidden = !known;
  const address = known ? box.dataset.thumb.replace("/0/", `/${Number(number)}/`) : "";
  if (known && image.getAttribute("src") !== address) image.src = address;
}

/** At a word, as they do it. */
function cut(text, most) {
  const letters = [...text];
  if (letters.length <= most) return text;
  const beginning = letters.slice(0, most).join("");
  return `${beginning.replace(/\s+\S*$/, "") || beginning}…`;
}

/** Nearly what slugs.py will make of it. */
function slugOf(headline) {
  const plain = headline.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 80);
}
