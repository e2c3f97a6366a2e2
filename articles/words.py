"""Single lines and short texts as they are kept: what is no character of a text is dropped."""

import unicodedata

# Not characters of a text but orders to whoever shows it: they turn words around.
BIDI = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))


def clean(text: str) -> str:
    """`text` without control characters and orders of direction; line ends and tabs stay.

    One of them in a headline is enough to make a feed that no reader can parse.
    """
    return "".join(char for char in text if char in "\n\t" or _is_text(char))


def _is_text(char: str) -> bool:
    return char not in BIDI and unicodedata.category(char) not in {"Cc", "Cs"}
