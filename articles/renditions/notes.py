"""What a photographer's program wrote into a file: caption and names, never time or place."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from PIL import IptcImagePlugin
from PIL.ImageFile import ImageFile

_CAPTION, _BYLINE, _CREDIT = (2, 120), (2, 80), (2, 110)
_MAX_XMP = 64 * 1024


@dataclass(frozen=True)
class Notes:
    """Plain text as found; either may be empty."""

    caption: str = ""
    names: tuple[str, ...] = ()


def embedded(picture: ImageFile) -> Notes:
    """Read IPTC, and XMP for what that leaves open. Broken notes are no notes."""
    try:
        iptc, xmp = _iptc(picture), _xmp(picture)
    except Exception:
        return Notes()
    return Notes(iptc.caption or xmp.caption, iptc.names or xmp.names)


def _iptc(picture: ImageFile) -> Notes:
    records: dict[Any, Any] = IptcImagePlugin.getiptcinfo(picture) or {}
    caption = " ".join(_texts(records.get(_CAPTION)))
    return Notes(caption, _unique(_texts(records.get(_BYLINE)) + _texts(records.get(_CREDIT))))


def _texts(value: bytes | list[bytes] | None) -> list[str]:
    values = value if isinstance(value, list) else [value or b""]
    return [text for text in map(_text, values) if text]


def _text(value: bytes) -> str:
    """Most write UTF-8 without saying so; older programs wrote Latin-1."""
    try:
        return tidy(value.decode())
    except UnicodeDecodeError:
        return tidy(value.decode("latin-1"))


def _xmp(picture: ImageFile) -> Notes:
    xml = picture.info.get("xmp", b"")[:_MAX_XMP].decode(errors="replace")
    caption = "".join(_values(xml, "dc:description")[:1])  # each language has its own
    names = _values(xml, "dc:creator") + _values(xml, "photoshop:Credit")
    return Notes(caption, _unique(names))


def _values(xml: str, name: str) -> list[str]:
    """The texts of an element of that name, of the list in it, or of an attribute."""
    # No XML parser: this is a stranger's file, and a caption is not worth its dangers.
    inside = xml.partition(f"<{name}")[2].partition(f"</{name}>")[0]
    texts = re.findall(r">([^<]+)", inside) or re.findall(rf'\s{name}="([^"]*)"', xml)
    return [text for text in (tidy(unescape(text)) for text in texts) if text]


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))


def tidy(text: str) -> str:
    """One line of printable text: a database refuses some of what a file or a form may hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
