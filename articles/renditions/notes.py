"""What a photographer's program wrote into a file: words, names, rights, the day; never a place."""

import re
from dataclasses import dataclass, fields
from datetime import date
from html import unescape
from typing import Any

from PIL import IptcImagePlugin
from PIL.ImageFile import ImageFile

BYLINE, CREDIT, COPYRIGHT = (2, 80), (2, 110), (2, 116)
_CAPTION, _SOURCE, _DAY = (2, 120), (2, 115), (2, 55)
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*(?=\s)")
_MAX_XMP = 64 * 1024
_EXIF_DETAILS, _EXIF_TAKEN = 0x8769, 0x9003


@dataclass(frozen=True)
class Notes:
    """Plain text as found; any of it may be missing."""

    caption: str = ""
    photographer: str = ""
    source: str = ""
    copyright: str = ""
    licence: str = ""
    taken_on: date | None = None
    # A word of IPTC's list of digital source types.
    source_type: str = ""


def embedded(picture: ImageFile) -> Notes:
    """Read IPTC, XMP for what that leaves open, and EXIF for the day. Broken notes are no notes."""
    found = [_read(reader, picture) for reader in (_iptc, _xmp, _exif)]
    names = [field.name for field in fields(Notes)]
    return Notes(**{name: _first(getattr(notes, name) for notes in found) for name in names})


def _read(reader: Any, picture: ImageFile) -> Notes:
    try:
        notes: Notes = reader(picture)
    except Exception:  # A stranger's bytes: readers raise what they like.
        return Notes()
    return notes


def _first(values: Any) -> Any:
    values = list(values)
    return next(filter(None, values), values[0])


def _iptc(picture: ImageFile) -> Notes:
    records: dict[Any, Any] = IptcImagePlugin.getiptcinfo(picture) or {}

    def said(key: tuple[int, int], between: str = " ") -> str:
        return between.join(dict.fromkeys(_texts(records.get(key))))

    return Notes(
        caption=said(_CAPTION),
        photographer=said(BYLINE, ", "),
        source=said(CREDIT) or said(_SOURCE),
        copyright=said(COPYRIGHT),
        taken_on=_day(said(_DAY)),
    )


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
    # Each language has its own.
    caption, rights, terms = (
        "".join(_values(xml, name)[:1])
        for name in ("dc:description", "dc:rights", "xmpRights:UsageTerms")
    )
    source = _values(xml, "photoshop:Credit") or _values(xml, "photoshop:Source")
    kind = "".join(_values(xml, "Iptc4xmpExt:DigitalSourceType")[:1])
    taken = _values(xml, "photoshop:DateCreated") or _values(xml, "exif:DateTimeOriginal")
    return Notes(
        caption=caption,
        photographer=", ".join(dict.fromkeys(_values(xml, "dc:creator"))),
        source="".join(source[:1]),
        copyright=rights,
        licence=terms,
        taken_on=_day("".join(taken[:1])),
        source_type=kind.rpartition("/")[2],
    )


def _values(xml: str, name: str) -> list[str]:
    """The texts of an element of that name, of the list in it, or of an attribute."""
    # No XML parser: this is a stranger's file, and a caption is not worth its dangers.
    inside = xml.partition(f"<{name}")[2].partition(f"</{name}>")[0]
    texts = re.findall(r">([^<]+)", inside) or re.findall(rf'\s{name}="([^"]*)"', xml)
    return [text for text in (tidy(unescape(text)) for text in texts) if text]


def _exif(picture: ImageFile) -> Notes:
    details = picture.getexif().get_ifd(_EXIF_DETAILS)
    return Notes(taken_on=_day(str(details.get(_EXIF_TAKEN, ""))))


def _day(text: str) -> date | None:
    """2025-04-28, 2025:04:28 or 20250428, whatever follows; None if that is no day."""
    found = re.match(r"(\d{4})[:-]?(\d\d)[:-]?(\d\d)", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def shortened(text: str, most: int) -> str:
    """As much of a text as `most` characters hold: whole sentences, or whole words and “…”."""
    if len(text) <= most:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, most + 1)]
    # One that ends early may be no sentence: “Dr.” is none.
    if ends and ends[-1] > most // 3:
        return text[: ends[-1]]
    words = text[:most].rpartition(" ")[0] or text[: most - 1]
    return words.rstrip(" ,;:–-") + "…"


def tidy(text: str) -> str:
    """One line of printable text: a database refuses some of what a file or a form may hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
