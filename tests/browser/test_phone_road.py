"""An article's whole road by thumb, on a phone of 360 × 740: taps and keys, no mouse."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from articles.models import Article
from tests import make, shots
from tests.browser_tools import Visitor, said
from tests.inspection import sideways, too_small

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
CLIPBOARD = ["clipboard-read", "clipboard-write"]
HEADLINE = "Pelabuhan Watulayar Dibuka Kembali"
BODY = "Kapal pertama bersandar pukul 06.10, kata syahbandar."
CREDIT = "Foto: Rini Wulandari"
NOTE = "Sebutkan nama syahbandar."
QUESTIONS = ("may_harm", "involves_child", "sexual_violence", "suicide", "ai_used")
# A press of a mouse button or its way over the page; a tap makes events of a pointer that touches.
MOUSE = """for (const name of ["pointerdown", "pointermove", "wheel"]) {
  addEventListener(name, ({ pointerType }) => {
    if (pointerType !== "touch") console.error(`${name} of a ${pointerType ?? "wheel"}`);
  }, { capture: true, passive: true });
}"""


def test_an_article_goes_from_a_phone_to_the_readers(visitor, tmp_path) -> None:
    make.section("ekonomi", name="Ekonomi")
    make.live_article(tags=["Pelabuhan Watulayar"])
    rini = make.user("reporter", name="Rini Wulandari")
    make.author("Rini Wulandari", user=rini)
    make.author("Bagas Pratama")
    photo = tmp_path / "IMG_2041.jpg"
    photo.write_bytes(shots.held(6))

    reporter = come(visitor(**PHONE), rini)
    write(reporter, photo)
    hand_in(reporter)

    editor = come(visitor(**PHONE, permissions=CLIPBOARD), make.user("editor", name="Teguh"))
    find(editor, "Waits for me")
    send_back(editor)

    go_home(reporter)
    find(reporter, "Returned to me").sees(NOTE)
    mend(reporter)
    hand_in(reporter)

    go_home(editor)
    find(editor, "Waits for me")
    publish(editor)
    share(editor)
    read(visitor(**PHONE))


def tap(person: Visitor, target: Locator | str, inside: str = "body") -> None:
    """Tap what is called that, or what is given: large enough, on a page that is narrow enough."""
    found = person.called(said(target), inside) if isinstance(target, str) else target
    expect(found).to_be_visible()
    assert sideways(person.page) <= 0, person.page.url
    assert too_small(found) == ""
    found.tap()


def follow(person: Visitor, target: Locator | str, inside: str = "body") -> None:
    """Tap what leads to another page, and look whether that one is as narrow as the phone."""
    with person.page.expect_navigation():
        tap(person, target, inside)
    fits(person)


def fits(person: Visitor) -> None:
    person.page.wait_for_load_state()
    assert sideways(person.page) <= 0, person.page.url


def put(person: Visitor, label: str, text: str) -> None:
    """Tap a field and write into it."""
    field = person.field(said(label))
    write_into(person, field, text)
    expect(field).to_have_value(text)


def write_into(person: Visitor, field: Locator, text: str) -> None:
    """Tap and type; again, if nothing arrived.

    After a file chooser or a native list a headless browser's page gets the keys, and inserts
    nothing, until it is tapped once more.
    """
    for _ in range(3):
        tap(person, field)
        expect(field).to_be_focused()
        field.press_sequentially(text)
        if field.input_value():
            return


def choose(person: Visitor, field: Locator, text: str) -> None:
    """Choose from a list that a thumb hits; the phone's own wheel is no part of the page."""
    assert too_small(field) == ""
    field.select_option(text)
    expect(field.locator("option:checked")).to_have_text(text)


def come(person: Visitor, who) -> Visitor:
    """Through log-in to the newsroom, from the foot of the front page."""
    person.page.add_init_script(MOUSE)
    person.page.reload()
    fits(person)
    follow(person, "Log in", "footer")
    put(person, "Email", who.email)
    put(person, "Password", make.PASSWORD)
    follow(person, "Log in", "main")
    follow(person, "To the newsroom")
    return person


def go_home(person: Visitor) -> None:
    follow(person, person.page.locator("#site-name a"))


def find(person: Visitor, name: str) -> Visitor:
    """Open the article from one of the lists on the desk's first page."""
    box = person.page.locator("section").filter(has_text=said(name))
    follow(person, box.get_by_role("link", name=HEADLINE))
    return person.sees(BODY[:20], ".ProseMirror")


def write(reporter: Visitor, photo: Path) -> None:
    """All that the paper asks for, photograph first, as one does who stands at the place."""
    follow(reporter, "articles", "nav.desk-nav")
    follow(reporter, said("Add %(name)s", name=said("article")))
    take_photo(reporter, photo)
    put(reporter, "headline", HEADLINE)
    put(reporter, "standfirst", "Setelah enam pekan, kapal boleh bersandar.")
    tap(reporter, reporter.editor)
    reporter.type(BODY)
    choose(reporter, reporter.field(said("section")), "Ekonomi")
    add_tag(reporter)
    authors = reporter.page.locator("[name=signatures-author]")
    expect(authors.first.locator("option:checked")).to_have_text("Rini Wulandari")
    choose(reporter, authors.nth(1), "Bagas Pratama")
    if not reporter.field(said("dateline city")).is_visible():
        tap(reporter, reporter.page.locator("summary").filter(has_text=said("Dateline")))
    put(reporter, "dateline city", "Watulayar")
    answer(reporter)


def take_photo(reporter: Visitor, photo: Path) -> None:
    """The field for a file opens the phone's camera or its pictures."""
    with reporter.page.expect_file_chooser() as opened:
        tap(reporter, reporter.field(said("upload a picture")))
    opened.value.set_files(photo)
    expect(reporter.page.locator("img.desk-upload")).to_be_visible()
    put(reporter, "caption", "Kapal pertama di dermaga.")
    put(reporter, "credit", CREDIT)
    put(reporter, "description for blind readers", "Sebuah kapal di dermaga")


def add_tag(reporter: Visitor) -> None:
    """The first letters, then the tag that is offered."""
    field = reporter.page.locator("#id_tag_names")
    write_into(reporter, field, "pelab")
    tap(reporter, reporter.page.get_by_role("option", name="Pelabuhan Watulayar"))
    expect(reporter.page.locator(".desk-tags__chips li")).to_have_count(1)


def answer(reporter: Visitor) -> None:
    """“No” to each question that the form asks of what the text may do; some papers ask none."""
    for name in QUESTIONS:
        choices = reporter.page.locator(f"label:has(input[name={name}])")
        if choices.count():
            tap(reporter, choices.last)


def hand_in(reporter: Visitor) -> None:
    follow(reporter, "Hand in to the editors")
    reporter.sees(said("Submitted"), "#desk-where")


def send_back(editor: Visitor) -> None:
    follow(editor, "Return to the writer…")
    put(editor, "What should the writer change?", NOTE)
    follow(editor, "Return to the writer", "#content")
    editor.sees(said("Returned"), "#desk-where")


def mend(reporter: Visitor) -> None:
    tap(reporter, reporter.editor)
    reporter.press("Control+End").type(" Ia bernama Yusuf.")


def publish(editor: Visitor) -> None:
    follow(editor, "Approve")
    editor.sees(said("Ready to publish"), "#desk-where")
    follow(editor, "Publish")
    expect(editor.page.locator("#desk-where .desk-state--live")).to_be_visible()


def share(editor: Visitor) -> None:
    """Both buttons copy: the address, and what is sent along in a messenger."""
    address = editor.paper + Article.objects.get(headline=HEADLINE).get_absolute_url()
    for button, words in (
        ("Copy the address", [address]),
        ("Copy the text for WhatsApp", [HEADLINE, address]),
    ):
        tap(editor, button)
        expect(editor.page.get_by_role("button", name=said("Copied")).first).to_be_visible()
        copied = editor.page.evaluate("() => navigator.clipboard.readText()")
        assert all(word in copied for word in words)


def read(reader: Visitor) -> None:
    """From the front page to the article with its picture, credit, city and names."""
    fits(reader)
    follow(reader, reader.page.get_by_role("link", name=HEADLINE).first)
    reader.sees(HEADLINE, "h1").sees(CREDIT, "figcaption").sees("WATULAYAR", ".text")
    reader.page.get_by_alt_text("Sebuah kapal di dermaga").evaluate("img => img.decode()")
    reader.sees("Bagas Pratama", ".story__byline").sees("Ia bernama Yusuf.", ".text")
    reader.sees("Pelabuhan Watulayar", "nav.tags")
