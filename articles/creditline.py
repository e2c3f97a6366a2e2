"""Who is owed a picture, in one line: of its maker, and of where it came from. Pure."""

import re

# The words before the names, in the languages that credits were written in by hand.
_BY_HAND = re.compile(r"(?:Foto|Photo|Ilustrasi|Illustration): (?P<names>\S.*)")


def both(photographer: str, source: str) -> str:
    """“Nama/Kantor berita”: who made it and whose it is, each once; empty while nobody is known."""
    return "/".join(dict.fromkeys(filter(None, (photographer, source))))


def parts(text: str) -> tuple[str, str]:
    """Photographer and source of a line that was typed by hand; both empty if it can't be told.

    A line without a word for the photograph before it names an agency as often as a person.
    """
    found = _BY_HAND.fullmatch(text)
    if found is None:
        return "", ""
    photographer, _slash, source = found["names"].partition("/")
    return photographer.strip(), source.strip()
