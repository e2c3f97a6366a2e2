"""An editor compares two texts and restores one, on a phone and by keyboard; a draft comes back."""

import pytest
from playwright.sync_api import expect

from articles import content
from articles.content import Values
from articles.models import Article
from tests import make
from tests.browser_tools import Visitor, said

pytestmark = pytest.mark.once

OLD, NEW = "Tarif Parkir Naik", "Tarif Parkir Turun"
BIN = "/admin/articles/article/bin/"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
# How far the page reaches beyond the window, and which targets are too small for a thumb.
EXCESS = "document.scrollingElement.scrollWidth - innerWidth"
SMALL = """() => [...document.querySelectorAll(
  "#content :is(a.button, button, summary, label:has(input), input[type=datetime-local])")]
  .filter((each) => each.offsetHeight > 0 && each.offsetHeight < 44)
  .map((each) => each.textContent.trim())"""


@pytest.fixture
def article(transactional_db) -> Article:
    """A draft with two texts."""
    body = "<p>Pembuka tetap.</p><p>Tarif menjadi Rp2.000.</p>"
    draft = make.draft(headline=OLD, body=body)
    values = Values({"headline": NEW, "body": body.replace("Rp2.000", "Rp1.000")})
    return content.save(draft, values, 0, make.user("editor", name="Sri"), note="Harga dicek")


def fits(person: Visitor) -> Visitor:
    assert person.page.evaluate(EXCESS) <= 0
    assert person.page.evaluate(SMALL) == []
    return person


def open_history(person: Visitor) -> Visitor:
    person.click(said("articles"), "nav.desk-nav").click(NEW)
    return person.click(said("History"), "#content .object-tools")


def test_on_a_phone_two_texts_are_compared_and_one_is_restored(visitor, article) -> None:
    editor = visitor(**PHONE).go_to_desk(make.user("editor"))
    fits(open_history(editor)).sees("Harga dicek")
    fits(editor.click(said("Compare")))
    marked = editor.page.locator(".compare")
    expect(marked.locator("del").first).to_contain_text("Naik")
    expect(marked.locator("ins").first).to_contain_text("Turun")
    # The old text stands above the new one here, and not beside it.
    old, new = (marked.locator(".compare__side").nth(at).bounding_box() for at in (0, 1))
    assert new["y"] >= old["y"] + old["height"]

    editor.click(said("Choose two others"))
    editor.page.locator(".versions__restore").last.click()
    fits(editor).sees("Naik", ".compare ins")
    editor.click(said("Restore %(revision)s", revision="#1")).sees("#1", ".messagelist .success")
    stored = Article.objects.get()
    assert stored.headline == OLD
    assert [one.number for one in stored.revisions.all()] == [3, 2, 1]


def test_the_same_by_keyboard_alone(visitor, article) -> None:
    editor = visitor().go_to_desk(make.user("editor"))
    open_history(editor)
    page = editor.page
    editor.tab_to(page.locator("input[name=from][value='1']")).press("ArrowUp")
    expect(page.locator("input[name=from][value='2']")).to_be_checked()
    editor.press("ArrowDown")
    expect(page.locator("input[name=from][value='1']")).to_be_checked()
    editor.tab_to(page.get_by_role("button", name=said("Compare"))).press("Enter")
    expect(page.locator(".compare__side").nth(1)).to_contain_text("Turun")
    left, right = (page.locator(".compare__side").nth(at).bounding_box() for at in (0, 1))
    assert left["y"] == right["y"]
    same = page.locator(".compare__same summary")
    editor.tab_to(same).press("Enter")
    expect(page.locator(".compare__same")).to_contain_text("Pembuka tetap.")

    page.go_back()
    editor.tab_to(page.locator(".versions__restore").last).press("Enter")
    page.wait_for_url("**/restore/")
    restore = said("Restore %(revision)s", revision="#1")
    editor.tab_to(page.get_by_role("button", name=restore)).press("Enter")
    editor.sees("#1", ".messagelist .success")
    assert Article.objects.get().headline == OLD


def test_on_a_phone_a_draft_goes_into_the_bin_and_comes_back(visitor, article) -> None:
    editor = visitor(**PHONE).go_to_desk(make.user("editor"))
    editor.click(said("articles"), "nav.desk-nav").click(NEW)
    fits(editor.click(said("Throw into the bin…")))
    editor.write(said("Why? (may stay empty)"), "Dobel")
    editor.click(said("Throw into the bin")).sees(NEW, ".messagelist .success")
    assert Article.objects.get().deleted_at
    editor.page.locator(f"a[href='{BIN}']").click()
    fits(editor).sees("Dobel").page.get_by_label(NEW).check()
    editor.click(said("Bring back what is ticked")).sees(NEW, "#content")
    assert Article.objects.get().deleted_at is None
