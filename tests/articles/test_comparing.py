"""Two contents compared: what is told, that nothing is left out, that nothing takes for ever."""

from itertools import groupby, pairwise
from time import process_time
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles import markup
from articles.comparing import Names, Part, Run, compare, mentioned
from articles.comparing.anchors import anchors
from articles.comparing.bodies import block_of, compare_bodies
from articles.comparing.marks import Marks
from articles.comparing.runs import Effort, words_of
from articles.comparing.runs import compare as compare_words

WORDS = ["Banjir", "anak-anak", "di", "Jakarta", "1.250,5", ",", ".", " ", "  ", "\n", "14.05"]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS)).map("".join))
BLOCKS = [
    "<p>Hujan lebat di <strong>Jakarta</strong> sejak pagi.</p>",
    '<p>Hujan <em>lebat di <a href="https://a.example/?a=1&amp;b=2">Jakarta</a></em> sejak.</p>',
    "<p>Wali kota meminta warga mengungsi &lt;segera&gt;.</p>",
    "<h2>Kata warga</h2>",
    "<p>Kata warga</p>",
    "<ul><li>satu</li><li>dua<ul><li>tiga</li></ul></li></ul>",
    "<blockquote><p>Air naik.</p><p>Kami<br>lari.</p></blockquote>",
    '<figure data-image="15"></figure>',
    '<table><tr><td colspan="2">Kota</td></tr><tr><td>1</td><td>2</td></tr></table>',
    '<aside data-articles="3,4"></aside><hr>',
]
BODIES = st.lists(st.sampled_from(BLOCKS), max_size=8).map("".join)


def content(**fields: Any) -> dict[str, Any]:
    """A content of no picture, topics or bylines; `fields` may name those as well."""
    extra = {name: fields.pop(name, []) for name in ("tags", "bylines")}
    picture = fields.pop("lead_image", None)
    return {"schema": 1, "fields": fields, **extra, "lead_image": picture}


def told(runs: tuple[Run, ...]) -> str:
    """Runs as one line: what [-went-] and what {+came+}."""
    frames = {"removed": "[-{}-]", "added": "{{+{}+}}", "marked": "~{}~", "same": "{}"}
    return "".join(frames[run.what].format(run.text) for run in runs)


def sides(runs: tuple[Run, ...]) -> tuple[str, str]:
    before = "".join(run.text for run in runs if run.what != "added")
    return before, "".join(run.text for run in runs if run.what != "removed")


# Texts


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("Banjir di Jakarta", "Banjir di Bekasi", "Banjir di [-Jakarta-]{+Bekasi+}"),
        ("Banjir, surut", "Banjir surut", "Banjir[-,-] surut"),
        ("Korban 12 orang", "Korban 1.250 orang", "Korban [-12-]{+1.250+} orang"),
        ("pukul 14.05 WIB", "pukul 14.15 WIB", "pukul [-14.05-]{+14.15+} WIB"),
        ("anak-anak", "anak", "[-anak-anak-]{+anak+}"),
        ("satu dua", "tiga empat", "[-satu dua-]{+tiga empat+}"),
        ("", "Baru", "{+Baru+}"),
    ],
)
def test_texts_are_compared_word_by_word(before, after, line) -> None:
    (found,) = compare(content(headline=before), content(headline=after))
    assert told(found.runs) == line


@given(TEXTS, TEXTS)
def test_both_texts_can_be_made_again_from_the_runs(before, after) -> None:
    runs = compare_words(words_of(before), words_of(after), Effort())
    assert sides(runs) == (before, after)


@given(TEXTS, TEXTS)
def test_so_they_can_where_there_was_no_time_to_look(before, after) -> None:
    runs = compare_words(words_of(before), words_of(after), Effort(0))
    assert sides(runs) == (before, after)


@given(TEXTS)
def test_what_is_equal_differs_in_nothing(text) -> None:
    assert compare(content(headline=text, body=text), content(headline=text, body=text)) == []


def test_a_space_that_came_alone_can_be_seen() -> None:
    (found,) = compare(content(headline="A B"), content(headline="A  B"))
    assert [run.shown for run in found.runs if run.what == "added"] == ["␣␣"]


# Bodies


def rebuilt(parts: tuple[Part, ...], side: str) -> str:
    """One of the two bodies, from what the comparison says of it."""
    passages = [passage for part in parts for passage in part.passages]
    mine = [(getattr(passage, side), passage) for passage in passages if getattr(passage, side)]
    mine.sort(key=lambda pair: pair[0].number)
    return "".join(html_of(place.tag, passage.runs, side) for place, passage in mine)


def html_of(tag: str, runs: tuple[Run, ...], side: str) -> str:
    other = "added" if side == "before" else "removed"
    pieces = [(getattr(run, side), run) for run in runs if run.what != other]
    inner, opened = "", ()
    for marks, group in groupby(pieces, key=lambda piece: piece[0]):
        inner += turn(opened, marks)
        for _, run in group:
            inner += run.tag or markup.from_paragraphs([f"x{run.text}x"])[4:-5]
        opened = marks
    name = tag[1:].split(" ")[0].rstrip(">")
    end = "" if name in {"hr", "br"} else f"</{name}>"
    return f"{tag}{inner}{turn(opened, ())}{end}"


def turn(opened: Marks, wanted: Marks) -> str:
    """Close and open marks on the way from one word to the next."""
    shared = 0
    while opened[shared : shared + 1] == wanted[shared : shared + 1] != ():
        shared += 1
    closing = (f"</{tag[1:].split(' ')[0].rstrip('>')}>" for tag in reversed(opened[shared:]))
    return "".join(closing) + "".join(wanted[shared:])


@given(BODIES, BODIES)
def test_both_bodies_can_be_made_again_from_the_parts(before, after) -> None:
    parts = compare_bodies(before, after, Effort())
    assert rebuilt(parts, "before") == markup.clean(before)
    assert rebuilt(parts, "after") == markup.clean(after)


@given(BODIES, BODIES)
def test_so_they_can_paragraph_by_paragraph(before, after) -> None:
    parts = compare_bodies(before, after, Effort(0))
    assert rebuilt(parts, "before") == markup.clean(before)
    assert rebuilt(parts, "after") == markup.clean(after)


@given(BODIES)
def test_the_blocks_of_a_body_are_the_body(body) -> None:
    assert "".join(markup.blocks(markup.clean(body))) == markup.clean(body)


def parts_of(before: str, after: str, names: Names | None = None) -> tuple[Part, ...]:
    (found,) = compare(content(body=before), content(body=after), names)
    return found.parts


def test_what_stayed_is_folded() -> None:
    long = [f"<p>Paragraf {number} tetap.</p>" for number in range(12)]
    parts = parts_of("".join(long) + "<p>Akhir lama.</p>", "".join(long) + "<p>Akhir baru.</p>")
    assert [(part.what, len(part.passages)) for part in parts] == [("same", 12), ("changed", 1)]
    assert told(parts[1].passages[0].runs) == "Akhir [-lama-]{+baru+}."


def test_a_paragraph_that_moved_is_told_once() -> None:
    parts = parts_of("<p>Satu.</p><p>Dua.</p><p>Tiga.</p>", "<p>Dua.</p><p>Tiga.</p><p>Satu.</p>")
    assert [part.what for part in parts] == ["same", "moved"]
    (moved,) = parts[1].passages
    assert (moved.before.number, moved.after.number) == (1, 3)


def test_as_few_as_can_be_have_moved() -> None:
    old = ["Awal.", "Wali kota.", "Kata warga.", "Bantuan.", "Jalan."]
    new = ["Awal.", "Kata warga.", "Bantuan.", "Jalan.", "Wali kota."]
    parts = parts_of(*("".join(f"<p>{text}</p>" for text in side) for side in (old, new)))
    assert [(part.what, len(part.passages)) for part in parts] == [("same", 4), ("moved", 1)]


@given(st.lists(st.integers(0, 9), max_size=12), st.lists(st.integers(0, 9), max_size=12))
def test_anchors_are_equal_pairs_that_rise_on_both_sides(before, after) -> None:
    sides = [list(map(str, side)) for side in (before, after)]
    chain = anchors(*sides)
    assert all(sides[0][i] == sides[1][j] for i, j in chain)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain))


def test_a_paragraph_is_compared_with_the_one_that_it_became() -> None:
    old = "<p>Wali kota meninjau tanggul.</p><p>Hujan turun sejak pagi.</p>"
    new = "<p>Sama sekali lain isinya.</p><p>Wali kota meninjau tanggul baru.</p>"
    assert [part.what for part in parts_of(old, new)] == ["added", "changed", "removed"]


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("Kata", "<strong>Kata</strong>", (), ("<strong>",)),
        (
            '<a href="/a/">Kata</a>',
            '<a href="/b/">Kata</a>',
            ('<a href="/a/">',),
            ('<a href="/b/">',),
        ),
    ],
)
def test_a_word_that_stayed_tells_how_its_marks_changed(before, after, old, new) -> None:
    (part,) = parts_of(f"<p>{before} ini.</p>", f"<p>{after} ini.</p>")
    runs = part.passages[0].runs
    assert told(runs) == "~Kata~ ini."
    assert (runs[0].before, runs[0].after) == (old, new)


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("Kata", "<strong>Kata</strong>", "bold added"),
        ("<em>Kata</em>", "Kata", "italics removed"),
        ("Kata", '<a href="/b/?x=1&amp;y=2">Kata</a>', "link added: /b/?x=1&y=2"),
        ('<a href="/a/">Kata</a>', '<a href="/b/">Kata</a>', "link changed: /a/ → /b/"),
        ('<a href="/a/"><em>Kata</em></a>', "Kata", "italics removed, link removed: /a/"),
        ("Lain", "<strong>Kata</strong>", "bold added"),
    ],
)
def test_how_marks_changed_is_told_in_words(before, after, note) -> None:
    (part,) = parts_of(f"<p>{before} tetap ada di sini.</p>", f"<p>{after} tetap ada di sini.</p>")
    with translation.override("en"):
        notes = [run.note for run in part.passages[0].runs if run.note]
    assert notes == [note]


def test_pictures_are_told_in_words() -> None:
    names = Names(values={"image": {12: "Kapal", 15: "Pelabuhan"}})
    old, new = (f'<p>A.</p><figure data-image="{pk}"></figure>' for pk in (12, 15))
    with translation.override("en"):
        parts = parts_of(old, new, names)
        gone = parts_of(old, new)
    (passage,) = parts[-1].passages
    assert (passage.what, passage.is_named) == ("changed", True)
    assert (passage.before.words, passage.after.words) == (
        "Picture: #12 Kapal",
        "Picture: #15 Pelabuhan",
    )
    assert gone[-1].passages[0].after.words == "Picture: #15 (no longer there)"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ('<figure data-gallery="12,15">', "Gallery: #12 Kapal, #15 (no longer there)"),
        ('<figure data-embed="youtube:dQw4w9WgXcQ">', "Embedded: youtube:dQw4w9WgXcQ"),
        ('<aside data-articles="7">', "Related articles: #7 Banjir"),
        ('<aside data-box="quote">', "Pulled quotation"),
        ('<aside data-box="peta">', "peta"),
        ('<section data-new="9">', "new: 9"),
        ("<hr>", "Dividing line"),
    ],
)
def test_every_kind_of_block_has_words(tag, words) -> None:
    names = Names(values={"image": {12: "Kapal"}, "article": {7: "Banjir"}})
    with translation.override("en"):
        assert names.element(tag) == words


def test_the_captions_of_a_gallery_are_words_in_it() -> None:
    html = '<figure data-gallery="5,9"><figcaption data-image="5">{}</figcaption></figure>'
    old, new = (block_of(html.format(words), Names().element) for words in ("Kapal", "Perahu"))
    runs = compare_words(old.words, new.words, Effort())
    assert [run.text for run in runs if run.what != "same"] == ["Kapal", "Perahu"]
    assert "#5" in runs[0].text


def test_a_paragraph_that_became_a_heading_says_so() -> None:
    with translation.override("en"):
        (part,) = parts_of("<p>Kata warga</p>", "<h2>Kata warga</h2>")
    (passage,) = part.passages
    assert passage.is_named
    assert (passage.before.words, passage.after.words) == ("Paragraph", "Heading")


def test_what_was_never_cleaned_is_cleaned_first() -> None:
    parts = parts_of("<p>Aman.</p>", '<p>Aman.</p><p onclick="x()">Baru<script>y()</script></p>')
    assert [run.text for run in parts[-1].passages[0].runs] == ["Baru"]
    assert parts[-1].passages[0].after.tag == "<p>"


# Values


def values_of(before: dict[str, Any], after: dict[str, Any], names: Names) -> tuple[str, str]:
    with translation.override("en"):
        (found,) = compare(before, after, names)
    return found.before, found.after


@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        ("section_id", 1, 2, ("Nasional", "#2")),
        ("kind", "news", "opinion", ("News", "opinion")),
        ("headline_derived", True, False, ("yes", "no")),
        ("comments_close_at", None, "2026-03-03T07:05:00+00:00", ("—", "3 March 2026 14.05 WIB")),
        ("sensitivity", {}, {"child": "yes"}, ("—", "child: yes")),
    ],
)
def test_other_fields_are_told_as_values(name, before, after, words) -> None:
    names = Names(values={"section_id": {1: "Nasional"}, "kind": {"news": "News"}})
    assert values_of(content(**{name: before}), content(**{name: after}), names) == words


def test_another_lead_image_is_told_with_its_words() -> None:
    images = [{"id": pk, "caption": f"Kapal {pk}", "credit": "Foto: A", "alt": ""} for pk in (3, 4)]
    before, after = (content(lead_image=image, lead_image_id=image["id"]) for image in images)
    assert values_of(before, after, Names()) == ("#3 Kapal 3 · Foto: A", "#4 Kapal 4 · Foto: A")


def test_of_the_same_lead_image_the_caption_is_compared() -> None:
    images = [{"id": 3, "caption": words, "credit": "", "alt": ""} for words in ("Kapal", "Perahu")]
    (found,) = compare(*(content(lead_image=image, lead_image_id=3) for image in images))
    assert (found.name, told(found.runs)) == ("lead_image.caption", "[-Kapal-]{+Perahu+}")


def test_tags_and_bylines_are_told_one_by_one() -> None:
    line = {"author": 1, "name": "Sri", "role": "writer"}
    names = Names({"tags": "topik"}, {"role": {"writer": "Penulis"}})
    before = content(tags=["Banjir", "Jakarta"], bylines=[line])
    found = compare(before, content(tags=["Banjir", "Bekasi"]), names)
    assert [told(one.runs) for one in found] == [
        "[-Sri (Penulis)-]",
        "Banjir[-Jakarta-]{+Bekasi+}",
    ]
    assert found[1].label == "topik"


def test_a_field_that_is_younger_than_the_revision_was_empty() -> None:
    assert compare(content(), content(seo_title="")) == []
    (found,) = compare(content(), content(seo_title="Baru"))
    assert told(found.runs) == "{+Baru+}"


def test_the_page_is_told_whose_names_it_needs() -> None:
    one = content(section_id=7, body=BLOCKS[7])
    other = content(section_id=8, body=BLOCKS[9])
    found = {"section_id": {7, 8}, "image": {15}, "article": {3, 4}}
    assert mentioned(one, other) == found


# Time


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>sama</p>" * 5_000, "<p>sama</p><p>beda</p>" * 5_000),
        (f"<p>{'a b ' * 20_000}</p>", f"<p>{'b a a ' * 20_000}</p>"),
        ("".join(f"<p>{'a b ' * 300}{n}</p>" for n in range(80)),
         "".join(f"<p>{n} {'b a a ' * 200}</p>" for n in range(80))),
    ],
)  # fmt: skip
def test_a_huge_text_is_compared_by_paragraphs_and_says_so(before, after) -> None:
    start = process_time()
    (found,) = compare(content(body=before), content(body=after))
    assert process_time() - start < 8
    assert found.is_rough
    assert rebuilt(found.parts, "before") == markup.clean(before)
    assert rebuilt(found.parts, "after") == markup.clean(after)


def test_an_ordinary_long_article_is_compared_word_by_word() -> None:
    words = " ".join(f"kata{number} lain{number} itu{number % 9} dan" for number in range(50))
    old = "".join(f"<p>{number} {words} akhir.</p>" for number in range(40))
    (found,) = compare(content(body=old), content(body=old.replace("akhir", "penutup")))
    assert not found.is_rough
    assert all(part.what == "changed" for part in found.parts)


def test_a_block_of_bare_words_is_one_too() -> None:
    assert block_of("kata saja").tag == ""
