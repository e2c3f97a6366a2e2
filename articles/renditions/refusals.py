"""What is said to whoever sends a file that can't be taken: what it is, and what to do."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.crops import Size

_SVG = re.compile(rb"<svg[\s>/]", re.IGNORECASE)
# What people often try, by the first bytes.
_SIGNS = (
    (re.compile(rb"GIF8"), "GIF"),
    (re.compile(rb"(?s:....)ftyp(heic|heix|hevc|heim|heis|mif1|msf1)"), "HEIC"),
    (re.compile(rb"(?s:....)ftypavi[fs]"), "AVIF"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF"),
    (re.compile(rb"BM(?s:....)\0\0\0\0"), "BMP"),
    (re.compile(rb"8BPS"), "Photoshop"),
    (re.compile(rb"%PDF-"), "PDF"),
)


def not_taken(data: bytes) -> ValidationError:
    """Neither JPEG nor PNG nor WebP, whatever its name says."""
    if _SVG.search(data[:4096]):
        message = _("SVG drawings can carry programs. Save the picture as PNG.")
        return ValidationError(message, code="svg")
    for sign, kind in _SIGNS:
        if sign.match(data):
            if kind == "HEIC":
                return heic()
            message = _("%(kind)s files are not taken. Save the picture as JPEG, PNG or WebP.")
            return ValidationError(message % {"kind": kind}, code="format")
    message = _("This file is not a picture. Choose a JPEG, PNG or WebP file.")
    return ValidationError(message, code="format")


def heic() -> ValidationError:
    """What iPhones write by themselves; no browser but theirs shows it."""
    message = _(
        "HEIC files are not taken. On the iPhone choose Settings › Camera › Formats › Most"
        " Compatible, or send the picture on as JPEG."
    )
    return ValidationError(message, code="format")


def misnamed(ending: str, kind: str) -> ValidationError:
    message = _("The file's name ends in “%(ending)s”, but it is a %(kind)s file. Rename it.")
    return ValidationError(message % {"ending": ending, "kind": kind}, code="misnamed")


def two_faced(other: str) -> ValidationError:
    """A picture to one program, and something else to another."""
    message = _("This file is a picture and also holds %(other)s. Save the picture anew as JPEG.")
    return ValidationError(message % {"other": other}, code="two-faced")


def moving(limit: int) -> ValidationError:
    message = _("This file has more than %(limit)d frames. Take one of them as a picture.")
    return ValidationError(message % {"limit": limit}, code="moving")


def damaged() -> ValidationError:
    message = _("This file is damaged or cut short. Take the picture from its source again.")
    return ValidationError(message, code="damaged")


def missing() -> ValidationError:
    message = _("The original of this picture is not there any more. Upload the picture again.")
    return ValidationError(message, code="missing")


def heavy(limit: int) -> ValidationError:
    message = _("This file is larger than %(limit)d MB. Save the picture in a smaller size.")
    return ValidationError(message % {"limit": limit // 1024**2}, code="heavy")


def large(limit: int) -> ValidationError:
    message = _("This picture has more than %(limit)d million pixels. Save it in a smaller size.")
    return ValidationError(message % {"limit": limit // 1_000_000}, code="large")


def contrived() -> ValidationError:
    """A file made to keep the machine busy."""
    message = _("This file is built in a way no camera does. Save the picture anew as JPEG.")
    return ValidationError(message, code="contrived")


def small(size: Size, least: Size) -> ValidationError:
    message = _(
        "This picture is %(width)d × %(height)d pixels. It must be at least"
        " %(least_width)d wide and %(least_height)d tall."
    )
    values = {"width": size[0], "height": size[1]}
    values |= {"least_width": least[0], "least_height": least[1]}
    return ValidationError(message % values, code="small")


def tall(times: int) -> ValidationError:
    message = _(
        "This picture is more than %(times)d times as tall as wide. Cut it into several pictures."
    )
    return ValidationError(message % {"times": times}, code="tall")
