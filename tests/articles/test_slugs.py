"""A slug says what the headline says, and two spellings of a tag are one."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.slugs import make_slug, tag_key


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        (
            "KPK Tetapkan 3 Tersangka Kasus Korupsi Rp1,2 Triliun",
            "kpk-tetapkan-3-tersangka-kasus-korupsi-rp1-koma-2-triliun",
        ),
        ("RI–AS Sepakati Tarif 19%", "ri-as-sepakati-tarif-19-persen"),
        ("RI—AS", "ri-as"),
        ("Jum'at Berkah di Al-Ma'ruf", "jumat-berkah-di-al-maruf"),
        ("Jum’at Berkah di Al-Maʼruf", "jumat-berkah-di-al-maruf"),
        ("H+7 Lebaran", "h-plus-7-lebaran"),
        ("H7 Lebaran", "h7-lebaran"),
        ("H-7 Lebaran", "h-7-lebaran"),
        ("50.000 Kendaraan", "50000-kendaraan"),
        ("Rp1.250.000,50", "rp1250000-koma-50"),
        ("Pukul 14.30, Hadiah 1.5", "pukul-14-30-hadiah-1-5"),
        ("KPK/Polri", "kpk-polri"),
        ("Café é", "cafe-e"),
        ("Cafe\u0301", "cafe"),
        ("Straße Ærø, Łódź", "strasse-aero-lodz"),
        ("Naik 5 % Sehari", "naik-5-persen-sehari"),
        ("R&D, Tom & Jerry", "r-dan-d-tom-dan-jerry"),
        ("“Siapa Dia?” – Tanya Warga…", "siapa-dia-tanya-warga"),
        ("Disney+ Tutup", "disney-tutup"),
        ("10² Tidak 102", "10-2-tidak-102"),
        ("Tunggu 2½ Jam", "tunggu-2-1-2-jam"),
        ("Air H₂O", "air-h2o"),
        ("iPhone™ 15", "iphone-15"),
        ("snake_case  dan\tspasi\xa0ganda", "snake-case-dan-spasi-ganda"),
        ("𝐆𝐚𝐜𝐨𝐫", "gacor"),
        ("Gempa 🇮🇩 Magnitudo 5,6", "gempa-magnitudo-5-koma-6"),
        ("--- Awal dan Akhir ---", "awal-dan-akhir"),
    ],
)
def test_a_slug_says_what_the_headline_says(headline: str, slug: str) -> None:
    assert make_slug(headline) == slug


@pytest.mark.parametrize("headline", ["", " ", "🎉🎉", "مرحبا بالعالم", "東京", "…", "'"])
def test_a_headline_that_leaves_nothing_falls_back(headline: str) -> None:
    assert make_slug(headline) == ""
    assert make_slug(headline, fallback="Id_843") == "Id_843"


@pytest.mark.parametrize(
    ("headline", "max_length", "slug"),
    [
        ("satu dua tiga", 13, "satu-dua-tiga"),
        ("satu dua tiga", 12, "satu-dua"),
        ("satu dua tiga", 9, "satu-dua"),
        ("satu dua tiga", 8, "satu-dua"),
        ("satu dua tiga", 7, "satu"),
        ("satu dua tiga", 3, "sat"),
        ("korupsi Rp1,2 triliun", 12, "korupsi"),
        ("korupsi Rp1,2 triliun", 15, "korupsi"),
        ("korupsi Rp500 juta", 14, "korupsi"),
        ("tarif 19% naik", 10, "tarif"),
        ("libur H+7 lebaran", 8, "libur"),
    ],
)
def test_a_long_slug_is_cut_between_words_and_never_in_an_amount(
    headline: str, max_length: int, slug: str
) -> None:
    assert make_slug(headline, max_length=max_length) == slug


@given(st.text(), st.integers(1, 100))
@example("0:\ufe4d0", 4)  # a character that becomes an underscore
def test_a_slug_is_words_of_ascii_and_short_enough(text: str, max_length: int) -> None:
    slug = make_slug(text, max_length=max_length)
    assert len(slug) <= max_length
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug, re.ASCII)


@given(st.text(), st.integers(1, 100))
def test_the_slug_of_a_slug_is_itself(text: str, max_length: int) -> None:
    slug = make_slug(text, max_length=max_length)
    assert make_slug(slug, max_length=max_length) == slug


@pytest.mark.parametrize(
    "spellings",
    [
        ("Covid-19", "covid 19", "COVID19", "COVID–19", " Covid\xa019 "),
        ("Jumat", "Jum'at", "jum’at", "Jumʼat"),
        ("P.S.S.I.", "PSSI", "pssi"),
        ("Café", "cafe", "Cafe\u0301"),
        ("Straße", "strasse", "STRASSE"),
        ("Ma'ruf Amin", "Maruf-Amin"),
        ("𝐏iala", "Piala", "Pia\u200bla"),
    ],
)
def test_two_spellings_are_one_tag(spellings: tuple[str, ...]) -> None:
    assert len({tag_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("H+7", "H7"), ("Korut", "Korsel"), ("...", "-"), ("🎉", "🎊")]
)
def test_two_names_are_two_tags(one: str, other: str) -> None:
    assert tag_key(one) != tag_key(other)


@given(st.text())
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert tag_key(tag_key(name)) == tag_key(name)
    assert bool(tag_key(name)) == bool(name.strip())
