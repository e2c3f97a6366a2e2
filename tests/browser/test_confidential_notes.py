"""A reporter keeps a source's name on a phone, by touch, and the browser keeps none of it."""

from playwright.sync_api import Page, expect

from articles.models import ConfidentialNote
from tests import make
from tests.browser_tools import Visitor, said

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
HEADLINE = "Gudang Beras Dibobol"
SECRET = "Bu Ani, kepala gudang"
# All that a browser can keep by itself, and what a field would be filled with again.
KEPT = """async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys(),
  history.state, document.cookie,
])"""
SMALL = """() => [...document.querySelectorAll("#content :is(a, button, textarea, label)")]
  .filter((node) => node.checkVisibility() && !node.matches("label[for=id_text]"))
  .filter((node) => node.getBoundingClientRect().height < 43.9)
  .map((node) => node.outerHTML)"""


def stands(page: Page, title: str) -> None:
    """The page of that title: no sideways scroll, and room for a thumb on all that is tapped."""
    expect(page.locator("#content h1")).to_have_text(said(title))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(SMALL) == []


def tap(person: Visitor, words: str, inside: str = "#content") -> None:
    person.called(said(words), inside).tap()


def open_article(person: Visitor) -> Visitor:
    return person.click(said("articles"), "nav.desk-nav").click(HEADLINE)


def test_a_note_is_written_shared_and_read_by_touch(visitor) -> None:
    reporter, editor = make.user("reporter", name="Rini"), make.user("editor", name="Edi")
    make.draft(reporter, headline=HEADLINE)
    rini = open_article(visitor(**PHONE).go_to_desk(reporter))
    tap(rini, "Confidential notes")
    stands(rini.page, "Confidential notes")
    tap(rini, "Write a confidential note")
    stands(rini.page, "New confidential note")
    rini.page.get_by_role("textbox").tap()
    rini.type(SECRET)
    assert SECRET not in rini.page.evaluate(KEPT)
    tap(rini, "Save")

    stands(rini.page, "Readers of the confidential note")
    rini.page.locator("label", has_text="Edi").tap()
    tap(rini, "Save")
    note = ConfidentialNote.objects.get()
    rini.page.locator(".confidential-notes a").tap()
    expect(rini.page.locator(".confidential-text")).to_have_text(SECRET)
    stands(rini.page, "Confidential note")
    assert SECRET not in rini.page.evaluate(KEPT)
    assert set(note.readers.all()) == {reporter, editor}

    edi = open_article(visitor().go_to_desk(editor)).click(said("Confidential notes"))
    edi.page.locator(".confidential-notes a").click()
    edi.sees(SECRET, ".confidential-text")
    sri = open_article(visitor().go_to_desk(make.user("editor", name="Sri")))
    assert "confidentialnote/" in sri.click(said("Confidential notes")).page.url
    expect(sri.page.locator(".confidential-notes li")).to_have_count(0)
