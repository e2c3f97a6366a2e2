"""The words of one article or comment. Pure: a seed and a number give the same text for ever."""

from dataclasses import dataclass
from random import Random

from newsroom.archive import vocabulary
from newsroom.archive.plan import Plan

SHORTEST, LONGEST = 250, 500
KINDS = ("news", "opinion", "analysis", "editorial", "press_release", "advertorial")
KIND_WEIGHTS = (90, 94, 97, 98, 99, 100)


@dataclass(frozen=True)
class Story:
    """An article's own words."""

    kind: str
    label: str
    kicker: str
    headline: str
    standfirst: str
    body: str
    city: str


def story(plan: Plan, number: int, rng: Random) -> Story:
    """Article `number`: its headline, its standfirst and some hundreds of words in paragraphs."""
    kind = rng.choices(KINDS, cum_weights=KIND_WEIGHTS)[0]
    body = some_words(rng, rng.randint(SHORTEST, LONGEST))
    headline = some_words(rng, rng.randint(6, 10))
    plant(plan, number, rng, headline, body)
    label = {"advertorial": "Advertorial"}.get(kind, "")
    return Story(
        kind=kind,
        label=label,
        kicker=" ".join(some_words(rng, 2)).capitalize() if rng.random() < 0.3 else "",
        headline=" ".join(headline).capitalize()[:150],
        standfirst=sentence(some_words(rng, rng.randint(14, 26))),
        body=in_paragraphs(rng, body),
        city=rng.choice(vocabulary.CITIES),
    )


def some_words(rng: Random, number: int) -> list[str]:
    return rng.choices(vocabulary.words(), cum_weights=vocabulary.frequencies(), k=number)


def plant(plan: Plan, number: int, rng: Random, headline: list[str], body: list[str]) -> None:
    """Put the words in that search is measured with, each in as many articles as it should be."""
    planted = [
        (vocabulary.HALF, rng.random() < 0.5),
        (vocabulary.SECOND, rng.random() < 0.2),
        (vocabulary.HUNDREDTH, number % 100 == 37),
        (vocabulary.TEN, number in plan.with_ten),
        (vocabulary.PHRASE, rng.random() < 0.02),
    ]
    places = rng.sample(range(len(body)), len(planted))
    for (words, is_in), place in zip(planted, places, strict=True):
        if is_in:
            body[place] = words
            if rng.random() < 0.15:
                headline[rng.randrange(len(headline))] = words


def in_paragraphs(rng: Random, words: list[str]) -> str:
    """The words as canonical HTML: sentences, two to four in a paragraph, now and then a name."""
    sentences = []
    at = 0
    while at < len(words):
        end = at + rng.randint(8, 18)
        said = sentence(words[at:end])
        if rng.random() < 0.15:
            said += f" Menurut {vocabulary.person(rng.randrange(900))}, ini belum cukup."
        sentences.append(said)
        at = end
    paragraphs = []
    at = 0
    while at < len(sentences):
        end = at + rng.randint(2, 4)
        paragraphs.append(f"<p>{' '.join(sentences[at:end])}</p>")
        at = end
    if len(paragraphs) > 4 and rng.random() < 0.3:
        paragraphs.insert(3, f"<h2>{' '.join(words[:4]).capitalize()}</h2>")
    return "".join(paragraphs)


def sentence(words: list[str]) -> str:
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def remark(rng: Random) -> str:
    """What a reader writes: five to forty words, sometimes with an address."""
    said = sentence(some_words(rng, rng.randint(5, 40)))
    return f"{said} https://contoh.example/{rng.randrange(1000)}" if rng.random() < 0.02 else said
