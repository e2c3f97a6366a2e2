"""What Word, Google Docs and WhatsApp put on the clipboard, pasted in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles import markup
from tests import desk, make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

CLIPS = Path(__file__).parent.parent / "data" / "clips"
PASTE = """([kind, data]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData(kind, data);
  if (kind === "text/html") clipboardData.setData("text/plain", "teks polos");
  const options = { clipboardData, bubbles: true, cancelable: true };
  document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", options));
}"""
KINDS = {".html": "text/html", ".txt": "text/plain"}


def clips() -> list[Path]:
    found = [path for path in sorted(CLIPS.iterdir()) if ".expected" not in path.suffixes]
    for program in ("word", "docs", "whatsapp"):
        assert len([path for path in found if path.name.startswith(f"{program}-")]) >= 5
    return found


@pytest.fixture(scope="module")
def desk_window(chromium) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def open_form(page: Page, root: str) -> list[str]:
    """A new article's form, its editor ready; returns what the console goes on to complain of."""
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.context.clear_cookies()
    page.goto(f"{root}/admin/")
    page.fill("input[name=login]", make.user("reporter").email)
    page.fill("input[type=password]", make.PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_url("**/admin/")
    page.goto(root + desk.ADD)
    expect(page.locator(".prose-menubar [data-name=picture]")).to_be_visible()
    page.locator(".ProseMirror").click()
    return said


def pasted(page: Page, kind: str, data: str) -> str:
    """What would be stored if `data` were pasted over the whole text."""
    page.locator(".ProseMirror").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.evaluate(PASTE, [kind, data])
    return markup.clean(page.input_value("#id_body"))


def test_every_clip_keeps_its_meaning_and_nothing_else(desk_window, live_server, settings) -> None:
    settings.SITE_URL = live_server.url
    said = open_form(desk_window, live_server.url)
    wrong = {}
    for clip in clips():
        expected = clip.with_name(f"{clip.stem}.expected.html").read_text().rstrip("\n")
        assert markup.clean(expected) == expected, f"{clip.name}: what is expected is not canonical"
        found = pasted(desk_window, KINDS[clip.suffix], clip.read_text())
        if found != expected:
            wrong[clip.name] = (found, expected)
    assert wrong == {}
    assert said == []


def test_an_address_amid_words_stays_an_address(desk_window, live_server, settings) -> None:
    settings.SITE_URL = live_server.url
    open_form(desk_window, live_server.url)
    address = "https://youtu.be/dQw4w9WgXcQ"
    assert pasted(desk_window, "text/plain", address) == (
        '<figure data-embed="youtube:dQw4w9WgXcQ"></figure>'
    )
    desk_window.keyboard.press("Control+a")
    desk_window.keyboard.press("Delete")
    desk_window.keyboard.type("Lihat ")
    desk_window.evaluate(PASTE, ["text/plain", address])
    assert "data-embed" not in desk_window.input_value("#id_body")
    assert address in desk_window.input_value("#id_body")
