"""What axe-core finds on a page in a browser, and what is too small there for a thumb."""

from collections.abc import Iterator
from functools import cache
from importlib import resources

from playwright.sync_api import Locator, Page

# Every rule of WCAG 2.2 AA that a machine can judge, and what axe-core calls good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another scheme of colours can change: nothing else is asked again in the dark.
COLOURS = ["color-contrast", "link-in-text-block"]
WIDTHS = {360: 740, 1280: 800}
# Whatever is folded away is a part of the page as well, and colours have come to rest. At the foot
# of the page the bar of buttons stands in its own place, over nothing.
UNFOLD = """async () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  await document.fonts.ready;
  await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null)));
}"""
# A page in a frame is asked by itself: within another its landmarks would count twice.
RUN = """async (runOnly) => {
  const options = { runOnly, resultTypes: ["violations"], iframes: false };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary, html }) =>
    `${target.join(" ")}: ${failureSummary.split("\\n").slice(1).join(" ").trim()} ${html}`)]);
}"""
SIDEWAYS = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}"""
# A thumb needs 44 × 44 CSS pixels (WCAG 2.5.5). Whatever answers a tap counts: a label for its box,
# and what a style sheet lays around a link. A link in a sentence is as high as its line (2.5.8).
THUMB = """
  const LEAST = 43.9;
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary," +
    "[role=option], [role=button], [contenteditable=true]";
  const isShown = (target) => {
    const { width, height, right, bottom } = target.getBoundingClientRect();
    const isThere = target.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      && !getComputedStyle(target).clip.startsWith("rect(0px");
    return isThere && width > 1 && height > 1 && right > 0 && bottom + scrollY > 0;
  };
  const isInSentence = (target) => {
    if (getComputedStyle(target).display !== "inline") return false;
    let block = target.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const around = block.cloneNode(true);
    for (const other of around.querySelectorAll(TARGETS)) other.remove();
    return (around.textContent.match(/\\p{L}{2,}/gu) ?? []).length > 1;
  };
  const area = (target) => {
    const isTicked = ["checkbox", "radio"].includes(target.type);
    const parts = [target, ...(isTicked ? target.labels : [])];
    const boxes = parts.map((part) => part.getBoundingClientRect());
    // A card's headline covers the card with a layer of its own.
    const layer = getComputedStyle(target, "::after");
    if (layer.position === "absolute" && layer.content !== "none") {
      const [width, height] = [layer.width, layer.height].map(parseFloat);
      return { width: Math.max(width, boxes[0].width), height: Math.max(height, boxes[0].height) };
    }
    const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
    const [right, bottom] = ["right", "bottom"].map(
      (side) => Math.max(...boxes.map((box) => box[side])));
    return { width: right - left, height: bottom - top };
  };
  const reaches = (target) => {
    target.scrollIntoView({ block: "center", inline: "center" });
    const { left, top, width, height } = target.getBoundingClientRect();
    const far = LEAST / 2;
    return [[0, -far], [0, far], [-far, 0], [far, 0]].every(([across, down]) => {
      const hit = document.elementFromPoint(left + width / 2 + across, top + height / 2 + down);
      return target.contains(hit);
    });
  };
  const isSmall = (target) => {
    const { width, height } = area(target);
    return (width < LEAST || height < LEAST) && !reaches(target);
  };
  const told = (target) => {
    const { width, height } = area(target);
    const words = target.textContent.trim().slice(0, 30) || target.name || target.className;
    return `${target.localName} “${words}” ${Math.round(width)}×${Math.round(height)}`;
  };
"""
SMALL = f"""() => {{ {THUMB}
  const found = [...document.querySelectorAll(TARGETS)]
    .filter((target) => isShown(target) && !isInSentence(target) && isSmall(target)).map(told);
  scrollTo(0, 0);
  return found;
}}"""
IS_SMALL = f"(target) => {{ {THUMB} return isSmall(target) ? told(target) : ''; }}"


@cache
def axe() -> str:
    """axe-core, as its package brings it."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def complaints(page: Page) -> list[str]:
    """All that is wrong with the page: on a phone and on a desktop, in the light and in the dark.

    Empty when nothing is. The program of axe-core comes through the browser's tools and not as a
    script of the page, which the page's policy would refuse.
    """
    found: list[str] = []
    page.evaluate(UNFOLD)
    page.evaluate(axe())
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(UNFOLD)
            found += [f"{width} {scheme} {each}" for each in violations(page, scheme == "dark")]
        if width == min(WIDTHS):
            found += [f"too small: {each}" for each in small_targets(page)]
            found += [f"{more} px too wide" for more in [sideways(page)] if more > 0]
    return found


def violations(page: Page, only_colours: bool = False) -> Iterator[str]:
    """The rules that the page breaks now, each with the place; axe-core is there already."""
    kind, values = ("rule", COLOURS) if only_colours else ("tag", TAGS)
    for rule, places in page.evaluate(RUN, {"type": kind, "values": values}):
        yield from (f"{rule}: {place}" for place in places)


def small_targets(page: Page) -> list[str]:
    """What one can tap and would miss: name, width and height in CSS pixels."""
    found: list[str] = page.evaluate(SMALL)
    return found


def sideways(page: Page) -> int:
    """By how many CSS pixels the page is wider than its window."""
    more: int = page.evaluate(SIDEWAYS)
    return more


def too_small(target: Locator) -> str:
    """Name and size of the target if a thumb would miss it; empty if not."""
    said: str = target.evaluate(IS_SMALL)
    return said
