"""Previews in frames, a shared link, linked articles and an embargo: in a real Chromium."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import content
from articles.content import Values
from articles.models import Article, ArticleLink
from tests import desk, make
from tests.browser_tools import Visitor, said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

HEADLINE = "Tarif Parkir Naik"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_SMALL = """() => [...document.querySelectorAll("#content :is(a, button, select, input)")]
  .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)"""


def open_article(person: Visitor) -> Visitor:
    return person.click(said("articles"), "nav.desk-nav").click(HEADLINE)


def fits_a_thumb(person: Visitor) -> None:
    person.page.wait_for_load_state()  # With its styles, without which nothing has its size.
    assert not person.page.evaluate(WIDER)
    assert person.page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("window", [PHONE, {}], ids=["phone", "desk"])
def test_the_page_is_seen_as_on_a_phone_and_as_on_a_desk(visitor, window) -> None:
    make.draft(headline=HEADLINE)
    editor = open_article(visitor(**window).go_to_desk(make.user("editor")))
    with editor.page.expect_popup() as opened:
        editor.click(said("Preview"))
    page = opened.value
    for size, width in (("360x740", 360), ("1280x800", 1280)):
        inside = page.frame_locator(f"[data-frame='{size}'] iframe")
        expect(inside.locator("h1")).to_have_text(HEADLINE)
        assert inside.locator("html").evaluate("() => innerWidth") == width
    assert not page.evaluate(WIDER)


def test_a_lawyer_reads_it_by_a_link_until_it_is_closed(visitor) -> None:
    make.draft(headline=HEADLINE)
    editor = open_article(visitor(**PHONE).go_to_desk(make.user("editor")))
    editor.click(said("Share a preview"))
    fits_a_thumb(editor)
    editor.click(said("Make a link"))
    fits_a_thumb(editor)
    address = editor.page.locator("#preview-address").input_value()

    lawyer = visitor().follow(address)
    lawyer.sees(HEADLINE, "h1").sees(said("Shown to you alone. Do not pass it on."), ".notice")

    editor.click(said("Close the link")).sees(said("The link is closed."))
    assert lawyer.page.goto(address).status == 410
    lawyer.misses(HEADLINE).sees(said("This preview is closed"))
    lawyer.errors.clear()  # Chromium tells of each 410 in the console.


def test_the_address_is_copied_with_one_tap(visitor) -> None:
    make.draft(headline=HEADLINE)
    editor = visitor(permissions=["clipboard-read", "clipboard-write"])
    open_article(editor.go_to_desk(make.user("editor"))).click(said("Share a preview"))
    editor.click(said("Make a link")).click(said("Copy"))
    editor.sees(said("Copied"))
    copied = editor.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == editor.page.locator("#preview-address").input_value()


@pytest.mark.parametrize("window", [PHONE, {}], ids=["phone", "desk"])
def test_a_correction_is_found_linked_and_shown_both_ways(visitor, window) -> None:
    make.live_article(headline="Ralat Tarif Parkir")
    make.live_article(headline=HEADLINE)
    editor = open_article(visitor(**window).go_to_desk(make.user("editor")))
    editor.click(said("Linked articles"))
    fits_a_thumb(editor)
    editor.field(said("Relation")).select_option(label=said("It has the correction"))
    editor.click(said("Search for it"))
    dialog = editor.page.locator("dialog")
    dialog.get_by_role("searchbox").fill("ralat")
    dialog.get_by_label(re.compile("Ralat Tarif Parkir")).check()
    editor.click(said("Insert"), "dialog").click(said("Set the link"))
    editor.sees("Ralat Tarif Parkir", ".desk-rows")
    fits_a_thumb(editor)

    reader, original = visitor(**window), Article.objects.get(headline=HEADLINE)
    reader.follow(f"{reader.paper}{original.get_absolute_url()}")
    reader.sees(said("Correction"), ".family").click("Ralat Tarif Parkir", ".family")
    reader.sees(said("Original article"), ".family").click(HEADLINE, ".family")
    reader.sees(HEADLINE, "h1")
    assert not reader.page.evaluate(WIDER)

    editor.click(said("Unlink"), ".desk-rows").sees(said("The link is removed."))
    assert not ArticleLink.objects.exists()


def test_a_click_on_publish_says_until_when_the_embargo_holds(visitor) -> None:
    end = timezone.now() + timedelta(days=1)
    article = make.complete(headline=HEADLINE, embargo_until=end)
    editor = open_article(visitor().go_to_desk(make.user("editor")))
    editor.click(said("Publish"))
    editor.sees(timezone.localtime(end).strftime("%H.%M WIB"), ".messagelist .error")
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT
    assert editor.page.url.partition("#")[0].endswith(desk.change(article))


def test_enter_in_a_field_saves_and_publishes_nothing(visitor) -> None:
    article = make.complete(headline=HEADLINE)
    editor = open_article(visitor().go_to_desk(make.user("editor")))
    editor.field(said("kicker")).fill("Laut")
    with editor.page.expect_navigation():
        editor.page.keyboard.press("Enter")
    article.refresh_from_db()
    assert (article.kicker, article.status) == ("Laut", Article.Status.DRAFT)


def test_an_untouched_form_is_not_told_that_somebody_saved(visitor) -> None:
    article = make.complete(headline=HEADLINE)
    content.save(article, Values({"kicker": "Laut"}), article.version, None)
    person = visitor().go_to_desk(make.user("editor"))
    with person.page.expect_response("**/beat/") as beat:
        open_article(person)
    assert beat.value.json()["news"] == []
