"""Filters by keyboard, a saved search, another section for many: in a real Chromium."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, SavedSearch
from tests import make
from tests.browser_tools import Visitor, said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WINDOWS = pytest.mark.parametrize("window", [PHONE, {}], ids=["phone", "desk"])
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OURS = ".desk-ask, .desk-asked, .desk-searches, .desk-search, .desk-kept"
THUMBED = "a, button, select, summary, input:not([type=checkbox])"
TOO_SMALL = f"""() => [...document.querySelectorAll("{OURS}")]
  .flatMap((area) => [...area.querySelectorAll("{THUMBED}")])
  .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)"""


@pytest.fixture
def paper() -> None:
    rini = make.author("Rini Lestari")
    make.live_article(headline="Banjir di Kota", bylines=[rini], tags=["Banjir Rob"])
    make.draft(headline="Banjir di Desa", bylines=[rini])
    make.draft(headline="Pasar Baru", bylines=[make.author("Budi")])
    make.section("daerah")


def at_list(visitor, window) -> Visitor:
    editor = visitor(**window).go_to_desk(make.user("editor"))
    return editor.click(said("articles"), "nav.desk-nav")


def fits(person: Visitor) -> None:
    person.page.wait_for_load_state()
    assert not person.page.evaluate(WIDER)
    assert person.page.evaluate(TOO_SMALL) == []


def rows(person: Visitor) -> list[str]:
    person.page.wait_for_load_state()
    return person.page.locator("#result_list .field-title").all_inner_texts()


def choose(person: Visitor, action: str) -> None:
    """Tick all three rows, and run an action on them."""
    boxes = person.page.locator(".action-select")
    expect(boxes).to_have_count(3)
    for box in boxes.all():
        box.check()
    person.page.locator("select[name=action]").first.select_option(action)
    person.page.locator("button[name=index]").first.click()
    expect(person.page.locator("body.desk-step")).to_be_visible()


@WINDOWS
def test_the_list_is_narrowed_by_keyboard_and_widened_by_a_chip(visitor, paper, window) -> None:
    editor = at_list(visitor, window)
    fits(editor)
    editor.tab_to(editor.page.locator("#filter-author")).type("rini")
    offered = editor.page.locator("#filter-author + datalist option")
    expect(offered).to_have_attribute("value", "Rini Lestari")
    editor.type(" lestari").press("Enter")
    editor.sees("Rini Lestari", ".desk-asked")
    assert sorted(rows(editor)) == ["Banjir di Desa", "Banjir di Kota"]
    editor.tab_to(editor.page.locator("#filter-tag")).type("banjir-rob").press("Enter")
    editor.sees("Banjir Rob", ".desk-asked")
    assert rows(editor) == ["Banjir di Kota"]
    fits(editor)
    editor.tab_to(editor.page.locator(".desk-asked a", has_text="Rini")).press("Enter")
    editor.page.wait_for_url(lambda address: "author" not in address)
    assert rows(editor) == ["Banjir di Kota"]
    assert "tag=banjir-rob" in editor.page.url


@WINDOWS
def test_days_are_chosen_by_period_and_by_day(visitor, paper, window) -> None:
    editor = at_list(visitor, window)
    editor.page.locator("#filter-when").select_option("today")
    editor.click(said("Filter"), ".desk-ask").sees(said("Today"), ".desk-asked")
    assert "Banjir di Desa" in rows(editor)
    editor.page.locator("#filter-when").select_option("")
    editor.page.locator("#filter-since").fill(f"{timezone.localdate()}")
    editor.page.locator("#filter-until").fill("2026-01-01")
    editor.click(said("Filter"), ".desk-ask")
    editor.sees(said("The last day lies before the first."), ".desk-problems")
    fits(editor)


@WINDOWS
def test_a_search_is_saved_opened_and_put_away(visitor, paper, window) -> None:
    editor = at_list(visitor, window)
    editor.page.locator("#filter-tag").fill("Banjir Rob")
    editor.press("Enter")
    summary = editor.page.locator(".desk-asked summary")
    editor.tab_to(summary).press("Enter")
    editor.page.locator("#search-name").fill("Banjir rob")
    fits(editor)
    editor.page.locator("#search-is_shared").check()
    editor.click(said("Save this search"), ".desk-asked form")
    editor.sees(said("The search “%(name)s” is saved.", name="Banjir rob"))
    assert SavedSearch.objects.get().query == "tag=Banjir+Rob"

    other = at_list(visitor, window)
    other.page.locator(".desk-searches a").first.click()
    other.sees("Banjir Rob", ".desk-asked")
    assert rows(other) == ["Banjir di Kota"]
    fits(other)

    editor.click(said("Put in order…"))
    fits(editor)
    editor.page.locator(".desk-kept .button").click()
    fits(editor)
    editor.click(said("Remove this search")).sees(said("None."), ".desk-kept")
    assert not SavedSearch.objects.exists()


@WINDOWS
def test_what_is_ticked_is_moved_and_tagged(visitor, paper, window) -> None:
    editor = at_list(visitor, window)
    choose(editor, "move_articles")
    fits(editor)
    editor.field(said("section")).select_option(label="Daerah")
    editor.click(said("Move to another section…").removesuffix("…"), "form")
    editor.sees("3", ".messagelist .success")
    assert set(Article.objects.filter(status="draft").values_list("section__slug", flat=True)) == {
        "daerah"
    }

    choose(editor, "retag_articles")
    editor.page.locator("#id_add_tags[role=combobox]").click()
    editor.type("pasar,").sees("pasar", ".desk-tags__chips")
    fits(editor)
    editor.click(said("Add or remove tags…").removesuffix("…"), "form")
    editor.sees("3", ".messagelist .success")
    assert Article.objects.filter(tags__name="pasar").count() == 2
