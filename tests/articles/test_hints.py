"""House-style hints: what they stumble over, and what they let pass."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import hints
from articles.hints.spellings import SPELLINGS

DAY = date(2026, 11, 30)  # a Monday


def found(body: str = "", headline: str = "", standfirst: str = "") -> list[tuple[str, str, str]]:
    text = hints.Text(headline, standfirst, body, DAY)
    return [(hint.rule, hint.found, hint.wanted) for hint in hints.find(text)]


def test_the_table_is_large_and_its_right_side_is_right() -> None:
    assert len(SPELLINGS) >= 150
    for often, right in SPELLINGS.items():
        assert often == often.lower()
        assert found(right) == [], often
        assert found(often) == [("spelling", often, right)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Praktek itu", "Praktik"),
        ("resikonya besar", "risikonya"),
        ("Jum’at pagi", "Jumat"),
        ("Dimana mereka", "Di mana"),
        ("dimanakah mereka", "di manakah"),
        ("olah raga pagi", "olahraga"),
    ],
)
def test_a_spelling_keeps_capital_and_ending(words: str, wanted: str) -> None:
    assert [hint[2] for hint in found(words)] == [wanted]


@pytest.mark.parametrize(
    "words",
    ["dipraktikkan", "Walikotaraja", "prakteknologi", "antrean", "analisis", "ijinan"],
)
def test_a_word_that_only_begins_alike_is_another_word(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "leftover"),
    [
        ("Kepala Dinas XXX mengatakan", "XXX"),
        ("sebesar xxxx rupiah", "xxxx"),
        ("Lorem ipsum dolor", "Lorem ipsum"),
        ("luka-luka (TK) orang", "(TK)"),
        ("sebanyak TK orang", "sebanyak TK"),
        ("kata [nama pejabat]", "[nama pejabat]"),
        ("benar begitu???", "???"),
    ],
)
def test_a_place_left_open_is_found(words: str, leftover: str) -> None:
    assert found(words) == [("leftover", leftover, "")]


@pytest.mark.parametrize("words", ["guru TK di Sleman", "TK Pertiwi", "Film XX", "[sic]", "Apa??"])
def test_a_kindergarten_is_no_place_left_open(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("Senin (29/11/2026)", ("weekday", "Senin (29/11/2026)", "Minggu")),
        ("Senin, 29 November 2026", ("weekday", "Senin, 29 November 2026", "Minggu")),
        ("pada Selasa (30/11),", ("weekday", "Selasa (30/11)", "Senin")),
        ("Ahad (30 Nov. 2026)", ("weekday", "Ahad (30 Nov. 2026)", "Senin")),
        ("Rabu, 31 Desember", ("weekday", "Rabu, 31 Desember", "Kamis")),
        ("Jumat, 1 Januari 2026", ("weekday", "Jumat, 1 Januari 2026", "Kamis")),
        ("Senin (31/11/26)", ("date", "Senin (31/11/26)", "")),
        ("Kamis, 29 Februari 2027", ("date", "Kamis, 29 Februari 2027", "")),
    ],
)
def test_a_weekday_that_does_not_fit_its_date(words: str, hint: tuple[str, str, str]) -> None:
    assert found(words) == [hint]


@pytest.mark.parametrize(
    "words",
    [
        "Senin (30/11/2026)",
        "Senin, 30 November 2026",
        "Minggu (29/11)",
        "Ahad, 29 November",
        "Jumat (1/1)",
        "Jum'at, 27 November 2026".replace("Jum'at", "Jumat"),
        "Senin 12 orang",
        "Minggu 30/11/202",
        "Kamis (29 Februari 2024)",
    ],
)
def test_a_weekday_that_fits_or_has_no_date(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize(
    ("headline", "body", "missing"),
    [
        ("12 Kapal Bersandar", "Sebanyak 12 kapal.", []),
        ("12 Kapal Bersandar", "Dua belas kapal.", []),
        ("12 Kapal Bersandar", "Sebanyak 13 kapal.", ["12"]),
        ("Anggaran Rp1,2 Triliun", "Rp 1.200.000.000.000", []),
        ("Anggaran Rp1,2 Triliun", "Rp1,2 triliun", []),
        ("Anggaran Rp1,2 Triliun", "Rp1,3 triliun", ["Rp1,2 Triliun"]),
        ("20 Ribu Warga", "dua puluh ribu warga", []),
        ("1.204 Suara", "1204 suara", []),
        ("KTT G20 dan Covid-19", "KTT di Bali", ["19"]),
        ("12 Kapal", "", []),
        ("Gempa 5,4", "magnitudo 5,4", []),
    ],
)
def test_a_number_in_the_headline_stands_in_the_text(headline, body, missing) -> None:
    assert [hint[1] for hint in found(body, headline)] == missing


def test_hints_come_in_reading_order_with_their_place() -> None:
    text = hints.Text("Resiko XXX", "Merubah", "a praktek b ijin", DAY)
    assert [(hint.field, hint.start, hint.found) for hint in hints.find(text)] == [
        ("headline", 0, "Resiko"),
        ("headline", 7, "XXX"),
        ("standfirst", 0, "Merubah"),
        ("body", 2, "praktek"),
        ("body", 12, "ijin"),
    ]


def test_no_more_than_fifty_are_given() -> None:
    assert len(found("XXX " * 200)) == 50


@given(st.text(), st.text(), st.text())
def test_any_text_can_be_looked_at(headline: str, standfirst: str, body: str) -> None:
    text = hints.Text(headline, standfirst, body, DAY)
    fields = dict(text.parts())
    for hint in hints.find(text):
        assert fields[hint.field][hint.start :].startswith(hint.found)


@given(st.lists(st.sampled_from(["Senin", "31", "/", "12", "(", "Mei", "Rp", ".", ",", "99", "2026", " ", "ribu", "dua"])))  # noqa: E501  # fmt: skip
def test_any_date_and_number_can_be_read(words: list[str]) -> None:
    found("".join(words), "".join(words))


@pytest.mark.parametrize("word", ["reſiko", "rıset", "FİKİR", "Senın (29/11/2026)", "ſatu juta"])
def test_a_letter_of_another_alphabet_is_no_error(word) -> None:
    text = hints.Text(f"Judul {word}", word, f"Isi {word} lagi.", date(2026, 11, 29))
    assert isinstance(hints.find(text), list)
