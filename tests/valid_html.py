"""A strict reader of HTML: what a browser forgives, it does not."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
BLOCKS = {"article", "aside", "blockquote", "div", "dl", "figure", "footer", "form", "h1", "h2"}
BLOCKS |= {"h3", "h4", "header", "main", "nav", "ol", "p", "section", "table", "ul"}
PARENTS = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "figcaption": {"figure"}}
NAMING = ("aria-labelledby", "aria-describedby", "for")


def problems(html: str) -> list[str]:
    """What is wrong with a whole page; nothing, if it is fine."""
    reader = _Reader()
    if not html.startswith("<!DOCTYPE html>"):
        reader.found.append("no doctype")
    reader.feed(html)
    reader.close()
    return reader.found + reader.missing()


def _is_harmless(script: dict[str, str | None]) -> bool:
    """Data, or a module of our own that the page works without."""
    own = (script.get("src") or "").startswith("/static/")
    return script.get("type") == "application/ld+json" or (script.get("type") == "module" and own)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.levels: list[int] = []
        self.count: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.count[tag] = self.count.get(tag, 0) + 1
        self._check_place(tag)
        self._check_attributes(tag, attrs)
        if "id" in attributes:
            self.ids.append(attributes["id"] or "")
        self.named += [name for key in NAMING for name in (attributes.get(key) or "").split()]
        if tag[0] == "h" and tag[1:].isdigit():
            self.levels.append(int(tag[1:]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.found.append(f"</{tag}> closes {self.open[-1:]} at {self.getpos()}")
        else:
            self.open.pop()

    def _check_place(self, tag: str) -> None:
        parent = self.open[-1] if self.open else ""
        if tag in BLOCKS and "p" in self.open:
            self.found.append(f"<{tag}> in <p> at {self.getpos()}")
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.found.append(f"<{tag}> in <{parent}> at {self.getpos()}")
        if parent in {"ul", "ol"} and tag != "li":
            self.found.append(f"<{tag}> in <{parent}> at {self.getpos()}")
        if tag == "a" and "a" in self.open:
            self.found.append(f"a link in a link at {self.getpos()}")

    def _check_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.found.append(f"an attribute twice on <{tag}> at {self.getpos()}")
        if tag == "img":
            wanted = {"alt", "src", "width", "height"} - set(names)
            self.found += [f"<img> without {name}" for name in sorted(wanted)]
        if "style" in names or any(name.startswith("on") for name in names):
            self.found.append(f"inline style or script on <{tag}>")
        if tag == "script" and not _is_harmless(dict(attrs)):
            self.found.append("a script")

    def missing(self) -> list[str]:
        """What can be said only at the end."""
        found = [f"<{tag}> never closed" for tag in self.open]
        found += [f"id {name} twice" for name in set(self.ids) if self.ids.count(name) > 1]
        found += [f"no id {name}" for name in self.named if name not in self.ids]
        found += [
            f"{self.count.get(tag, 0)} <{tag}>"
            for tag in ("h1", "main", "title", "body")
            if self.count.get(tag, 0) != 1
        ]
        steps = zip(self.levels, self.levels[1:], strict=False)
        found += [f"h{low} after h{high}" for high, low in steps if low > high + 1]
        return found
