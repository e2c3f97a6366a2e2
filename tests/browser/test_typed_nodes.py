"""The editor loses nothing of what a body may hold, and takes in pictures that are dropped."""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Page, Route, expect

from articles import markup
from articles.models import Image
from tests import desk, make
from tests.documents import bodies

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

DROP = """([names, kind]) => {
  const dataTransfer = new DataTransfer();
  for (const [name, base64] of names) {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
  }
  const editor = document.querySelector(".ProseMirror");
  const { left, top } = editor.querySelector("p").getBoundingClientRect();
  const options = { bubbles: true, cancelable: true, clientX: left + 9, clientY: top + 9 };
  editor.dispatchEvent(
    kind === "drop"
      ? new DragEvent("drop", { ...options, dataTransfer })
      : new ClipboardEvent("paste", { ...options, clipboardData: dataTransfer }),
  );
}"""
ROUND = """(html) => {
  const { editor } = document.querySelector(".ProseMirror");
  editor.commands.setContent(html);
  return editor.getHTML();
}"""

# The editor's own command sets the focus a moment later, when the test types already.
AT_START = """() => {
  const { editor } = document.querySelector(".ProseMirror");
  editor.commands.setTextSelection(1);
  editor.view.focus();
}"""


@pytest.fixture
def page(chromium, live_server, settings) -> Iterator[Page]:
    settings.SITE_URL = live_server.url
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if "policy" in m.text.lower() else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


def log_in(page: Page, *roles: str) -> None:
    page.goto("/admin/")
    page.fill("input[name=login]", make.user(*roles).email)
    page.fill("input[type=password]", make.PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_url("**/admin/")


def edit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".prose-menubar [data-name=picture]")).to_be_visible()


def jpeg() -> str:
    return b64encode(make.jpeg((640, 480))).decode()


def test_each_kind_of_node_is_saved_as_it_was_opened(page) -> None:
    one, two, other = make.image(), make.image(), make.live_article()
    body = markup.clean(
        '<p>Awal <a href="https://contoh.example/" rel="sponsored">tautan</a> <b>tebal</b>.</p>'
        "<h2>Sub</h2><h3>Anak sub</h3><ul><li>a<ol><li>b</li></ol></li></ul>"
        "<blockquote><p>Kutip</p></blockquote>"
        '<aside data-box="quote"><p>Petikan <em>besar</em></p><p>Sumber</p></aside>'
        '<aside data-box="info"><h3>Angka</h3><ul><li>satu</li></ul><p>dua</p></aside>'
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table><hr>"
        f'<figure data-image="{one.pk}"></figure>'
        f'<figure data-gallery="{two.pk},{one.pk}">'
        f'<figcaption data-image="{one.pk}">Dermaga &amp; kapal &lt; 5</figcaption></figure>'
        '<figure data-embed="youtube:dQw4w9WgXcQ"></figure>'
        f'<aside data-articles="{other.pk}"></aside><p>Akhir</p>'
    )
    article = make.draft(body=body)
    log_in(page, "editor")
    edit(page, desk.change(article))
    expect(page.locator(".desk-gallery img")).to_have_count(2)
    page.evaluate(AT_START)
    page.keyboard.type("X")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/change/")
    expect(page.locator(".messagelist")).to_be_visible()
    article.refresh_from_db()
    assert article.body == body.replace("<p>Awal", "<p>XAwal")


def test_no_generated_body_changes_in_the_editor(page) -> None:
    log_in(page, "reporter")
    page.route("**/pick/**", answer_nothing)
    page.route("**/thumb/**", answer_nothing)
    edit(page, desk.ADD)

    @hypothesis_settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
    @given(bodies)
    def opens_and_saves(body: str) -> None:
        assert markup.clean(page.evaluate(ROUND, body)) == body

    opens_and_saves()


def answer_nothing(route: Route) -> None:
    route.fulfill(status=200, content_type="application/json", body='{"results": []}')


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_pictures_that_are_dropped_or_pasted_stand_in_the_text(page, kind: str) -> None:
    log_in(page, "reporter")
    edit(page, desk.ADD)
    page.locator(".ProseMirror").click()
    page.keyboard.type("Satu")
    page.evaluate(DROP, [[["a.jpg", jpeg()], ["b.jpg", jpeg()]], kind])
    expect(page.locator("figure.desk-reference--picture")).to_have_count(2)
    page.keyboard.type(" dua")
    found = Image.objects.order_by("pk").values_list("pk", flat=True)
    assert page.input_value("#id_body").startswith("<p>Satu dua</p><figure data-image=")
    assert [*markup.references(markup.clean(page.input_value("#id_body"))).images] == [*found]


def test_a_file_that_did_not_arrive_is_kept_and_sent_again(page) -> None:
    log_in(page, "reporter")
    edit(page, desk.ADD)
    page.locator(".ProseMirror").click()
    page.keyboard.type("Satu")
    page.route("**/send/", lambda route: route.abort())
    page.evaluate(DROP, [[["a.jpg", jpeg()]], "paste"])
    again = page.locator(".ProseMirror .desk-reference button").first
    expect(again).to_be_visible(timeout=20_000)  # after three attempts
    page.unroute("**/send/")
    again.click()
    expect(page.locator("figure.desk-reference--picture")).to_have_count(1)
    assert Image.objects.count() == 1


def test_what_is_no_picture_is_refused_in_words(page) -> None:
    log_in(page, "reporter")
    edit(page, desk.ADD)
    page.locator(".ProseMirror").click()
    page.evaluate(DROP, [[["catatan.jpg", "aGFsbw=="]], "paste"])
    note = page.locator(".ProseMirror .desk-reference")
    expect(note).to_contain_text("catatan.jpg: ")
    note.locator("button").last.click()
    expect(note).to_have_count(0)
    assert Image.objects.count() == 0


def test_a_gallery_is_made_put_in_order_and_captioned(page) -> None:
    one, two = make.image(caption="Satu"), make.image(caption="Dua")
    log_in(page, "reporter")
    edit(page, desk.ADD)
    page.locator(".ProseMirror").click()
    page.click("[data-name=gallery]")
    for caption in ("Satu", "Dua"):
        page.locator(".desk-pick__results label", has_text=caption).click()
    page.click(".desk-dialog [type=submit]")
    page.click(".desk-reference--gallery button")
    page.locator(".desk-arrange li").last.locator("button").first.click()
    page.locator(".desk-arrange input").first.fill("  Dermaga  <baru> ")
    page.click(".desk-dialog [type=submit]")
    assert markup.clean(page.input_value("#id_body")) == (
        f'<figure data-gallery="{two.pk},{one.pk}">'
        f'<figcaption data-image="{two.pk}">Dermaga &lt;baru&gt;</figcaption></figure>'
    )


def test_boxes_are_made_with_their_buttons(page) -> None:
    log_in(page, "reporter")
    edit(page, desk.ADD)
    page.locator(".ProseMirror").click()
    page.click("[data-name=infoBox]")
    page.keyboard.type("Angka")
    page.keyboard.press("Enter")
    page.keyboard.type("12 kapal")
    for _ in range(2):
        page.keyboard.press("Enter")
    page.keyboard.type("Kutipan")
    page.click("[data-name=pullQuote]")
    assert markup.clean(page.input_value("#id_body")) == (
        '<aside data-box="info"><h2>Angka</h2><p>12 kapal</p></aside>'
        '<aside data-box="quote"><p>Kutipan</p></aside>'
    )


def test_a_player_comes_with_the_tap_and_not_before(page) -> None:
    asked: list[str] = []

    def answer(route: Route) -> Any:
        asked.append(route.request.url)
        return route.fulfill(status=200, content_type="text/html", body="<p>pemutar</p>")

    page.route(lambda url: "localhost" not in url and "127.0.0.1" not in url, answer)
    article = make.live_article(body='<p>a</p><figure data-embed="youtube:dQw4w9WgXcQ"></figure>')
    page.goto(article.get_absolute_url())
    box = page.locator(".embed")
    before = box.bounding_box()
    assert asked == []
    box.locator("button").click()
    expect(page.frame_locator(".embed iframe").locator("p")).to_have_text("pemutar")
    assert asked == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
    assert json.dumps(box.bounding_box()) == json.dumps(before)
