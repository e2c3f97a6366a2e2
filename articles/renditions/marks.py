"""What a public copy says of itself, and nothing else: whose it is, and how it came to be.

IPTC and XMP, as agencies and search engines read them. Where, when and with what a picture was
taken is in no copy.
"""

import struct
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from articles import creditline
from articles.renditions.notes import BYLINE, COPYRIGHT, CREDIT, Notes, shortened

if TYPE_CHECKING:
    from articles.models import Image

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# The longest line that IPTC knows for it is 32 bytes; all readers of today take longer ones.
_LONGEST = 1000
_UTF8 = b"\x1c\x01\x5a\x00\x03\x1b%G"
_HEAD = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
_FOOT = "</rdf:Description></rdf:RDF></x:xmpmeta>"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


@dataclass(frozen=True)
class Marks:
    """Plain text; what is empty is not said."""

    creator: str = ""
    credit: str = ""
    copyright: str = ""
    source_type: str = ""

    @classmethod
    def of(cls, image: "Image", notes: Notes) -> "Marks":
        """What the row says, and the right that the original claims."""
        credit = creditline.both(image.photographer, image.source) or image.credit
        kind = image.digital_source_type
        # A JPEG has 64 KB for all of it, and an original may claim as much by itself.
        claim = shortened(notes.copyright, _LONGEST)
        return cls(image.photographer, credit, claim, kind and SOURCE_TYPES + kind)

    def xmp(self) -> bytes:
        """The packet for any format; empty if there is nothing to say."""
        parts = {
            "dc:creator": _list("Seq", self.creator),
            "photoshop:Credit": escape(self.credit),
            "dc:rights": _list("Alt", self.copyright, ' xml:lang="x-default"'),
            "Iptc4xmpExt:DigitalSourceType": escape(self.source_type),
        }
        said = {name: text for name, text in parts.items() if text}
        used = {name.partition(":")[0] for name in said}
        spaces = "".join(f' xmlns:{key}="{_SPACES[key]}"' for key in sorted(used))
        body = "".join(f"<{name}>{text}</{name}>" for name, text in said.items())
        return f"{_HEAD}{spaces}>{body}{_FOOT}".encode() if said else b""

    def iptc(self) -> bytes:
        """The segment of a JPEG; empty if there is nothing to say."""
        parts = {BYLINE: self.creator, CREDIT: self.credit, COPYRIGHT: self.copyright}
        said = [_record(key, text) for key, text in parts.items() if text]
        if not said:
            return b""
        records = _UTF8 + b"".join(said)
        resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(records)) + records
        content = b"Photoshop 3.0\0" + resource + b"\0" * (len(records) % 2)
        return struct.pack(">BBH", 0xFF, 0xED, len(content) + 2) + content


def _list(kind: str, text: str, attributes: str = "") -> str:
    if not text:
        return ""
    return f"<rdf:{kind}><rdf:li{attributes}>{escape(text)}</rdf:li></rdf:{kind}>"


def _record(key: tuple[int, int], text: str) -> bytes:
    data = text.encode()[:_LONGEST].decode(errors="ignore").encode()
    return struct.pack(">BBBH", 0x1C, *key, len(data)) + data
