"""Articles as newsrooms hand them over: what is dateline, what is text, and what a bad file is."""

import re

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from articles.imports.plaintext import (
    MAX_BYTES,
    BadFile,
    PlainArticle,
    derive_headline,
    parse,
    read,
)

ARTICLE = (
    "HarianLentera – Pelabuhan Merak kembali dibuka setelah dua hari ditutup karena cuaca buruk.\n"
    "Menurut keterangan Badan Meteorologi (BMKG), gelombang “mulai turun” sejak pagi – meski "
    "angin masih kencang.\n"
    "Penutupan itu, yang dimulai Sabtu (26/4), membuat lebih dari 1.500 truk mengantre.\n"
    "Tiket senilai Rp2,5 juta dikembalikan, kata juru bicara ‘Nusa’ itu.\n"
    "Komentar"
)


def test_a_whole_article_is_taken_apart() -> None:
    article = parse(ARTICLE)
    assert article.source == "HarianLentera"
    assert article.city == ""
    assert article.codes == ()
    assert len(article.paragraphs) == 4
    assert article.paragraphs[0].startswith("Pelabuhan Merak kembali")
    assert article.paragraphs[1:] == tuple(ARTICLE.splitlines()[1:-1])
    assert derive_headline(article.paragraphs) == (
        "Pelabuhan Merak kembali dibuka setelah dua hari ditutup karena cuaca buruk"
    )


# The beginning


@pytest.mark.parametrize(
    ("opening", "source", "city"),
    [
        ("JurnalPatroliNews – ", "JurnalPatroliNews", ""),
        ("JurnalPatroliNews – Jakarta – ", "JurnalPatroliNews", "Jakarta"),
        ("JurnalPatroliNews – KARAWANG – ", "JurnalPatroliNews", "Karawang"),
        ("JurnalPatroliNews - Cibinong - ", "JurnalPatroliNews", "Cibinong"),
        ("JurnalPatroliNews – Sungai Limau – ", "JurnalPatroliNews", "Sungai Limau"),
        ("JurnalPatroliNews, Jakarta – ", "JurnalPatroliNews", "Jakarta"),
        ("JAKARTA, KOMPAS.com – ", "KOMPAS.com", "Jakarta"),
        ("JAKARTA, KOMPAS.com - ", "KOMPAS.com", "Jakarta"),
        ("JAKARTA, KOMPAS.com— ", "KOMPAS.com", "Jakarta"),
        ("JAKARTA, KOMPAS.com–", "KOMPAS.com", "Jakarta"),
        ("JAKARTA,\xa0KOMPAS.com\xa0–\xa0", "KOMPAS.com", "Jakarta"),
        ("  JAKARTA,  KOMPAS.com\t \u2009–  ", "KOMPAS.com", "Jakarta"),
        ("Cibeureum, KOMPAS.com – ", "KOMPAS.com", "Cibeureum"),
        ("JAKARTA, iNews.id - ", "iNews.id", "Jakarta"),
        ("Jakarta (ANTARA) – ", "ANTARA", "Jakarta"),
        ("Jakarta, (ANTARA) - ", "ANTARA", "Jakarta"),
        ("Beijing (ANTARA/Xinhua) – ", "ANTARA/Xinhua", "Beijing"),
        ("Bogor, Jawa Barat (ANTARA) – ", "ANTARA", "Bogor, Jawa Barat"),
        ("Banda Aceh (ANTARA News) – ", "ANTARA News", "Banda Aceh"),
        ("Rio de Janeiro (ANTARA) – ", "ANTARA", "Rio de Janeiro"),
        ("Bandung (LKBN) – ", "LKBN", "Bandung"),
        ("Liputan6.com, Jakarta – ", "Liputan6.com", "Jakarta"),
        ("TRIBUNNEWS.COM, JAKARTA – ", "TRIBUNNEWS.COM", "Jakarta"),
        ("REPUBLIKA.CO.ID, TANJUNG REDEB -- ", "REPUBLIKA.CO.ID", "Tanjung Redeb"),
        ("Jakarta, CNBC Indonesia – ", "CNBC Indonesia", "Jakarta"),
        ("Washington DC, CNN Indonesia — ", "CNN Indonesia", "Washington DC"),
        ("WASHINGTON DC, CNN Indonesia — ", "CNN Indonesia", "Washington DC"),
        ("Jakarta, XYZ Indonesia – ", "XYZ Indonesia", "Jakarta"),
        ("Medan, Lentera News – ", "Lentera News", "Medan"),
        ("Medan, Waspada – ", "Waspada", "Medan"),
        ("Lentera Pagi News – ", "Lentera Pagi News", ""),
        ("lentera.co.id – ", "lentera.co.id", ""),
        ("KOMPAS.com – Makassar – ", "KOMPAS.com", "Makassar"),
        ("JAKARTA – KOMPAS.com – ", "KOMPAS.com", "Jakarta"),
        ("SINDOnews – ", "SINDOnews", ""),
        ("CNN Indonesia – ", "CNN Indonesia", ""),
        ("Jakarta – ", "", "Jakarta"),
        ("Jakarta - ", "", "Jakarta"),
        ("DKI Jakarta – ", "", "DKI Jakarta"),
        ("DKI JAKARTA – ", "", "DKI Jakarta"),
        ("KARAWANG – ", "", "Karawang"),
        ("CIKUPA – ", "", "Cikupa"),
        ("KUTAI TIMUR – ", "", "Kutai Timur"),
        ("Kota Bekasi – ", "", "Kota Bekasi"),
        ("New York – ", "", "New York"),
        ("Jakarta –\n", "", "Jakarta"),
        ("Jakarta\n", "", "Jakarta"),
    ],
)
def test_a_dateline_is_recognised(opening: str, source: str, city: str) -> None:
    assert parse(f"{opening}Aturan baru – yang ketat – berlaku.\nDua.") == PlainArticle(
        ("Aturan baru – yang ketat – berlaku.", "Dua."), source, city
    )


@pytest.mark.parametrize(
    "text",
    [
        "Presiden tiba di lokasi.",
        "Presiden tiba – tanpa pengawalan – di lokasi",
        "Harga cabai naik – pedagang mengeluh",
        "Harga Cabai Naik – Pedagang Mengeluh",
        "Jakarta – Bandung kini bisa ditempuh satu jam",
        "Jakarta – Bandar Lampung macet",
        "Jakarta–Bandung kini bisa ditempuh satu jam",
        "Jakarta-Bandung – Kereta cepat itu penuh",
        "Jakarta – kota yang sibuk – sepi",
        "Jakarta -Bandung",
        "Moskow – Kyiv saling serang",
        "Singapura – Malaysia sepakat",
        "Prabowo – Gibran menang",
        "Kim Jong Un – Pemimpin Korut itu – hadir",
        "KPK – Komisi itu memeriksa",
        "OPINI – Mengapa harga naik",
        "LIGA INGGRIS – Arsenal menang",
        "BREAKING NEWS – Gempa mengguncang",
        "WhatsApp – Aplikasi itu diblokir",
        "McDonald – Gerai itu tutup",
        "Toko Online – Penjual mengeluh",
        "Jakarta, Timnas Indonesia – Pelatih hadir",
        "Jakarta, Bandung – Dua kota itu",
        "Ganjar (PDIP) – Mahfud unggul",
        "Budi (35) – Warga Depok – hilang",
        "Jakarta (26/4) – Polisi menangkap",
        "Jum'at – Hari baik",
        "jakarta – Kota itu",
        "– Ya, kata dia.",
        "-",
        "Jakarta",
        "Pada 2019–2024 – Lima tahun",
        "Harga Rp5.000,- per kilo – Naik",
    ],
)
def test_a_sentence_with_a_dash_of_its_own_stays_whole(text: str) -> None:
    assert parse(text) == PlainArticle((text,))


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("HarianLentera – Harga naik – pedagang mengeluh", "Harga naik – pedagang mengeluh"),
        (
            "HarianLentera – Kim Jong Un – Pemimpin itu – hadir",
            "Kim Jong Un – Pemimpin itu – hadir",
        ),
        ("HarianLentera – KPK – Komisi itu – hadir", "KPK – Komisi itu – hadir"),
        ("HarianLentera – Jakarta-Bandung kini dekat", "Jakarta-Bandung kini dekat"),
    ],
)
def test_a_dash_after_the_brand_may_be_the_sentences(text: str, paragraph: str) -> None:
    assert parse(text) == PlainArticle((paragraph,), source="HarianLentera")


# The end


@pytest.mark.parametrize(
    ("ending", "codes"),
    [
        ("\n(Luk)", ("Luk",)),
        ("\n\n(Luk)\n\n", ("Luk",)),
        ("\n(Luk)\nKomentar", ("Luk",)),
        ("\n(rfs/jbr)", ("rfs", "jbr")),
        ("\n(dek/dek)", ("dek", "dek")),
        ("\n( rfs / jbr )", ("rfs", "jbr")),
        ("\n(P-4)", ("P-4",)),
        ("\n(nypost/ara/jpnn)", ("nypost", "ara", "jpnn")),
        (" (Luk)", ("Luk",)),
        ("(Luk)\n3 Komentar", ("Luk",)),
        (" (rfs/jbr)\nKomentar (12)", ("rfs", "jbr")),
        ("\nKomentar", ()),
        ("\nKOMENTAR", ()),
        ("\n0 Komentar", ()),
        ("\nKomentar:", ()),
        ("\n \nKomentar (3)\n\n", ()),
        ("\r\nKomentar\r\n", ()),
        ("", ()),
    ],
)
@pytest.mark.parametrize("last", ["Selesai.", "“Siapa?”", "Kata dia, “Ya.”", "Tunggu…"])
def test_a_code_and_the_comments_heading_are_not_text(
    last: str, ending: str, codes: tuple[str, ...]
) -> None:
    assert parse(f"Satu.\n{last}{ending}") == PlainArticle(("Satu.", last), codes=codes)


@pytest.mark.parametrize(
    "last",
    [
        "Ia datang pada Sabtu (26/4)",
        "Ia datang pada Sabtu. (26/4)",
        "Menurut kantor berita itu (KCNA)",
        "Menurut kantor berita itu (KCNA).",
        "Perusahaan itu PT Maju (Persero)",
        "Menurut dia. (Foto: Saibansah)",
        "Menurut dia. (MI/Usman Iskandar)",
        "Menurut dia. (bersambung)",
        "Menurut dia. (habis)",
        "Menurut dia (Luk) tidak.",
        "(Foto: KCNA)",
        "(26/4)",
        "()",
        "(*)",
        "Komentar warga beragam.",
        "Beri Komentar",
    ],
)
def test_brackets_at_the_end_of_a_sentence_are_text(last: str) -> None:
    assert parse(f"Satu.\n{last}") == PlainArticle(("Satu.", last))


def test_only_the_last_line_can_be_the_comments_heading() -> None:
    assert parse("Satu.\nKomentar\nDua.").paragraphs == ("Satu.", "Komentar", "Dua.")


# Paragraphs


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Satu.\nDua.", ("Satu.", "Dua.")),
        ("Satu.\r\nDua.\rTiga.", ("Satu.", "Dua.", "Tiga.")),
        ("Satu.\n\n\nDua.", ("Satu.", "Dua.")),
        ("\ufeffSatu.", ("Satu.",)),
        ("  Satu \t dua.\xa0 Tiga.\u2028Empat.", ("Satu dua. Tiga.", "Empat.")),
        ("Satu yang\ndipotong baris.\n\nDua.", ("Satu yang dipotong baris.", "Dua.")),
        (
            "Satu yang\ndipotong\n \nDua yang\ndipotong.",
            ("Satu yang dipotong", "Dua yang dipotong."),
        ),
        ("Satu tanpa titik\nDua tanpa titik", ("Satu tanpa titik", "Dua tanpa titik")),
        ("Satu.\nDua.\n\nTiga.\nEmpat.", ("Satu.", "Dua.", "Tiga.", "Empat.")),
        (
            f"Judul kecil\n{'Kata ' * 30}akhir.\n\nDua.",
            ("Judul kecil", f"{'Kata ' * 30}akhir.", "Dua."),
        ),
        ("Daftar itu:\n1. Satu\n2. Dua\n\nAkhir.", ("Daftar itu:", "1. Satu", "2. Dua", "Akhir.")),
        ("Satu yang\ndipotong.\n\nDua.\n(Luk)\nKomentar", ("Satu yang dipotong.", "Dua.")),
        ("“Kutip” ‘satu’ – dua — tiga… ‐", ("“Kutip” ‘satu’ – dua — tiga… ‐",)),
        ("", ()),
        (" \n\t\n", ()),
        ("Komentar", ()),
        ("(Luk)", ()),
    ],
)
def test_text_is_parted_into_paragraphs(text: str, paragraphs: tuple[str, ...]) -> None:
    assert parse(text).paragraphs == paragraphs


def test_a_wrapped_dateline_is_read_in_one_piece() -> None:
    text = "JAKARTA, KOMPAS.com –\nAturan baru\nberlaku.\n\nDua."
    expected = PlainArticle(("Aturan baru berlaku.", "Dua."), "KOMPAS.com", "Jakarta")
    assert parse(text) == expected


PIECES = [
    *(
        "JurnalPatroliNews",
        "Jakarta",
        "KARAWANG",
        "KOMPAS.com",
        "(ANTARA)",
        ",",
        "–",
        "-",
        "—",
        "--",
    ),
    *("Presiden", "tiba", "di", "“Ya.”", "(26/4)", "Selesai.", "1.", "Rp1,2", "•", "x" * 101),
    *("(Luk)", "(rfs/jbr)", "(P-4)", "Komentar", "0 Komentar", "Komentar (3)", "Jakarta-Bandung"),
    *(" ", "\n", "\n\n", "\r\n", "\xa0", "\u2028", "\x1c", "\ufeff", "\x00"),
]
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join),
)


def solid(text: str) -> str:
    return "".join(text.split())


def explained(head: str, tail: str, article: PlainArticle) -> bool:
    """Whether what stood around the paragraphs is all known as brand, city, code or heading."""
    names = (solid(article.source), solid(article.city))
    rest = head.casefold()
    for name in names:
        rest = rest.replace(name.casefold(), "", 1)
    tail = re.sub(r"(\d+)?komentar(\(\d+\))?:?$", "", tail, flags=re.IGNORECASE)
    codes = f"({'/'.join(article.codes)})" if article.codes else ""
    return not rest.strip(",()‐‑‒–—―−-\ufeff") and tail == codes


@given(texts)
@example("JurnalPatroliNews – Jakarta – Presiden tiba. (Luk)\nKomentar")
def test_no_word_is_lost(text: str) -> None:
    article = parse(text)
    whole, kept = solid(text), solid("".join(article.paragraphs))
    starts = [found.start() for found in re.finditer(f"(?={re.escape(kept)})", whole)]
    assert any(explained(whole[:start], whole[start + len(kept) :], article) for start in starts)


@given(texts)
def test_paragraphs_are_never_blank_nor_ragged(text: str) -> None:
    for paragraph in parse(text).paragraphs:
        assert paragraph
        assert paragraph == " ".join(paragraph.split())


# The headline


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Presiden tiba. Ia pergi.", "Presiden tiba"),
        ("Presiden tiba", "Presiden tiba"),
        ("Presiden tiba? Ya.", "Presiden tiba?"),
        ("Presiden tiba! Ya.", "Presiden tiba!"),
        ("Presiden tiba,", "Presiden tiba"),
        ("Presiden tiba –", "Presiden tiba"),
        ("Presiden tiba… Lalu pergi.", "Presiden tiba"),
        ("“Kami siap.” Kata dia.", "“Kami siap”"),
        ("“Siapa?” tanya dia. Ya.", "“Siapa?” tanya dia"),
        ("Dr. Amin dan Prof. H.M. Ali tiba. Dua.", "Dr. Amin dan Prof. H.M. Ali tiba"),
        (
            "H. Ali dan Hj. Siti di Jl. Merdeka No. 5. Dua.",
            "H. Ali dan Hj. Siti di Jl. Merdeka No. 5",
        ),
        ("Harga Rp1.500 per kilo pukul 14.30 WIB. Dua.", "Harga Rp1.500 per kilo pukul 14.30 WIB"),
        ("Ia datang Sabtu (26/4). Lalu pergi.", "Ia datang Sabtu (26/4)"),
        ("Letjen. TNI Budi vs. Irjen. Pol. Ali", "Letjen. TNI Budi vs. Irjen. Pol"),
        ("Mereka membahas banyak hal. Presiden pergi.", "Mereka membahas banyak hal"),
        ("  Presiden \n tiba.  Ia pergi.", "Presiden tiba"),
        ("Satu. Dua", "Satu"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_headline_is_the_first_sentence(text: str, headline: str) -> None:
    assert derive_headline([text]) == headline


def test_a_headline_skips_what_says_nothing() -> None:
    assert derive_headline(["–", " ", "Presiden tiba."]) == "Presiden tiba"
    assert derive_headline([]) == ""


@pytest.mark.parametrize(
    ("limit", "headline"),
    [
        (18, "Satu, dua – tiga x"),
        (17, "Satu, dua – tiga…"),
        (16, "Satu, dua…"),
        (10, "Satu, dua…"),
        (9, "Satu…"),
        (5, "Satu…"),
        (4, "Sat…"),
    ],
)
def test_a_long_headline_is_cut_between_words(limit: int, headline: str) -> None:
    assert derive_headline(["Satu, dua – tiga x."], limit) == headline


@given(st.lists(texts), st.integers(1, 120))
def test_a_headline_fits_and_ends_well(paragraphs: list[str], limit: int) -> None:
    headline = derive_headline(paragraphs, limit)
    assert len(headline) <= limit
    assert not re.search(r"[\s.,;:–—-]$", headline)


# Files


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\xef\xbb\xbf\xc2\xa0\xe2\x80\x8b\n", "the file is empty"),
        (b"PK\x03\x04\x14\x00\x06", "not a text file"),
        ("Presiden".encode("utf-16"), "not UTF-8 text, from byte 0 on"),
        (b"\x01\x02\x03a\x04", "not a text file"),
        (b"Presiden \xe9 tiba", "not UTF-8 text, from byte 9 on"),
        (b"\xef\xbb\xbfPresiden \xe9 tiba", "not UTF-8 text, from byte 12 on"),
        (b"a" * (MAX_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadFile) as refusal, translation.override("en"):
        read(data)
    with translation.override("en"):
        assert str(refusal.value) == str(refusal.value.reason) == reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Presiden tiba", "Presiden tiba"),
        ("\ufeffPresiden “tiba” – é".encode(), "Presiden “tiba” – é"),
        (b"a\x07b\n", "a\x07b\n"),
        (b"a" * MAX_BYTES, "a" * MAX_BYTES),
    ],
)
def test_a_text_file_is_read(data: bytes, text: str) -> None:
    assert read(data) == text


@given(st.binary())
def test_any_file_is_read_or_refused(data: bytes) -> None:
    try:
        text = read(data)
    except BadFile:
        return
    assert text.strip()
