"""Words and phrases as numbers: no database."""

import pytest

from articles import terms

PHRASE = terms.phrase_hash


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KPK/Polri", ["kpk", "polri"]),
        ("COVID-19", ["covid", "19"]),
        ("Jum'at Jum’at Jumat", ["jumat"] * 3),
        ("Café à Rp1.500.000,50", ["cafe", "a", "rp", "1.500.000,50"]),
        ("pukul 14.05 WIB", ["pukul", "14.05", "wib"]),
        ("“Anak-anak…”, katanya", ["anak", "anak", "katanya"]),
        ("a_b & c", ["a", "b", "c"]),
        ("İstanbul STRASSE Straße", ["istanbul", "strasse", "strasse"]),
        ("kopi\0susu", ["kopisusu"]),
        ("… – !", []),
    ],
)
def test_a_text_is_split_into_folded_words(text, words) -> None:
    assert terms.words_of(text) == words


def test_an_article_keeps_words_and_neighbours_and_those_of_its_headline() -> None:
    found = terms.of_text("Banjir Rob", ["Air naik.", "COVID-19 di Demak"])
    words = ["banjir", "rob", "air", "naik", "covid", "19", "covid19", "di", "demak"]
    assert set(found.words) == set(map(terms.word_hash, words))
    pairs = ["banjir rob", "air naik", "covid 19", "19 di", "di demak"]
    assert set(found.phrases) == {PHRASE(*pair.split()) for pair in pairs}
    assert set(found.headline) == {
        *map(terms.word_hash, ["banjir", "rob"]),
        PHRASE("banjir", "rob"),
    }


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_what_a_hyphen_joins_is_found_as_one_word_too(hyphen) -> None:
    assert terms.word_hash("covid19") in terms.of_text(f"COVID{hyphen}19", []).words


@pytest.mark.parametrize(
    ("query", "words", "phrases", "near"),
    [
        ("banjir rob", ["banjir", "rob"], [], ["banjir rob"]),
        ("rob rob", ["rob"], [], ["rob rob"]),
        ('"banjir rob" demak', ["banjir", "rob", "demak"], ["banjir rob"], []),
        ("“banjir rob pesisir”", ["banjir", "rob", "pesisir"], ["banjir rob", "rob pesisir"], []),
        ('demak "banjir rob', ["demak", "banjir", "rob"], ["banjir rob"], []),
        ("anak-anak", ["anak"], ["anak anak"], []),
        ("KPK/Polri", ["kpk", "polri"], [], ["kpk polri"]),
        ('""', [], [], []),
        ("!?", [], [], []),
        (
            "1 2 3 4 5 6 7 8 9",
            list("12345678"),
            [],
            ["1 2", "2 3", "3 4", "4 5", "5 6", "6 7", "7 8"],
        ),
    ],
)
def test_a_query_is_words_and_phrases(query, words, phrases, near) -> None:
    found = terms.read(query)
    assert list(found.words) == [terms.word_hash(word) for word in words]
    assert list(found.phrases) == [PHRASE(*pair.split()) for pair in phrases]
    assert list(found.near) == [PHRASE(*pair.split()) for pair in near]


def test_words_and_phrases_never_share_a_number() -> None:
    assert all(terms.word_hash(f"kata{n}") >= 0 for n in range(500))
    assert all(-terms.BUCKETS <= terms.phrase_hash("kata", str(n)) < 0 for n in range(500))


def test_a_long_query_is_cut() -> None:
    assert terms.read("a" * 300).words == (terms.word_hash("a" * terms.LONGEST_QUERY),)
