"""Plain text as newsrooms hand it over, read as an article.

The text opens with the brand and perhaps the city, and may end with a byline code and with the
heading of the comments that came along when the page was copied. These are data, not text: the page
sets them in its own style. What could as well be a sentence stays in the sentence, because a dash
too many is an editor's second of work and a lost word is a wrong article.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django_stubs_ext import StrPromise

MAX_BYTES = 5 * 1024 * 1024
# A file is wrapped by its editor at 72 or 80 columns; a newsroom's paragraph is longer than this.
MAX_WRAPPED_LINE = 100


class BadFile(ValueError):
    """A file that holds no readable text; `reason` says why in one line, for the person."""

    def __init__(self, reason: "str | StrPromise") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PlainArticle:
    """The text in paragraphs, and what stood around it: empty where it said nothing.

    `source` is the outlet as it spelled itself, `city` the place in the dateline, `codes` the
    byline codes in the order of the text, writer before editor.
    """

    paragraphs: tuple[str, ...]
    source: str = ""
    city: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dateline:
    source: str
    city: str
    rest: str


# Bytes

# Half of its bytes may be NUL, but the person can do something about it: save it as UTF-8.
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_VISIBLE = re.compile(r"[^\s\u200b\ufeff]")


def read(data: bytes) -> str:
    """The text of a UTF-8 file, a byte order mark taken off.

    Raises BadFile for a file that is too large, empty, binary or in another encoding.
    """
    if len(data) > MAX_BYTES:
        raise BadFile(format_lazy(_("larger than {limit} MB"), limit=MAX_BYTES // 1024**2))
    if b"\0" in data and not data.startswith(_UTF_16):
        raise BadFile(_("not a text file"))
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BadFile(
            format_lazy(_("not UTF-8 text, from byte {offset} on"), offset=error.start)
        ) from None
    if not _VISIBLE.search(text):
        raise BadFile(_("the file is empty"))
    if _is_mostly_control(text):
        raise BadFile(_("not a text file"))
    return text


def _is_mostly_control(text: str) -> bool:
    letters = [letter for letter in text if not letter.isspace()]
    return 2 * sum(unicodedata.category(letter) == "Cc" for letter in letters) > len(letters)


# Text


def parse(text: str) -> PlainArticle:
    """Take an article apart; any text can be, and no word of it is lost.

    A line is a paragraph, unless blank lines part paragraphs that are wrapped inside.
    """
    lines, codes = _without_tail([" ".join(line.split()) for line in _lines(text)])
    paragraphs = _paragraphs(lines)
    if paragraphs and not codes:
        paragraphs[-1], codes = _split_code(paragraphs[-1])
    dateline = _dateline(paragraphs)
    if dateline:
        paragraphs[0] = dateline.rest
    return PlainArticle(
        paragraphs=tuple(filter(None, paragraphs)),
        source=dateline.source if dateline else "",
        city=dateline.city if dateline else "",
        codes=codes,
    )


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").splitlines()


def _paragraphs(lines: "Iterable[str]") -> list[str]:
    blocks = [list(group) for is_filled, group in groupby(lines, key=bool) if is_filled]
    if not _is_wrapped(blocks):
        return [line for block in blocks for line in block]
    return [paragraph for block in blocks for paragraph in _joined(block)]


def _is_wrapped(blocks: list[list[str]]) -> bool:
    """Whether line ends mean nothing: there are blank lines, no long one, and split sentences."""
    if len(blocks) < 2 or any(len(line) > MAX_WRAPPED_LINE for block in blocks for line in block):
        return False
    return any(not _SENTENCE_END.search(line) for block in blocks for line in block[:-1])


def _joined(block: list[str]) -> list[str]:
    paragraphs: list[list[str]] = [[]]
    for line in block:
        if _LIST_ITEM.match(line):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return [" ".join(lines) for lines in paragraphs if lines]


_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LIST_ITEM = re.compile(r"[•*▪·]|\d{1,2}[.)]\s")

# The end of the text

_COMMENTS = re.compile(r"(\d+\s)?komentar(\s?\(\s?\d+\s?\))?\s?:?", re.IGNORECASE)
_CODE_PART = r"[A-Za-z]{1,8}(?:-?\d{1,2})?"
_CODES = re.compile(rf"\(\s?({_CODE_PART}(?:\s?/\s?{_CODE_PART})*)\s?\)")
# Words that close an article in brackets and are nobody's code.
_CLOSING_WORDS = frozenset({"habis", "tamat", "selesai", "ralat", "foto", "video", "ist"})


def _without_tail(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines before the comments' heading and a byline code on its own line, and the code."""
    lines = _trimmed(lines)
    if lines and _COMMENTS.fullmatch(lines[-1]):
        lines = _trimmed(lines[:-1])
    codes = _codes(lines[-1]) if lines else ()
    return (lines[:-1] if codes else lines), codes


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _split_code(paragraph: str) -> tuple[str, tuple[str, ...]]:
    """A code after the last sentence; one inside it, before the full stop, is the writer's text."""
    text, bracket, code = paragraph.rpartition("(")
    text = text.rstrip()
    codes = _codes(bracket + code) if _SENTENCE_END.search(text) else ()
    return (text, codes) if codes else (paragraph, ())


def _codes(text: str) -> tuple[str, ...]:
    found = _CODES.fullmatch(text)
    if not found or found[1].lower() in _CLOSING_WORDS:
        return ()
    return tuple(part.strip() for part in found[1].split("/"))


# The beginning of the text
#
# A dateline is believed when its parts vouch for each other: EVIDENT ones (a known city, a name
# with a domain) carry a POSSIBLE one (an unknown town, "X News"), and two possible ones are text.

EVIDENT, POSSIBLE, NONE = 2, 1, 0


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in text.replace("\n", ",").split(","))


# A city that is a state is left out: "Singapura – Malaysia sepakat" names two sides.
PLACES = _names("""Jakarta, DKI Jakarta, Jakarta Pusat, Jakarta Utara, Jakarta Barat
Jakarta Selatan, Jakarta Timur, Kepulauan Seribu, Bogor, Depok, Tangerang, Tangerang Selatan
Tangsel, Bekasi, Serang, Cilegon, Lebak, Pandeglang, Bandung, Bandung Barat, Cimahi, Cirebon
Sukabumi, Tasikmalaya, Garut, Cianjur, Purwakarta, Karawang, Subang, Sumedang, Majalengka
Kuningan, Indramayu, Ciamis, Banjar, Pangandaran, Cibinong, Cikarang, Semarang, Surakarta, Solo
Magelang, Salatiga, Pekalongan, Tegal, Brebes, Cilacap, Banyumas, Purwokerto, Purbalingga
Kebumen, Purworejo, Wonosobo, Temanggung, Kendal, Demak, Kudus, Jepara, Pati, Rembang, Blora
Grobogan, Sragen, Karanganyar, Wonogiri, Sukoharjo, Klaten, Boyolali, Batang, Pemalang
Yogyakarta, DI Yogyakarta, DIY, Jogja, Sleman, Bantul, Kulon Progo, Gunungkidul, Surabaya
Malang, Batu, Kediri, Blitar, Madiun, Mojokerto, Pasuruan, Probolinggo, Sidoarjo, Gresik
Lamongan, Tuban, Bojonegoro, Ngawi, Magetan, Ponorogo, Pacitan, Trenggalek, Tulungagung, Jombang
Nganjuk, Lumajang, Jember, Bondowoso, Situbondo, Banyuwangi, Bangkalan, Sampang, Pamekasan
Sumenep, Denpasar, Badung, Gianyar, Buleleng, Singaraja, Tabanan, Karangasem, Klungkung, Bangli
Jembrana, Mataram, Lombok, Lombok Timur, Lombok Tengah, Lombok Barat, Bima, Dompu, Sumbawa
Kupang, Ende, Maumere, Labuan Bajo, Atambua, Ruteng, Larantuka, Waingapu, Banda Aceh
Lhokseumawe, Langsa, Sabang, Meulaboh, Bireuen, Takengon, Medan, Binjai, Deli Serdang
Pematangsiantar, Pematang Siantar, Tebing Tinggi, Tanjungbalai, Sibolga, Padangsidimpuan
Langkat, Karo, Simalungun, Asahan, Padang, Bukittinggi, Payakumbuh, Solok, Pariaman, Pekanbaru
Dumai, Siak, Kampar, Bengkalis, Indragiri Hulu, Batam, Tanjungpinang, Tanjung Pinang, Bintan
Karimun, Natuna, Jambi, Palembang, Prabumulih, Lubuklinggau, Pagar Alam, Ogan Ilir, Muara Enim
Bengkulu, Bandar Lampung, Lampung, Metro, Lampung Selatan, Lampung Timur, Pangkalpinang
Pangkal Pinang, Belitung, Pontianak, Singkawang, Sambas, Ketapang, Sintang, Palangka Raya
Palangkaraya, Sampit, Pangkalan Bun, Banjarmasin, Banjarbaru, Martapura, Kotabaru, Samarinda
Balikpapan, Bontang, Kutai, Kutai Kartanegara, Berau, Paser, Penajam, Penajam Paser Utara
Nusantara, IKN, Tarakan, Tanjung Selor, Nunukan, Malinau, Manado, Bitung, Tomohon, Kotamobagu
Gorontalo, Palu, Poso, Luwuk, Donggala, Morowali, Mamuju, Majene, Makassar, Parepare, Palopo
Gowa, Maros, Bone, Bulukumba, Toraja, Kendari, Baubau, Kolaka, Konawe, Ambon, Tual, Ternate
Tidore, Sofifi, Jayapura, Sentani, Merauke, Timika, Mimika, Nabire, Wamena, Biak, Manokwari
Sorong, Fakfak, Kaimana, Raja Ampat, Aceh, Bali, Papua, Riau, Banten, Jawa Barat, Jawa Tengah
Jawa Timur, Sumatera Utara, Sumatera Barat, Sumatera Selatan, Sulawesi Selatan, Sulawesi Utara
Sulawesi Tengah, Kalimantan Timur, NTB, NTT, Kuala Lumpur, Bangkok, Manila, Hanoi, Phnom Penh
Vientiane, Yangon, Naypyidaw, Bandar Seri Begawan, Dili, Beijing, Shanghai, Taipei, Tokyo, Osaka
Seoul, Pyongyang, New Delhi, Mumbai, Dhaka, Kolombo, Islamabad, Kabul, Teheran, Baghdad
Damaskus, Beirut, Amman, Yerusalem, Jerusalem, Tel Aviv, Ramallah, Doha, Dubai, Abu Dhabi
Riyadh, Jeddah, Mekkah, Makkah, Madinah, Ankara, Istanbul, Kairo, Khartoum, Nairobi, Addis Ababa
Johannesburg, Pretoria, Lagos, Abuja, Tripoli, Tunis, Rabat, Moskow, Kyiv, Kiev, Minsk, Warsawa
Berlin, Munich, Paris, London, Madrid, Barcelona, Roma, Milan, Jenewa, Geneva, Zurich, Wina
Praha, Budapest, Athena, Brussel, Brussels, Amsterdam, Den Haag, Stockholm, Oslo, Kopenhagen
Helsinki, Dublin, Lisbon, Lisabon, Washington, Washington DC, Washington D.C., New York
Los Angeles, San Francisco, Chicago, Houston, Miami, Boston, Seattle, Ottawa, Toronto
Mexico City, Havana, Bogota, Caracas, Santiago, Buenos Aires, Brasilia, Rio de Janeiro
Sao Paulo, Canberra, Sydney, Melbourne, Perth, Brisbane, Darwin, Wellington, Auckland
Port Moresby""")
BRANDS = _names("""Antara, Kantor Berita Antara, KBRN, RRI, TVRI, Reuters, AFP, AP, Xinhua
Kyodo, Yonhap, Bernama, Sputnik, Anadolu, Bloomberg, BBC, CNN, CNBC, VOA, DW, NHK, Kompas
Kompas TV, Detik, Republika, Tribun, Tribunnews, Sindo, Sindonews, Okezone, JPNN, Viva, Liputan6
Kumparan, Tirto, Kontan, Gatra, RMOL, RMOLID, Poskota, Pos Kota, Warta Kota, Media Indonesia
Pikiran Rakyat, Suara Merdeka, Suara Pembaruan, Suara Karya, Jawa Pos, NU Online, IDN Times
Metro TV, Solopos, Kedaulatan Rakyat, Bali Post, Lampung Post, Jakarta Post, The Jakarta Post
Jakarta Globe""")
# Outlets whose names are ordinary words: they need a city beside them.
ORDINARY = _names("Tempo, Merdeka, Bisnis, Suara, Fajar, Waspada, Analisa, Haluan, Inilah, Kominfo")
# Not places, though they stand in capitals before a dash.
LABELS = _names("""Breaking, Breaking News, Fake News, Opini, Opinion, Kolom, Tajuk, Editorial
Analisis, Foto, Video, Infografis, Siaran Pers, Press Release, Rilis, Update, Terbaru, Terkini
Cek Fakta, Hoaks, Advertorial, Pariwara, Iklan, Ralat, Koreksi, Hak Jawab, Wawancara, Profil
Kronologi, Catatan, Laporan, Eksklusif, Khusus, Penting, Perhatian, Peringatan, Resmi, Viral
Heboh, Nasional, Internasional, Daerah, Politik, Hukum, Ekonomi, Olahraga, Sepakbola
Bulutangkis, Hiburan, Teknologi, Otomotif, Kesehatan, Pendidikan, Presiden, Pemerintah, Polisi
Timnas, Asean, Unesco, Unicef, Bawaslu, Basarnas, Bappenas, Bareskrim, Korlantas, Densus
Pertamina, Telkom, Bulog, Kadin, Apindo, Persib, Persija, Persebaya, Arema""")
# Not outlets, though they are written like one.
PRODUCTS = _names("""YouTube, WhatsApp, TikTok, ChatGPT, OpenAI, DeepSeek, MotoGP, SpaceX
iPhone, iPad, MacBook, LinkedIn, PayPal, GoTo, GoPay, GoFood, GrabFood, LinkAja, ShopeePay
BukaLapak, McDonald, McLaren, PlayStation, BlackBerry, PeduliLindungi, SatuSehat, MyPertamina
JakLingko, TransJakarta, eSport, eSports, AirAsia, FedEx, GitHub, PowerPoint, HarmonyOS, iOS
macOS, LaLiga""")
_REGIONS = frozenset({"kota", "kabupaten", "kab.", "pulau"})
_KEPT_CAPITALS = frozenset({"DKI", "DI", "DIY", "DC", "D.C.", "NTT", "NTB", "IKN", "AS", "UEA"})

_DASH = re.compile(r"(\s?)(-{1,3}|[‐‑‒–—―−])(\s?)")
_WORD = r"[A-Z][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_PLACE = re.compile(rf"{_WORD}(?: (?:de )?{_WORD}){{0,2}}")
_DOMAIN = re.compile(
    r"(?:[\w-]+\.)+(?:com|id|co|net|org|news|tv|info|asia|online|media|press|today)", re.IGNORECASE
)
_CAMEL = re.compile(r"(?=\w{5,})(?:\w*[a-z]\d?[A-Z]\w*|[A-Z]{3,}[a-z]{3,}\w*)")
_TITLED = re.compile(r"(?:[A-Z][\w'-]* ){1,3}(News|Times|Post|Daily|Today|Online|TV|Network|Radio)")
_NATIONAL = re.compile(r"([A-Z]{2,6}) Indonesia")
_PAIR = re.compile(r"([^,()]+), ?([^,()]+)")
_BRACKETED = re.compile(r"([^()]+?),? ?\(([^()]+)\)")


def _dateline(paragraphs: "Sequence[str]") -> Dateline | None:
    """What opens the first paragraph before its text, if anything certainly does."""
    if not paragraphs:
        return None
    text = paragraphs[0]
    if len(paragraphs) > 1 and text[0].isupper() and text.casefold() in PLACES:
        return Dateline("", _city(text), "")  # a city alone on the first line
    if not (cut := _cut(text)):
        return None
    left, rest, is_spaced = cut
    return _after_pair(left, rest) or (_after_one(left, rest) if is_spaced else None)


def _cut(text: str) -> tuple[str, str, bool] | None:
    """What stands before and after the first dash, and whether a space follows the dash."""
    for dash in _DASH.finditer(text, 0, 80):
        before, sign, after = dash.groups()
        if before or after or "-" not in sign:  # or else it is the hyphen of a word
            rest = text[dash.end() :].lstrip()
            return text[: dash.start()].strip(), rest, bool(after or not rest)
    return None


def _after_pair(left: str, rest: str) -> Dateline | None:
    """The forms "City, Brand", "Brand, City" and "City (Brand)", and a domain in any company."""
    if _DOMAIN.fullmatch(left):
        return _with_city(left, rest)
    if pair := _BRACKETED.fullmatch(left):
        orders = [(pair[1], pair[2], _bracketed_brand(pair[2]))]
    elif pair := _PAIR.fullmatch(left):
        orders = [(pair[1], pair[2], _brand(pair[2])), (pair[2], pair[1], _brand(pair[1]))]
    else:
        return None
    for city, brand, evidence in orders:
        if evidence and (place := _place(city.split(",")[0])) and evidence + place > EVIDENT:
            return Dateline(brand.strip(), _city(city), rest)
    return None


def _after_one(left: str, rest: str) -> Dateline | None:
    """The forms "Brand", "Brand – City", "City – Brand" and "City", before a sentence."""
    if not _opens_sentence(rest):
        return None
    if _stands_alone(left):
        return _with_city(left, rest)
    if _place(left) < EVIDENT:
        return None
    if (cut := _cut(rest)) and _brand(cut[0]) == EVIDENT:
        return Dateline(cut[0], _city(left), cut[1])
    return None if _names_two_sides(left, rest) else Dateline("", _city(left), rest)


def _with_city(brand: str, rest: str) -> Dateline:
    """After a brand, a town that nobody has heard of is a city too, if a sentence follows."""
    city, after, is_spaced = _cut(rest) or ("", "", False)
    place = _place(city)
    is_short = place == EVIDENT or (place and city.count(" ") < 2)
    if is_spaced and is_short and _opens_sentence(after):
        return Dateline(brand, _city(city), after)
    return Dateline(brand, "", rest)


def _place(text: str) -> int:
    text = text.strip()
    name = text.casefold()
    region, _space, town = name.partition(" ")
    if text[:1].isupper() and (name in PLACES or (region in _REGIONS and town in PLACES)):
        return EVIDENT
    if name in LABELS | ORDINARY | BRANDS or not _PLACE.fullmatch(text):
        return NONE
    if not text.isupper():
        return POSSIBLE
    if len(max(name.split(), key=len)) < 5:  # KPK, PBB
        return NONE
    return EVIDENT if not town or region in _REGIONS | PLACES else POSSIBLE


def _brand(text: str) -> int:
    name = text.strip()
    if name.casefold() in LABELS | PRODUCTS:
        return NONE
    if name.casefold() in BRANDS or _DOMAIN.fullmatch(name) or _CAMEL.fullmatch(name):
        return EVIDENT
    if national := _NATIONAL.fullmatch(name):
        return EVIDENT if national[1].casefold() in BRANDS else POSSIBLE
    return POSSIBLE if name.casefold() in ORDINARY or _TITLED.fullmatch(name) else NONE


def _bracketed_brand(text: str) -> int:
    """In brackets an abbreviation is an agency, and two of them shared the work: ANTARA/Xinhua."""
    parts = text.split("/")
    return max(
        _brand(part) or int(re.fullmatch(r"[A-Z]{2,12}", part) is not None) for part in parts
    )


def _stands_alone(name: str) -> bool:
    """Whether a brand needs no city to be one. Online shops and talk on TV are not outlets."""
    titled = _TITLED.fullmatch(name)
    is_paper = titled is not None and titled[1] in {"News", "Times", "Post", "Daily", "Today"}
    return _brand(name) == EVIDENT or bool(_brand(name) and is_paper)


def _names_two_sides(left: str, rest: str) -> bool:
    """Whether a dash may mean "to" or "and", as in "Jakarta – Bandung kini satu jam"."""
    words = re.findall(r"[\w.'’-]+", rest[:60])
    starts = {" ".join(words[:count]).casefold() for count in (1, 2, 3)}
    return any(left.casefold() not in start for start in starts & PLACES)


def _opens_sentence(text: str) -> bool:
    return not text or text[0].isupper() or text[0].isdigit() or text[0] in "“\"‘'«([#"


def _city(text: str) -> str:
    """A place as a reader writes it; capitals are a house style, except where they abbreviate."""
    if not text.isupper():
        return text.strip()
    words = text.strip().split()
    return " ".join(word if word in _KEPT_CAPITALS else _capitalised(word) for word in words)


def _capitalised(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


# A headline for a text that has none

_ABBREVIATIONS = _names("""Dr, Drs, Dra, Prof, Ir, Hj, Kh, Tgk, St, Tn, Ny, Sdr, Yth, No, Jl
Jln, Gg, Kab, Kec, Kel, Pt, Cv, Ud, Kol, Letkol, Brigjen, Mayjen, Letjen, Irjen, Komjen, Jend
Akp, Kompol, Akbp, Kombes, Ipda, Iptu, Aipda, Bripka, Mr, Mrs, Ms, Jr, Sr, Gen, Capt, Lt, Inc
Ltd, Rp""")
_LOWER_ABBREVIATIONS = frozenset({"no", "vs", "jl", "tgl", "hlm"})
_STOP = re.compile(r"([.!?…]+[\"'”’»)\]]*) (?=[“\"‘'«(\[]?[A-Z0-9])")
_CLOSERS = "\"'”’»)]"
_DANGLING = " .,;:…‐‑‒–—―−-"


def derive_headline(paragraphs: "Iterable[str]", limit: int = 110) -> str:
    """The first sentence, without its full stop, cut between words to `limit` characters.

    A cut is shown by an ellipsis, which counts. Without any text the answer is empty.
    """
    for paragraph in paragraphs:
        # What lies far beyond the limit changes nothing, and a paragraph may be megabytes.
        start = " ".join(paragraph.split())[: limit + 100]
        if headline := _bare(_first_sentence(start)):
            return headline if len(headline) <= limit else _shortened(headline, limit)
    return ""


def _first_sentence(text: str) -> str:
    for stop in _STOP.finditer(text):
        if stop[1] != "." or not _is_abbreviation(text[: stop.start()]):
            return text[: stop.end(1)]
    return text


def _is_abbreviation(before: str) -> bool:
    """Whether the full stop after `before` belongs to its last word: "Dr.", "H.M.", "No."."""
    word = before.rpartition(" ")[2].lstrip("(“\"'‘")
    if word in _LOWER_ABBREVIATIONS or (word[:1].isupper() and word.casefold() in _ABBREVIATIONS):
        return True
    return bool(re.search(r"(^|\.)[^\W\d_]$", word))


def _bare(sentence: str) -> str:
    """Without the full stop or dash at its end, even before a closing quotation mark."""
    text = sentence.rstrip(_CLOSERS)
    return text.rstrip(_DANGLING) + sentence[len(text) :]


def _shortened(text: str, limit: int) -> str:
    words, _space, _rest = text[:limit].rpartition(" ")
    return _bare(words or text[: limit - 1]) + "…"
