"""The lead image's own file: sent while somebody goes on writing, whatever the network does."""

import select
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image as Raster
from playwright.sync_api import expect

from articles.models import Article, Image
from tests import desk, make, shots
from tests.background import wait_until
from tests.browser_tools import Visitor, said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

SEND = "**/image/send/"
FILE = b"POST /admin/articles/image/send/"
STALE_TOKEN = """() => {
  const inputs = document.querySelectorAll("[name=csrfmiddlewaretoken]");
  for (const input of inputs) input.value = "x".repeat(64);
}"""
EXCESS = "document.scrollingElement.scrollWidth - innerWidth"


class Line:
    """A line to a port of this machine; of files on their way it can lose the end or the answer."""

    def __init__(self, port: int) -> None:
        self.carries: int | None = None  # How much of a file, in bytes, before it is cut.
        self.is_deaf = False  # Whether it is cut as soon as the file is answered.
        self.cuts = 0
        self._target = port
        self._door = socket.create_server(("localhost", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        Thread(target=self._take, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                here, _address = self._door.accept()
                Thread(target=self._carry, args=[here], daemon=True).start()

    def _carry(self, here: socket.socket) -> None:
        """Both ways, until either side has had enough."""
        there = socket.create_connection(("localhost", self._target))
        ways, left, is_file = {here: there, there: here}, self.carries, False
        with here, there, suppress(OSError):
            while True:
                for side in select.select([here, there], [], [])[0]:
                    if not (data := side.recv(16_384)):
                        return
                    if side is here and data.startswith((b"GET", b"POST")):
                        is_file, left = FILE in data, self.carries
                    if is_file and side is here and left is not None:
                        left -= len(data)
                        if left < 0:
                            self.cuts += 1
                            return
                    if is_file and side is there and self.is_deaf:
                        self.cuts += 1
                        return
                    ways[side].sendall(data)


@pytest.fixture
def line(live_server) -> Iterator[Line]:
    made = Line(live_server.thread.port)
    yield made
    made.close()


def open_by(rini: Visitor, line: Line) -> None:
    """The same form over that line; log-in and cookies know no ports."""
    rini.follow(line.url + desk.ADD)
    fill(rini)


def fill(rini: Visitor) -> None:
    expect(rini.editor).to_be_visible()
    rini.write(said("headline"), "Kapal Tiba")
    rini.field(said("section")).select_option("Nasional")
    rini.rewrite("Naskah pertama.")


@pytest.fixture
def rini(visitor) -> Visitor:
    """At the desk, with a new article before her."""
    someone = visitor().go_to_desk(make.user("reporter", name="Rini Wulandari"))
    make.section()
    someone.follow(someone.paper + desk.ADD)
    fill(someone)
    return someone


@pytest.fixture
def photo(tmp_path) -> Callable[..., str]:
    def take(size: tuple[int, int] = (640, 400), **notes: str) -> str:
        file = tmp_path / f"kapal-{size[0]}.jpg"
        # Noise: a picture that can be packed is sent before anybody can pull a plug.
        data = shots.file(Raster.effect_noise(size, 90).convert("RGB"))
        records = [(120, notes["caption"]), (80, notes["by"])] if notes else []
        file.write_bytes(shots.with_segments(data, shots.iptc(records)) if records else data)
        return str(file)

    return take


def choose(rini: Visitor, file: str) -> None:
    rini.field(said("upload a picture")).set_input_files(file)


def note(rini: Visitor):
    return rini.page.locator("p.desk-upload")


def test_a_line_that_is_cut_half_way_loses_neither_the_file_nor_the_form(rini, line, photo) -> None:
    page, file = rini.page, photo()
    open_by(rini, line)
    line.carries = Path(file).stat().st_size // 2
    choose(rini, file)
    wait_until(lambda: line.cuts)
    rini.context.set_offline(True)
    rini.rewrite("Ditulis tanpa sinyal.")
    expect(note(rini)).to_contain_text(said(LOST))
    expect(page.get_by_role("button", name=said("Send again"))).to_be_visible()
    assert not Image.objects.exists()
    line.carries = None
    rini.context.set_offline(False)
    expect(note(rini)).to_contain_text(said(DONE))
    image = Image.objects.get()
    expect(page.locator("[name=lead_image]:checked")).to_have_value(str(image.pk))
    rini.sees("Ditulis tanpa sinyal.", ".ProseMirror")
    page.fill("[name=upload_credit]", "Foto: Rini Wulandari")
    page.fill("[name=upload_alt]", "Sebuah kapal")
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    article = Article.objects.get()
    assert article.body == "<p>Ditulis tanpa sinyal.</p>"
    assert article.lead_image == Image.objects.get() == image
    image.refresh_from_db()
    assert (image.credit, image.alt) == ("Foto: Rini Wulandari", "Sebuah kapal")
    rini.errors.clear()  # the browser's own, about the network


def test_a_file_whose_answer_is_lost_is_sent_again_and_stored_once(rini, line, photo) -> None:
    open_by(rini, line)
    line.is_deaf = True
    choose(rini, photo())
    wait_until(lambda: line.cuts)
    assert Image.objects.count() == 1
    line.is_deaf = False
    expect(note(rini)).to_contain_text(said(DONE))
    assert Image.objects.count() == 1
    rini.errors.clear()


def test_a_token_that_is_out_of_date_is_renewed_for_the_file(rini, photo) -> None:
    rini.page.evaluate(STALE_TOKEN)
    choose(rini, photo())
    expect(note(rini)).to_contain_text(said(DONE))
    assert Image.objects.count() == 1
    rini.errors.clear()  # the browser's own, about the 403


def test_who_saves_meanwhile_waits_for_the_file(rini, photo) -> None:
    page = rini.page
    page.fill("[name=upload_credit]", "Foto: Rini")
    choose(rini, photo(caption="Dari kamera.", by="Sari"))
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    image = Image.objects.get()
    assert Article.objects.get().lead_image == image
    # What she had typed is better than what the file says.
    assert (image.credit, image.caption) == ("Foto: Rini", "Dari kamera.")


def test_what_the_file_says_stands_in_the_fields_and_leaves_with_it(rini, photo) -> None:
    page, other = rini.page, make.image()
    page.reload()
    fill(rini)
    choose(rini, photo(caption="Dari kamera.", by="Sari"))
    expect(page.locator("[name=upload_caption]")).to_have_value("Dari kamera.")
    expect(page.locator("[name=upload_credit]")).to_have_value(Image.objects.latest("pk").credit)
    page.fill("[name=upload_alt]", "Kapal")
    page.locator(f"[name=lead_image][value='{other.pk}']").check()
    expect(page.locator("[name=upload_caption]")).to_have_value("")
    expect(page.locator("[name=upload_credit]")).to_have_value("")
    expect(page.locator("[name=upload_alt]")).to_have_value("Kapal")


def test_what_is_no_picture_is_refused_in_words_and_the_form_stays(rini, tmp_path) -> None:
    file = tmp_path / "catatan.jpg"
    file.write_bytes(b"<svg/>")
    choose(rini, str(file))
    expect(note(rini)).to_contain_text("catatan.jpg: ")
    expect(note(rini)).to_contain_text("SVG")
    rini.sees("Naskah pertama.", ".ProseMirror")
    expect(rini.page.locator("[name=lead_image]:checked")).to_have_value("")
    # It is not in the way of anything.
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    assert not Image.objects.exists()
    rini.errors.clear()  # the browser's own, about the refusal


def test_who_saves_without_a_lost_file_is_asked_first(rini, photo) -> None:
    page, asked = rini.page, []
    page.route(SEND, lambda route: route.abort())
    choose(rini, photo())
    expect(note(rini)).to_contain_text(said(LOST))

    def answer(dialog) -> None:
        asked.append(dialog.message)
        if len(asked) == 1:
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", answer)
    rini.click(said("Save")).sees("Naskah pertama.", ".ProseMirror")
    assert page.url.endswith(desk.ADD)
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    assert asked == [said(LEFT)] * 2
    assert Article.objects.get().lead_image is None
    rini.errors.clear()


def test_what_was_chosen_while_it_was_on_its_way_stays_chosen(rini, photo) -> None:
    page, other = rini.page, make.image()
    page.reload()
    fill(rini)
    held = []

    def hold(route) -> None:
        held.append(route)

    page.route(SEND, hold)
    choose(rini, photo(caption="Dari kamera.", by="Sari"))
    wait_until(lambda: page.title() and held)  # Routes are told while a page is asked.
    page.locator(f"[name=lead_image][value='{other.pk}']").check()
    held[0].continue_()
    expect(note(rini)).to_contain_text(said(LATE))
    expect(page.locator("[name=lead_image]:checked")).to_have_value(str(other.pk))
    expect(page.locator("[name=upload_caption]")).to_have_value("")
    page.unroute(SEND)
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    assert Article.objects.get().lead_image == other
    assert Image.objects.count() == 2


@pytest.mark.parametrize("status", [400, 403, 413, 415])
def test_what_a_server_before_ours_refuses_is_not_sent_again(rini, photo, status) -> None:
    page, sent = rini.page, []

    def refuse(route) -> None:
        sent.append(route)
        route.fulfill(status=status, content_type="text/html", body="<h1>Refused</h1>")

    page.route(SEND, refuse)
    choose(rini, photo())
    expect(note(rini)).to_contain_text(said(LARGE if status == 413 else REFUSED))
    expect(page.get_by_role("button", name=said("Send again"))).to_be_hidden()
    page.wait_for_timeout(2500)  # the pause before a second try
    # A 403 may be Django's about a token, so it is tried once with a fresh one.
    assert len(sent) == (2 if status == 403 else 1)
    # It is not in the way of anything.
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    rini.errors.clear()


def test_on_a_phone_it_has_room(rini, photo) -> None:
    page = rini.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.route(SEND, lambda route: route.abort())
    choose(rini, photo())
    expect(note(rini)).to_contain_text(said(LOST))
    assert page.evaluate(EXCESS) <= 0
    button = page.get_by_role("button", name=said("Send again"))
    assert button.bounding_box()["height"] >= 43.5
    page.unroute(SEND)
    button.click()
    expect(note(rini)).to_contain_text(said(DONE))
    assert page.evaluate(EXCESS) <= 0
    rini.errors.clear()


LOST = "It did not arrive. The file is kept here, and sent again when it can be."
DONE = "It is the lead image now. Describe it below."
LEFT = "A picture has not arrived yet and will be left behind. Save all the same?"
LATE = "It is among the pictures. You had chosen another lead image, and that one stays."
LARGE = "The file is too large for the server. Choose a smaller one."
REFUSED = "The server refused the file. Reload the page and choose it again, or choose another."
