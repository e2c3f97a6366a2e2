"""Which comments are held or rejected and why, and which a moderator never needs to see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments import rules
from comments.rules import Judgement, Outcome, Submission, Verdict, fold, judge


def submission(body: str = "Saya setuju dengan tulisan ini.", **fields: object) -> Submission:
    """A comment that no rule has anything against."""
    known = {"first_comment": False, "age_seconds": 60.0}
    return Submission(body, **(known | fields))  # type: ignore[arg-type]


def fired(case: Submission) -> list[str]:
    return [verdict.rule for verdict in judge(case).verdicts]


# The judgement


def test_a_comment_without_a_verdict_passes() -> None:
    assert judge(submission()) == Judgement(Outcome.PASS, ())


def test_the_strongest_outcome_wins_and_every_reason_is_kept() -> None:
    case = submission(honeypot="x", first_comment=True, age_seconds=1.04)
    assert judge(case) == Judgement(
        Outcome.REJECT,
        (
            Verdict(Outcome.REJECT, "filled_honeypot", "x"),
            Verdict(Outcome.HOLD, "made_too_fast", "1.0 s"),
            Verdict(Outcome.HOLD, "first_comment", ""),
        ),
    )


def test_every_rule_has_a_reason_for_moderators() -> None:
    assert [rule.__name__ for rule in rules.RULES] == list(rules.REASONS)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"honeypot": ""}, []),
        ({"honeypot": " "}, []),
        ({"honeypot": "http://x"}, ["filled_honeypot"]),
        ({"first_comment": True}, ["first_comment"]),
        ({"age_seconds": -5.0}, ["made_too_fast"]),
        ({"age_seconds": 0.0}, ["made_too_fast"]),
        ({"age_seconds": 2.9}, ["made_too_fast"]),
        ({"age_seconds": 3.0}, []),
        ({"age_seconds": 24 * 3600.0}, []),
        ({"age_seconds": 24 * 3600 + 1.0}, ["stale_form"]),
        ({"age_seconds": None}, ["stale_form"]),
    ],
)
def test_the_form_tells_something(fields: dict[str, object], expected: list[str]) -> None:
    assert fired(submission(**fields)) == expected


def test_only_the_trap_rejects() -> None:
    case = submission("SLOT GACOR 𝗣𝗨𝗟𝗔𝗨𝗪𝗜𝗡88 maxwin " * 9, first_comment=True, age_seconds=None)
    assert judge(case).outcome is Outcome.HOLD


# Spam

DISGUISED = [
    *("𝐆𝐀𝐂𝐎𝐑", "𝗣𝗨𝗟𝗔𝗨𝗪𝗜𝗡", "𝕄𝔸𝕏𝕎𝕀ℕ", "𝓼𝓵𝓸𝓽", "𝔧𝔲𝔡𝔬𝔩", "𝚜𝚕𝚘𝚝𝟾𝟾", "ＳＬＯＴ８８", "Ⓖⓐⓒⓞⓡ", "🅂🄻🄾🅃"),
    *("ˢˡᵒᵗ", "🯸🯸", "sl\u200bo\u200ct", "s\u00adlot", "sl\u2060ot", "s\ufe0fl\ufe0fot", "s̶l̶o̶t̶"),
    *("8\ufe0f\u20e38\ufe0f\u20e3", "⒮⒧⒪⒯", "🅶🅰🅲🅾🆁", "🅢🅛🅞🅣", "🇸 🇱 🇴 🇹", "🇸🇱🇴🇹"),
    *("ɢᴀᴄᴏʀ", "ѕlоt", "ѕlοτ", "ѕӏот", "5l0t g4c0r", "s.l.o.t", "s l o t", "slooooot"),
    *("\u202etolS", "s1ot", "jud1", "5 l 0 t", "s-l-o-t", "s_l_o_t", "sl🅾️t", "ma×win 𝟴𝟴"),
]
PITCHES = [
    "MANTAP87 tempatnya maxwin",
    "cuma di 𝗣𝗨𝗟𝗔𝗨𝗪𝗜𝗡 WD berapapun dibayar",
    "thanks 🅱🅾🅻🅰123",
    "depo 10k jadi 2jt link di bio",
    "s.l.o.t g a c o r hari ini",
    "cek pr0fil aku ya sl0t88",
    "BOLA123 rtp tinggi",
    "gara-gara mantap87 hutang lunas, WD cair terus",
    "modal 50 ribu jadi 3 juta, klik link di bio",
    "Bonus new member 100%, link alternatif di sini",
    "pasti cair, hubungi wa.me/62800",
    "www.a.example https://b.example dan c.com",
]


@pytest.mark.parametrize("body", [*DISGUISED, *PITCHES])
@pytest.mark.parametrize("around", ["{}", "Beritanya bagus. {} ya kak"])
def test_spam_is_held(body: str, around: str) -> None:
    assert judge(submission(around.format(body))).outcome is Outcome.HOLD


@pytest.mark.parametrize(
    ("body", "rule", "detail"),
    [
        ("a https://a.b http://c.d e.com/f", "too_many_links", "3"),
        ("\u202etolS", "fancy_or_invisible_script", "bidi"),
        ("sl\u200bot", "fancy_or_invisible_script", "invisible"),
        ("b̶o̶l̶a", "fancy_or_invisible_script", "marks"),
        ("𝗕𝗢𝗟𝗔", "fancy_or_invisible_script", "fancy"),
        ("8\ufe0f\u20e37\ufe0f\u20e3", "fancy_or_invisible_script", "keycaps"),
        ("🇧 🇴", "fancy_or_invisible_script", "flags"),
        ("bоla", "fancy_or_invisible_script", "mixed"),
        ("5l0t g4c0r", "disguised_word", "gacor, slot"),
        ("Mantap87 maxwin", "brand_with_digits", "mantap87, maxwin"),
        ("depo 10k jadi 2jt", "offers_of_easy_money", "depo 10, 10k jadi 2jt"),
        ("HARGA CABAI NAIK LAGI HARI INI", "shouting", "100%"),
    ],
)
def test_a_verdict_names_its_evidence(body: str, rule: str, detail: str) -> None:
    assert Verdict(Outcome.HOLD, rule, detail) in judge(submission(body)).verdicts


# Not spam

CLEAN = [
    "Polisi harus berantas judi online!",
    "Slot pemain asing Persib habis",
    "Depo Pertamina Plumpang terbakar",
    "Hoki banget timnas",
    "Penyandang tunanetra/buta berhak",
    "antek asing itu tuduhan basi",
    "nilai tukar 16.500",
    "Judi slot togel merusak anak muda, berantas bandarnya!",
    "Kata iklannya depo 10k, nyatanya hutang.",
    "Indonesia juara 🇮🇩🇮🇩 hebat 👍🏽👨\u200d👩\u200d👧 ❤️",
    "Covid19, KTT G20, timnas U23, MH370 dan B20",
    "Setuju!!! mantaaap sekaliii wkwkwkwk",
    "P D I P dan K P K",
    "Harga Rp10.000 jadi Rp12.000, gaji 5jt tetap",
    "Sumber: kompas.com dan https://tempo.co/1",
    "Kafé, Ma’ruf, naïve, Đà Nẵng, Cafe\u0301",
    "مرحبا بكم في إندونيسيا، نَحْنُ",
    "Привет всем, Αθήνα",
    "東京 ｶﾀｶﾅ",
    "1️⃣ pertama 2️⃣ kedua",
    "m² dan CO₂ serta 1½, 30°C ™ ®",
    "BUMN, BPJS, TNI, POLRI",
    "KPK TANGKAP DIA",
    "@budi setuju, nama saya H. M. S. Amin",
    "Bandara Soekarno-Hatta dan Depok, deposito, Slamet",
    "Wd buatan Thailand 500 GB",
    "Golongan darah 🅰 atau 🅱️",
    "Pasal 28 ayat (a) dan (b) UUD 45",
    "Turut berduka cita.",
    "👍",
]


@pytest.mark.parametrize("body", CLEAN)
def test_a_clean_comment_is_left_alone(body: str) -> None:
    assert judge(submission(body)).verdicts == ()
    assert fired(submission(body, first_comment=True)) == ["first_comment"]


# Repetition

LONG = "Menurut saya pemerintah harus segera memperbaiki jalan di daerah kami yang rusak parah."


@pytest.mark.parametrize(
    ("body", "recent"),
    [
        ("Setuju.", "Setuju."),
        ("Setuju  SEKALI", "setuju\nsekali"),
        ("Mantap sekali", "𝗠𝗮𝗻𝘁𝗮𝗽 s\u200bekali"),
        (LONG, LONG),
        (LONG, LONG.replace("segera", "cepat")),
        (LONG, LONG + " 123"),
    ],
)
def test_a_repeated_text_is_held(body: str, recent: str) -> None:
    assert fired(submission(body, recent_bodies=("Lain.", recent))) == ["repeated_text"]


@pytest.mark.parametrize(
    ("body", "recent"),
    [
        ("Setuju.", "Tidak setuju."),
        ("👍", "❤️"),
        ("👍", ""),
        (LONG, LONG[:40]),
        (LONG, "Menurut saya harga beras harus segera diturunkan karena kami semua sudah susah."),
        (LONG, ""),
    ],
)
def test_another_text_is_no_repetition(body: str, recent: str) -> None:
    assert fired(submission(body, recent_bodies=(recent,))) == []


# Folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        *((text, "slot") for text in ("𝓼𝓵𝓸𝓽", "🅂🄻🄾🅃", "ˢˡᵒᵗ", "sl\u200bo\u200ct", "s\u00adlot")),
        *((text, "slot") for text in ("s̶l̶o̶t̶", "⒮⒧⒪⒯", "🅢🅛🅞🅣", "🇸 🇱 🇴 🇹", "🇸🇱🇴🇹", "ѕlоt")),
        *((text, "slot") for text in ("ѕlοτ", "ѕӏот", "5l0t", "sl0t", "$lot", "s.l.o.t")),
        *((text, "slot") for text in ("s l o t", "slooooot", "5 l 0 t", "S_L_O_T")),
        *((text, "gacor") for text in ("𝐆𝐀𝐂𝐎𝐑", "Ⓖⓐⓒⓞⓡ", "🅶🅰🅲🅾🆁", "ɢᴀᴄᴏʀ", "g4c0r", "g@cor")),
        *((text, "slot88") for text in ("𝚜𝚕𝚘𝚝𝟾𝟾", "ＳＬＯＴ８８", "sl0t88", "slot8️⃣8️⃣")),
        ("𝕄𝔸𝕏𝕎𝕀ℕ", "maxwin"),
        ("🯸🯸", "88"),
        ("MANTAP87", "mantap87"),
        ("pr0fil", "profil"),
        ("Kafé  ÀÉ\n", "kafe ae"),
        ("10k jadi 2jt, 5rb, 8 jam", "10k jadi 2jt, 5rb, 8 jam"),
        ("G20 dan 16.500", "g20 dan 16.500"),
        ("dia ada di sana", "dia ada di sana"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_folding_takes_disguises_off(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folded_text_has_no_marks_and_no_ragged_space(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert not any(unicodedata.category(char) in {"Mn", "Me", "Cf"} for char in folded)


@given(st.lists(st.from_regex(r"([a-z])(?!\1)[a-z]([a-z])(?!\2)[a-z]", fullmatch=True)))
def test_plain_words_are_folded_to_themselves(words: list[str]) -> None:
    assert fold(" ".join(words)) == " ".join(words)


@given(st.text(), st.lists(st.text(), max_size=3), st.none() | st.floats(allow_nan=False))
def test_any_comment_can_be_judged(body: str, recent: list[str], age: float | None) -> None:
    judgement = judge(submission(body, age_seconds=age, recent_bodies=tuple(recent)))
    assert judgement.outcome in {Outcome.PASS, Outcome.HOLD}
    assert (judgement.outcome is Outcome.PASS) == (not judgement.verdicts)
    assert {verdict.rule for verdict in judgement.verdicts} <= set(rules.REASONS)
