"""Files that pretend: a name that says something else, or a picture that is a program too.

What readers get is drawn anew and holds nothing of that. But the original is kept as it came, and
an archive or a script with a picture's face is what somebody hides on a server to use it later.
"""

import re
from io import BytesIO
from pathlib import PurePath
from zipfile import is_zipfile

from django.utils.translation import gettext_lazy as _

from articles.renditions import refusals

ENDINGS = {
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif"},
    "PNG": {".png"},
    "WEBP": {".webp"},
}
# Words of five bytes and more: what is packed holds each of them once in ten thousand large files.
_SCRIPT = re.compile(
    rb"<\?php|<script[\s>]|<!doctype\s+html|<html[\s>]|<svg[\s>/]|<iframe\s", re.IGNORECASE
)
_PDF = re.compile(rb"%PDF-\d")
_OTHERS = (
    (lambda data: is_zipfile(BytesIO(data)), _("an archive")),
    (lambda data: b"Rar!\x1a\x07" in data, _("an archive")),
    (lambda data: b"7z\xbc\xaf\x27\x1c" in data, _("an archive")),
    # Where readers of PDF look for its head.
    (lambda data: _PDF.search(data, 0, 1024), _("a PDF")),
    (lambda data: _SCRIPT.search(data), _("a script")),
    # A program that reads JavaScript takes such a head for a comment.
    (lambda data: data[:6] == b"\xff\xd8\xff\xe0/*", _("a script")),
)


def check(data: bytes, kind: str, name: str) -> None:
    """Refuse a file that is more than the picture of that kind, or is called something else."""
    _check_ending(kind, name)
    for is_there, other in _OTHERS:
        if is_there(data):
            raise refusals.two_faced(str(other))


def _check_ending(kind: str, name: str) -> None:
    """A name without an ending claims nothing: pictures that are pasted have none."""
    ending = PurePath(name).suffix.lower()
    if ending and ending not in ENDINGS[kind]:
        raise refusals.misnamed(ending, kind)
