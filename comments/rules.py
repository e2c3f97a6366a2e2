"""What counts as spam, and why: small rules that each give a reason or keep silent.

No rule decides on one word, because readers write about gambling, parties and slurs without
practising them; only a trap that no person can see is reason enough to reject (house rule:
near-certain spam is rejected, suspicion is held for a human). What the paper does with a verdict
is the caller's business. To add a rule, write a function, put it in RULES and give it a reason.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

FASTEST_SECONDS = 3
STALE_SECONDS = 24 * 60 * 60
MOST_LINKS = 2
SHOUT_LETTERS = 20
SHOUT_SHARE = 0.7
NEAR_LETTERS = 30
NEAR_SHARE = 0.8


class Outcome(StrEnum):
    """What becomes of a comment, the weakest first."""

    PASS = "pass"  # noqa: S105
    HOLD = "hold"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment as it came in, and what is known of its writer.

    `age_seconds` is the time since the form was made, None if its stamp can't be read; `honeypot`
    is the field that only machines fill; `recent_bodies` are the latest comments of the same person
    or under the same article.
    """

    body: str
    first_comment: bool
    age_seconds: float | None
    honeypot: str = ""
    recent_bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's finding. `rule` is a key of REASONS; `detail` the evidence, in no language."""

    outcome: Outcome
    rule: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The strongest outcome, and every verdict as a reason, in the order of RULES."""

    outcome: Outcome
    verdicts: tuple[Verdict, ...] = ()


def judge(submission: Submission) -> Judgement:
    """What the rules make of a comment; without a verdict it passes."""
    verdicts = tuple(verdict for rule in RULES if (verdict := rule(submission)))
    outcomes = [Outcome.PASS, *(verdict.outcome for verdict in verdicts)]
    return Judgement(max(outcomes, key=list(Outcome).index), verdicts)


def _hold(rule: str, detail: str = "") -> Verdict:
    return Verdict(Outcome.HOLD, rule, detail)


# The form


def filled_honeypot(submission: Submission) -> Verdict | None:
    """No person sees the field, so whoever filled it is none."""
    if not submission.honeypot.strip():
        return None
    return Verdict(Outcome.REJECT, "filled_honeypot", submission.honeypot.strip()[:40])


def made_too_fast(submission: Submission) -> Verdict | None:
    """Nobody reads a form and writes a comment in three seconds."""
    age = submission.age_seconds
    return None if age is None or age >= FASTEST_SECONDS else _hold("made_too_fast", f"{age:.1f} s")


def stale_form(submission: Submission) -> Verdict | None:
    """A form of yesterday, or one that isn't ours; a reader's text is held for it, never lost."""
    age = submission.age_seconds
    if age is None:
        return _hold("stale_form")
    return _hold("stale_form", f"{age / 3600:.0f} h") if age > STALE_SECONDS else None


# The text


_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|info|id|co|me|io|ly|xyz|link|site|"
    r"online|top|vip|club|shop|store|live|app|bet|win|fun|pro|biz|tv)\b(?:/\S*)?",
    re.IGNORECASE,
)


def too_many_links(submission: Submission) -> Verdict | None:
    """More links than an argument needs. `kompas.com` and `wa.me/62…` count as well."""
    count = len(_LINK.findall(submission.body))
    return _hold("too_many_links", str(count)) if count > MOST_LINKS else None


def fancy_or_invisible_script(submission: Submission) -> Verdict | None:
    """Letters that are not what they look like; no keyboard has keys for them."""
    text = unicodedata.normalize("NFC", submission.body)
    tricks = [name for name, is_found in TRICKS.items() if is_found(text)]
    return _hold("fancy_or_invisible_script", ", ".join(tricks)) if tricks else None


def disguised_word(submission: Submission) -> Verdict | None:
    """A gambling word that is there only once the disguise is off: "sl0t", "g a c o r"."""
    plain = _gambling_words(unicodedata.normalize("NFC", submission.body).casefold())
    disguised = _gambling_words(fold(submission.body).replace("1", "i")) - plain
    return _hold("disguised_word", ", ".join(sorted(disguised))) if disguised else None


_BRAND = re.compile(r"\b[a-z]{3,}\d{2,3}\b")
_LURE = re.compile(
    r"\b(?:gacor|maxwin|slot|togel|toto|scatter|rtp|wd|withdraw|depo|deposit|jackpot|jp|bandar|"
    r"parlay|casino|kasino|jepe|freebet|link alternatif|bonus new member)(?![a-z])"
)


def brand_with_digits(submission: Submission) -> Verdict | None:
    """The name of a gambling site, letters with two or three digits, beside its promise."""
    text = fold(submission.body)
    brand, lure = _BRAND.search(text), _LURE.search(text)
    return _hold("brand_with_digits", f"{brand[0]}, {lure[0]}") if brand and lure else None


_OFFERS = [
    re.compile(pattern)
    for pattern in (
        r"\b(?:depo|deposit|modal)\s\d+",
        r"\b\d+\s?(?:k|rb|ribu|jt|juta)? jadi \d+\s?(?:k|rb|ribu|jt|juta)\b",
        r"\b(?:wd|withdraw)\b.{0,20}\b(?:cair|dibayar|lancar|cepat|instan)\b",
        r"\b(?:pasti|auto|gampang|mudah) (?:cair|menang|maxwin|jp|jackpot|cuan)\b",
        r"\bbonus (?:new member|member baru|deposit)\b",
        r"\b(?:link|klik|cek|kunjungi) (?:\S+ )?(?:di |ada di )?(?:bio|profil)\b",
        r"\blink alternatif\b",
        r"\b(?:wa\.me|t\.me|bit\.ly|linktr\.ee)\b",
    )
]


def offers_of_easy_money(submission: Submission) -> Verdict | None:
    """Two different phrases with which gambling and loans are sold; one may be a quotation."""
    text = fold(submission.body)
    found = [match[0] for offer in _OFFERS if (match := offer.search(text))]
    return _hold("offers_of_easy_money", ", ".join(found)) if len(found) > 1 else None


def repeated_text(submission: Submission) -> Verdict | None:
    """What was written before, word for word or nearly."""
    text = fold(submission.body)
    recent = (fold(body) for body in submission.recent_bodies)
    is_repeated = bool(text) and any(_is_near(text, other) for other in recent)
    return _hold("repeated_text") if is_repeated else None


def shouting(submission: Submission) -> Verdict | None:
    """A long text that is mostly capitals; abbreviations alone do not make one."""
    letters = [char for char in submission.body if char.isupper() or char.islower()]
    share = sum(map(str.isupper, letters)) / max(len(letters), 1)
    is_long = len(letters) >= SHOUT_LETTERS
    return _hold("shouting", f"{share:.0%}") if is_long and share > SHOUT_SHARE else None


def first_comment(submission: Submission) -> Verdict | None:
    """A new writer has no history to judge by."""
    return _hold("first_comment") if submission.first_comment else None


RULES: tuple[Callable[[Submission], Verdict | None], ...] = (
    filled_honeypot,
    made_too_fast,
    stale_form,
    too_many_links,
    fancy_or_invisible_script,
    disguised_word,
    brand_with_digits,
    offers_of_easy_money,
    repeated_text,
    shouting,
    first_comment,
)

# What a moderator reads. Verdicts are stored by the rule's name, so that a reason can be reworded.
REASONS = {
    "filled_honeypot": _("The field that people do not see is filled"),
    "made_too_fast": _("Sent faster than a person writes"),
    "stale_form": _("Sent from an old or unreadable form"),
    "too_many_links": _("Many links"),
    "fancy_or_invisible_script": _("Letters in disguise, or characters that cannot be seen"),
    "disguised_word": _("A gambling word in disguise"),
    "brand_with_digits": _("Looks like the name of a gambling site"),
    "offers_of_easy_money": _("Promises easy money"),
    "repeated_text": _("The same text as an earlier comment"),
    "shouting": _("Mostly capitals"),
    "first_comment": _("The writer's first comment"),
}


# Words in disguise

_GAMBLING = {
    # Read with i and l as one letter: who writes a 1 may mean either.
    word.replace("i", "l"): word
    for word in (
        *("slot", "gacor", "maxwin", "togel", "scatter", "judol", "judi", "jackpot", "casino"),
        *("kasino", "parlay", "mahjong", "rungkad", "bandar"),
    )
}
# A Latin letter, then letters that look like it: Cyrillic, Greek, small capitals and others.
_SAME = (
    "aаαᴀɑ bвβʙ cсᴄ dԁᴅđ eеεᴇ fꜰғ gԍɢɡց hнһʜհ iіιɪı jјᴊ kкκᴋ lӏʟł mмᴍ nпηɴո oоοᴏøօ pрρᴘ qԛꞯ rгʀ "
    "sѕꜱ tтτᴛ uυᴜս vѵνᴠ wԝωᴡ xхχ yуγʏ zᴢ"
)
_ALPHABETS = (0x1F150, 0x1F170, 0x1F1E6)  # white on black in circles, in squares; letters of flags
_LOOKALIKES = {ord(other): same[0] for same in _SAME.split() for other in same[1:]}
_LOOKALIKES |= {start + at: chr(ord("a") + at) for start in _ALPHABETS for at in range(26)}
_LEET = str.maketrans("013456789@$!", "oieasgtbgasi")
_UNITS = "k|rb|ribu|jt|juta|m|mb|gb|kg|km|cm|mm|th|thn|tahun|hari|jam|menit|orang|am|pm|st|nd|rd|x"
_BRACKETED = re.compile(r"\(([a-z0-9])\)")
_SPACED = re.compile(r"(?<![^\W_])(?:[a-z0-9@$][\s._*·|-]{1,2}){2,}[a-z0-9@$](?![^\W_])")
_DIGITS_IN_WORD = re.compile(
    rf"(?<=[a-z])[0-9@$!]+(?=[a-z])|(?<![a-z0-9])[0-9$](?!(?:{_UNITS})\b)(?=[a-z][a-z0-9@$!])"
)


def fold(text: str) -> str:
    """`text` with every known disguise taken off, for matching only: what a reader reads in it.

    Compatibility forms, marks and invisible characters go, look-alikes become Latin letters, digits
    inside a word become the letters they stand for, l e t t e r s are joined, and three equal
    letters are one. Digits after a word stay: they belong to a brand's name.
    """
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(char for char in unicodedata.normalize("NFKD", text) if not _is_mark(char))
    text = _BRACKETED.sub(r"\1", text.translate(_LOOKALIKES))
    text = _SPACED.sub(lambda run: re.sub(r"[^a-z0-9@$]", "", run[0]), text)
    text = _DIGITS_IN_WORD.sub(lambda digits: digits[0].translate(_LEET), text)
    return " ".join(re.sub(r"([a-z])\1{2,}", r"\1", text).split())


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Cf"}


def _gambling_words(text: str) -> set[str]:
    skeleton = text.replace("i", "l")
    return {word for key, word in _GAMBLING.items() if key in skeleton}


def _is_near(text: str, other: str) -> bool:
    """Whether most groups of four letters are the same: a changed word or name is no new text."""
    if text == other or min(len(text), len(other)) < NEAR_LETTERS:
        return text == other
    one, two = _groups(text), _groups(other)
    return len(one & two) >= NEAR_SHARE * len(one | two)


def _groups(text: str) -> set[str]:
    return {text[at : at + 4] for at in range(len(text) - 3)}


# Letters in disguise

_FANCY_NAME = re.compile(
    r"MATHEMATICAL .*(CAPITAL|SMALL|DIGIT)|FULLWIDTH (LATIN|DIGIT)|(CIRCLED|SQUARED|PARENTHESIZED) "
    r"LATIN|MODIFIER LETTER (SMALL|CAPITAL)|LETTER SMALL CAPITAL|SEGMENTED DIGIT|DOUBLE-STRUCK|"
    r"BLACK-LETTER|SCRIPT (CAPITAL|SMALL)|(SUPERSCRIPT|SUBSCRIPT) LATIN"
)
_INVISIBLE_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff]+(?=[^\W\d_])"
)
_KEYCAPS = re.compile(r"(?:[0-9]\ufe0f?\u20e3\s?){2}")
_FLAG_LETTERS = re.compile(r"[\U0001f1e6-\U0001f1ff]+")


_CONFUSED = {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"}


def _has_bidi_override(text: str) -> bool:
    return re.search(r"[\u202a-\u202e\u2066-\u2069]", text) is not None


def _has_invisible_inside_word(text: str) -> bool:
    """Between Latin letters; Arabic and emoji need joiners."""
    sides = ((text[run.start() - 1], text[run.end()]) for run in _INVISIBLE_IN_WORD.finditer(text))
    return any(_script(before) == _script(after) == "LATIN" for before, after in sides)


def _has_stray_marks(text: str) -> bool:
    """Marks on Latin letters that make no letter together, as in struck-through text."""
    return sum(_is_stray(mark) and _script(base) == "LATIN" for base, mark in pairwise(text)) > 1


def _is_stray(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me"}


def _has_fancy_letters(text: str) -> bool:
    """Two side by side, or three: one may be a blood group, or the name of a network."""
    visible = (char for char in text if not _is_stray(char))
    fancy = [bool(_FANCY_NAME.search(unicodedata.name(char, ""))) for char in visible]
    return sum(fancy) > 2 or any(one and two for one, two in pairwise(fancy))


def _has_keycap_letters(text: str) -> bool:
    return _KEYCAPS.search(text) is not None


def _has_spelled_flags(text: str) -> bool:
    """Letters of flags that make no flag; a flag is two of them."""
    return any(len(run) % 2 for run in _FLAG_LETTERS.findall(text))


def _has_mixed_words(text: str) -> bool:
    """A Latin word with letters of Cyrillic or Greek in it."""
    words = ({_script(char) for char in word} for word in re.findall(r"[^\W\d_]+", text))
    return any("LATIN" in scripts and scripts & _CONFUSED for scripts in words)


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


TRICKS: dict[str, Callable[[str], bool]] = {
    "bidi": _has_bidi_override,
    "invisible": _has_invisible_inside_word,
    "marks": _has_stray_marks,
    "fancy": _has_fancy_letters,
    "keycaps": _has_keycap_letters,
    "flags": _has_spelled_flags,
    "mixed": _has_mixed_words,
}
