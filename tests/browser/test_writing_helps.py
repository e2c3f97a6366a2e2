"""What helps while one writes: tags by key and thumb, hints on style, cards, and a light form."""

from collections.abc import Callable, Iterator

import brotli
import pytest
from playwright.sync_api import Browser, Page, expect

from tests import desk, make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
# Bytes over the line, for somebody who opens the form for the first time.
FIRST_LOAD = 450_000
LOADED = """performance.getEntriesByType("resource").map(({ name }) => name)"""


@pytest.fixture
def open_form(chromium: Browser, live_server, settings) -> Iterator[Callable[..., Page]]:
    """Logs a reporter in and opens a form; no page may complain of anything."""
    settings.SITE_URL = live_server.url
    said: list[str] = []
    pages: list[Page] = []

    def bring(path: str, person, **window) -> Page:
        page = chromium.new_page(**window, base_url=live_server.url)
        pages.append(page)
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto("/admin/")
        page.fill("input[name=login]", person.email)
        page.fill("input[type=password]", make.PASSWORD)
        page.press("input[type=password]", "Enter")
        page.wait_for_url("**/admin/")
        page.goto(path)
        expect(page.locator(".prose-menubar [data-name=picture]")).to_be_visible()
        return page

    yield bring
    for page in pages:
        page.close()
    assert said == []


def sent(page: Page) -> str:
    return page.input_value("[name=tag_names]")


def test_tags_are_chosen_with_the_keyboard(open_form) -> None:
    for tags in (["Banjir Rob"], ["Banjir"], ["Banjir"]):
        make.draft(tags=tags)
    page = open_form(desk.ADD, make.user("reporter"), **DESKTOP)
    box = page.locator("#id_tag_names")
    box.click()
    page.keyboard.type("ban")
    options = page.locator(".desk-tags [role=option]")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert [text.split()[0] for text in options.all_inner_texts()] == ["Banjir", "Banjir"]
    assert "2" in options.first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-tags__chips li")).to_have_text(["Banjir Rob✕"])
    assert sent(page) == "Banjir Rob"
    page.keyboard.type("Tarakan")
    assert sent(page) == "Banjir Rob, Tarakan"  # typed, not chosen yet, and not lost
    page.keyboard.press("Backspace")
    page.keyboard.type("n, Mamuju, ")
    expect(page.locator(".desk-tags__chips li")).to_have_count(3)
    box.press("Backspace")
    expect(page.locator(".desk-tags__chips li")).to_have_count(2)
    assert page.url.endswith(desk.ADD)


def test_a_variant_gives_the_tag_that_there_is(open_form) -> None:
    make.draft(tags=["Covid-19"])
    page = open_form(desk.ADD, make.user("reporter"), **DESKTOP)
    page.locator("#id_tag_names").click()
    page.keyboard.type("covid 19")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-tags__chips li")).to_have_text(["Covid-19✕"])
    assert sent(page) == "Covid-19"


def test_tags_are_chosen_and_taken_out_with_a_thumb(open_form) -> None:
    reporter = make.user("reporter")
    article = make.draft(by=reporter, tags=["Banjir Rob", "Nama, dengan koma"])
    page = open_form(desk.change(article), reporter, **PHONE)
    chips = page.locator(".desk-tags__chips button")
    expect(chips).to_have_count(2)
    assert sent(page) == 'Banjir Rob, "Nama, dengan koma"'
    for chip in chips.all():
        box = chip.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44
    chips.first.tap()
    expect(chips).to_have_count(1)
    page.locator("#id_tag_names").tap()
    page.keyboard.type("banjir")
    option = page.locator(".desk-tags [role=option]").first
    expect(option).to_be_visible()
    place = option.bounding_box()
    assert place
    assert place["height"] >= 44
    option.tap()
    assert sent(page) == '"Nama, dengan koma", Banjir Rob'
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hints_come_while_one_types_and_lead_to_their_place(open_form) -> None:
    page = open_form(desk.ADD, make.user("reporter"), **DESKTOP)
    page.fill("[name=headline]", "12 Kapal Bersandar")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Praktek pada Senin (29/11/2026) dan resiko.")
    hints = page.locator(".desk-hints button")
    expect(hints).to_have_count(4)
    expect(hints.nth(2)).to_contain_text("Minggu")
    hints.nth(3).click()
    page.wait_for_function("() => String(getSelection()) === 'resiko'")
    page.keyboard.type("risiko")
    expect(hints).to_have_count(3)
    assert "dan risiko." in page.input_value("#id_body")


def test_the_cards_follow_what_is_typed(open_form) -> None:
    make.section("daerah")
    page = open_form(desk.ADD, make.user("reporter"), **DESKTOP)
    page.locator("[data-cards] summary").click()
    page.fill("[name=headline]", "Pelabuhan Dibuka Kembali")
    page.select_option("[name=section]", label="Daerah")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Kapal boleh bersandar mulai Senin.")
    google = page.locator(".desk-card--google")
    expect(google).to_contain_text("Daerah › pelabuhan-dibuka-kembali")
    expect(google).to_contain_text("Kapal boleh bersandar mulai Senin.")
    expect(page.locator(".desk-card--x")).to_contain_text("Pelabuhan Dibuka Kembali")
    expect(page.locator(".field-headline .desk-count")).to_have_text("24/110")


def test_the_first_load_of_the_form_is_light(open_form) -> None:
    reporter = make.user("reporter")
    article = make.draft(by=reporter, body="<p>Satu kalimat.</p>" * 60)
    page = open_form(desk.change(article), reporter, **DESKTOP)
    page.wait_for_load_state("networkidle")
    addresses = {page.url, *page.evaluate(LOADED)}
    weight = {address: packed(page, address) for address in addresses}
    assert any("editor.js" in address for address in weight)
    assert not any("xregexp" in address for address in weight)
    heaviest = sorted(weight.items(), key=lambda one: -one[1])
    assert sum(weight.values()) <= FIRST_LOAD, heaviest[:9]


def packed(page: Page, address: str) -> int:
    """How large it is as a paper's server sends it: fonts as they are, all else by brotli."""
    body = page.request.get(address).body()
    return len(body) if address.endswith(".woff2") else len(brotli.compress(body, quality=11))
