"""Words for addresses, and the key under which two spellings are one tag.

An address is read aloud, quoted and kept for years, so it must never say something else than the
headline: `Rp1,2 Triliun` may not become `rp12-triliun` (house rule on slugs).
"""

import csv
import re
import unicodedata

# A number and the words that complete it are joined by this while the slug is cut, so that a cut
# never leaves "rp1" of "rp1-koma-2-triliun". It stands in no slug, before or after.
_JOINT = "_"

_DASH = r"[\u2010-\u2015\u2212]"
_REWRITES = [
    (re.compile(pattern, re.ASCII), replacement)
    for pattern, replacement in (
        (r"(?<![0-9])[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])", lambda match: match[0].replace(".", "")),
        (r"(?<=[0-9]),(?=[0-9])", "_koma_"),
        (r"(?<=[A-Za-z0-9])\+(?=[A-Za-z0-9])", "_plus_"),
        (r"(?<=[0-9])\s*%", "_persen "),
        (r"%", " persen "),
        (r"&", " dan "),
        (r"(?<=[0-9])[\s-]+(?=(?:ribu|juta|miliar|milyar|triliun)\b)", "_"),
        (r"[^a-z0-9_]+", "-"),
    )
]
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′ʹ™®©℠"))
_SMALL_DIGITS = re.compile(r"(?<=[0-9])(?=[²³¹⁰⁴-⁹₀-₉¼-¾⅐-⅞])")
_LATIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def make_slug(text: str, *, fallback: str = "", max_length: int = 80) -> str:
    """Lower-case ASCII words of `text` joined by single hyphens, at most `max_length` characters.

    It is cut between words, and never inside an amount. `fallback` is the answer, as it is, for a
    text that leaves nothing: emoji, or a script other than Latin.
    """
    slug = _ascii(_SMALL_DIGITS.sub(" ", text.translate(_APOSTROPHES))).replace(_JOINT, " ")
    for pattern, replacement in _REWRITES:
        slug = pattern.sub(replacement, slug)
    return _cut(slug.strip("-_"), max_length).replace(_JOINT, "-") or fallback


def tag_key(name: str) -> str:
    """The key of a tag's name: "Covid-19", "covid 19" and "COVID19" have the same.

    Case, accents, white space, hyphens, apostrophes and full stops make no difference. A name of
    nothing else is its own key, so that it is never empty for a name that is not.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    key = re.sub(rf"[\s.'’‘ʼʻ`´-]|{_DASH}", "", _without_marks(folded).casefold())
    return key or name.strip().casefold()


def _ascii(text: str) -> str:
    """Lower-case text in which letters with accents have lost them; other scripts are breaks."""
    folded = _without_marks(unicodedata.normalize("NFKD", text)).casefold().translate(_LATIN)
    return re.sub(r"[^\x00-\x7f]", " ", folded)


def _without_marks(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) not in {"Mn", "Cf"})


def _cut(slug: str, max_length: int) -> str:
    if len(slug) <= max_length:
        return slug
    words, _, _ = slug[: max_length + 1].rpartition("-")
    return (words or slug[:max_length]).strip("-_")


def split_names(text: str) -> list[str]:
    """The names in the field's text, each once in whatever spelling came first."""
    line = " ".join(text.replace("\0", "").splitlines())
    try:
        words = next(csv.reader([line], skipinitialspace=True), [])
    except csv.Error:  # A name longer than any book.
        words = [line]
    names = [" ".join(word.split()) for word in words]
    return list({tag_key(name): name for name in reversed(names) if name}.values())[::-1]
