"""Pictures at the desk by thumb: sent from a phone, described, cut, replaced."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from articles import pictures
from articles.models import Image
from tests import make, shots
from tests.browser_tools import said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
LIBRARY = "/admin/articles/image/"
# Everything that is meant for a thumb, and how tall it is.
TARGETS = """() => [...document.querySelectorAll(
  ".desk-frame__choices label, .desk-frame button:not([hidden]), .desk-uploads .button,"
  + ".desk-uploads input:not([type=hidden]), .desk-uploads select")]
  .map((target) => [target.className || target.name, target.getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5)"""
EXCESS = "document.scrollingElement.scrollWidth - innerWidth"


@pytest.fixture
def photographer(visitor):
    """A reporter with a phone, logged in."""
    person = visitor(**PHONE)
    person.go_to_desk(make.user("reporter"))
    return person


def stored(size=(1280, 800)) -> Image:
    file = ContentFile(shots.file(shots.scene(size)), "foto.jpg")
    return pictures.store(file, by=None, photographer="Rina")


def test_many_are_uploaded_each_with_its_own_answer(photographer, tmp_path) -> None:
    good, bad = tmp_path / "baik.jpg", tmp_path / "buruk.jpg"
    good.write_bytes(make.jpeg((1280, 800)))
    bad.write_bytes(b"<svg/>")
    photographer.follow(f"{photographer.paper}{LIBRARY}upload/")
    page = photographer.page
    assert page.evaluate(EXCESS) <= 0
    assert page.evaluate(TARGETS) == []
    page.fill("[name=photographer]", "Sari")
    page.set_input_files("[name=files]", [good, bad])
    page.locator(".desk-uploads .button").tap()
    rows = page.locator(".desk-uploads__row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Foto: Sari")
    expect(rows.nth(1).locator(".errornote")).to_contain_text("SVG")
    expect(page.locator("progress")).to_have_count(0)
    assert page.evaluate(EXCESS) <= 0
    rows.nth(0).get_by_role("link").tap()
    page.wait_for_url(f"**{LIBRARY}{Image.objects.get().pk}/change/")
    photographer.errors.clear()  # the browser's own, about the refusal


def test_a_file_that_the_network_lost_is_sent_again(photographer, tmp_path) -> None:
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(make.jpeg((1280, 800)))
    page = photographer.page
    photographer.follow(f"{photographer.paper}{LIBRARY}upload/")
    lost = []

    def lose_once(route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request)
            route.abort()
        else:
            route.continue_()

    page.route("**/send/", lose_once)
    page.set_input_files("[name=files]", photo)
    page.locator(".desk-uploads .button").tap()
    expect(page.locator(".desk-uploads__row a")).to_have_count(1)
    assert len(lost) == Image.objects.count() == 1
    # The browser says that it lost the request; that is what the test is about.
    photographer.errors.clear()


def test_a_tap_says_where_the_focus_is_and_a_drag_cuts(photographer) -> None:
    image = stored()
    page = photographer.page
    form = f"{photographer.paper}{LIBRARY}{image.pk}/change/"
    photographer.follow(form)
    stage = page.locator(".desk-frame__stage")
    expect(page.locator(".desk-frame__previews canvas")).to_have_count(4)
    assert page.evaluate(EXCESS) <= 0
    assert page.evaluate(TARGETS) == []
    stage.scroll_into_view_if_needed()
    area = stage.bounding_box()
    stage.tap(position={"x": area["width"] * 0.8, "y": area["height"] * 0.25})
    page.locator(".desk-frame__choices label").nth(3).tap()  # 1:1
    page.evaluate("document.querySelector('.desk-frame__stage').scrollIntoView()")
    area = stage.bounding_box()
    page.mouse.move(area["x"] + area["width"] * 0.5, area["y"] + area["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.75, area["y"] + area["height"] * 0.6, steps=4)
    page.mouse.up()
    expect(page.locator(".desk-frame__box")).to_be_visible()
    page.locator("[name=_continue]").tap()
    expect(page.locator(".messagelist")).to_be_visible()
    image.refresh_from_db()
    assert image.focus_x == pytest.approx(0.8, abs=0.03)
    assert image.focus_y == pytest.approx(0.25, abs=0.04)
    assert list(image.crops) == ["thumb"]
    left, top, width = image.crops["thumb"]
    assert (left, top) == (pytest.approx(0.5, abs=0.02), pytest.approx(0.2, abs=0.03))
    assert width == pytest.approx(0.25, abs=0.03)
    assert image.is_complete
    # It is shown again as it was saved, and can be taken back.
    page.locator(".desk-frame__choices label").nth(3).tap()
    page.get_by_role("button", name=said("By the focus again")).tap()
    expect(page.locator("[name=crop_thumb]")).to_have_value("")
