"""A picture's copies: one at once, the rest by the worker, and what is shown meanwhile."""

from datetime import date

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.tasks import TaskResultStatus
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image as Raster
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from articles import copies, pictures, renditions, tasks, workflow
from articles.models import Image, Outbox
from articles.pagecache import current
from articles.pagecache.mapped_clock import MappedClock
from newsroom.door import with_page_cache
from tests import background, make, shots
from tests.articles.pagecache.toy import ask
from tests.browser_tools import said

pytestmark = pytest.mark.django_db

NOBODY = {
    "default": {
        "BACKEND": "django.tasks.backends.dummy.DummyBackend",
        "QUEUES": ["default", "mail"],
    }
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path, monkeypatch):
    """Stores of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    private = FileSystemStorage(tmp_path / "originals")
    monkeypatch.setattr(Image._meta.get_field("original"), "storage", private)
    return tmp_path / "media"


@pytest.fixture
def no_worker(settings) -> None:
    """Tasks are taken, and nobody does them."""
    settings.TASKS = NOBODY


@pytest.fixture
def queue(settings) -> None:
    settings.TASKS = background.QUEUE


def store(size: tuple[int, int] = (800, 533), **facts) -> Image:
    file = SimpleUploadedFile("foto.jpg", shots.file(shots.scene(size)))
    return pictures.store(file, by=None, **{"photographer": "Rina"} | facts)


def public_files(media) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def work() -> None:
    """What a worker does with the tasks that wait."""
    for asked in DBTaskResult.objects.ready().values_list("args_kwargs", flat=True):
        copies.make_copies.call(*asked["args"])


def noise() -> bytes:
    grains = [Raster.effect_noise((2400, 1600), 150) for _ in range(3)]
    return shots.file(Raster.merge("RGB", grains), quality=92)


# At once


def test_an_upload_makes_one_jpeg_and_no_more(no_worker, media) -> None:
    image = store((1600, 1067))
    assert public_files(media) == [f"{image.token}/first-1280-1.jpg"]
    with default_storage.open(f"{image.token}/first-1280-1.jpg") as file:
        assert Raster.open(file).size == (1280, 854)


def test_the_first_copy_of_a_small_picture_is_not_enlarged(no_worker, media) -> None:
    image = store((640, 480))
    assert public_files(media) == [f"{image.token}/first-640-1.jpg"]


def test_even_the_first_copy_is_one_that_messengers_take(no_worker) -> None:
    image = pictures.store(SimpleUploadedFile("foto.jpg", noise()), by=None)
    assert default_storage.size(f"{image.token}/first-1280-1.jpg") <= 300_000


def test_with_the_worker_stopped_the_picture_is_shown_everywhere(no_worker, media, client) -> None:
    image = store(nature="archive")
    body = f'<figure data-image="{image.pk}"></figure><p>Isi.</p>'
    article = make.live_article(lead_image_id=image.pk, body=body)
    before = public_files(media)
    address = f"/media/{image.token}/first-800-1.jpg"
    page = client.get(article.get_absolute_url()).text
    assert page.count(f'<img src="{address}"') == 2
    assert f'<meta property="og:image" content="http://testserver{address}"' in page
    assert "og:image:width" not in page  # which is that of the copy for messengers
    for path in ("/", article.section.get_absolute_url()):
        assert f'src="{address}"' in client.get(path).text
    assert address in client.get("/feed/").text
    client.force_login(make.user("editor"))
    assert f'src="{address}"' in client.get("/admin/articles/image/").text
    assert client.get(f"/admin/articles/image/{image.pk}/thumb/").headers["Location"] == address
    answer = client.get(address)
    assert answer.status_code == 200
    answer.close()
    assert public_files(media) == before


# The rest


def test_the_worker_makes_the_rest_and_announces_the_picture(queue, media) -> None:
    image = store()
    before = Outbox.objects.count()
    work()
    image.refresh_from_db()
    assert image.is_complete
    assert image.ready == renditions.plan((800, 533))
    made = sum(len(widths) for formats in image.ready.values() for widths in formats.values())
    assert len(public_files(media)) == made + 1  # and the first, which open pages still show
    assert Outbox.objects.count() > before
    assert {"tags": [f"image:{image.pk}"]} in Outbox.objects.values_list("payload", flat=True)


def test_no_get_makes_a_file_when_all_are_there(media, client) -> None:
    image = store()
    article = make.live_article(lead_image_id=image.pk)
    before = public_files(media)
    page = client.get(article.get_absolute_url()).text
    assert '<source type="image/avif"' in page
    for path in ("/", "/feed/", f"/media/{image.token}/lead-333-2.jpg"):
        client.get(path)
    assert public_files(media) == before


def test_what_was_changed_while_copies_were_made_gets_copies_of_its_own(queue, media) -> None:
    image = store()
    stale = Image.objects.get(pk=image.pk)
    pictures.update(image, by=None, focus_x=0.9)
    copies.complete(stale)
    assert not Image.objects.get(pk=image.pk).is_complete
    assert public_files(media) == [f"{image.token}/first-800-1.jpg"]
    work()
    assert Image.objects.get(pk=image.pk).revision == 3


def test_copies_of_a_file_that_was_replaced_meanwhile_are_never_shown(queue, media) -> None:
    image = store()
    stale = Image.objects.get(pk=image.pk)
    file = SimpleUploadedFile("baru.jpg", shots.file(shots.scene((700, 700))))
    saved = pictures.replace(image, file, by=None)
    copies.complete(stale)
    assert [name for name in public_files(media) if "-2." in name] == []
    assert Image.objects.get(pk=image.pk).ready == saved.ready


def test_what_has_lost_its_original_keeps_the_copies_it_has(queue, media, caplog) -> None:
    image = store()
    image.original.storage.delete(image.original.name)
    work()
    image.refresh_from_db()
    assert image.is_complete  # nobody tries again
    assert list(image.ready) == ["first"]
    assert "can't be made" in caplog.text


def test_a_task_for_what_is_there_already_does_nothing(media) -> None:
    image, before = store(), Outbox.objects.count()
    copies.make_copies.call(image.pk)
    copies.make_copies.call(image.pk + 1)
    assert Outbox.objects.count() == before


def test_the_sweep_orders_what_nobody_is_about_to_make(queue) -> None:
    waiting, lost = store(), store()
    DBTaskResult.objects.filter(args_kwargs__args=[lost.pk]).delete()
    assert tasks.sweep_pictures() == 1
    ordered = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    assert sorted(asked["args"][0] for asked in ordered) == [waiting.pk, lost.pk]
    assert tasks.sweep_pictures() == 0


def test_the_sweep_leaves_alone_what_has_failed_for_good(queue) -> None:
    store()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert tasks.sweep_pictures() == 0


# What readers get


@pytest.fixture
def stack(tmp_path, monkeypatch, settings):
    """The whole paper behind its page cache."""
    mapped = MappedClock(tmp_path / "page-clock")
    monkeypatch.setattr(current, "clock", lambda: mapped)
    settings.PAGE_CACHE = True
    return with_page_cache(WSGIHandler(), clock=mapped, begin=lambda: None)


@pytest.mark.django_db(transaction=True)
def test_a_replaced_file_is_on_every_page_at_once(queue, stack, media) -> None:
    image = store(caption="Kapal di dermaga", alt="Sebuah kapal")
    call_command("worker", once=True)
    editor = make.user("editor")
    article = workflow.publish(make.complete(lead_image_id=image.pk), editor)
    paths = [article.get_absolute_url(), "/", article.section.get_absolute_url(), "/feed/"]
    old = set(public_files(media))
    for path in paths:
        ask(stack, path)
        assert ask(stack, path).story == "hit"
    client = Client()
    client.force_login(editor)
    form = f"/admin/articles/image/{image.pk}/change/"
    file = SimpleUploadedFile("baru.jpg", shots.file(shots.scene((900, 900))))
    answer = client.post(form, typed(image, another=file))
    assert answer.status_code == 302
    for path in paths:
        reply = ask(stack, path)
        assert reply.story.startswith("fwd=miss"), path
        assert f"{image.token}/first-900-3.jpg" in reply.body.decode(), path
    assert old & set(public_files(media)) == set()
    call_command("worker", once=True)
    assert f"{image.token}/lead-640-4.avif" in ask(stack, paths[0]).body.decode()


def typed(image: Image, **changes) -> dict[str, object]:
    """All fields of the picture's form as they stand, with `changes`."""
    names = ("caption", "alt", "photographer", "source", "nature", "licence", "focus_x", "focus_y")
    return {name: getattr(image, name) for name in names} | changes


# What must be said of a picture


@pytest.mark.parametrize(
    ("facts", "on_page", "on_card"),
    [
        ({"nature": "ai_made"}, "Image made with AI", "Image made with AI"),
        ({"nature": "ai_edited"}, "Image edited with AI", "Image edited with AI"),
        ({"nature": "illustration"}, "Illustration", "Illustration"),
        ({"nature": "archive"}, "Archive picture", "Archive picture"),
    ],
)
def test_how_a_picture_came_to_be_is_said_wherever_it_is_shown(
    facts, on_page, on_card, client
) -> None:
    image = store((640, 480), **facts)
    article = make.live_article(lead_image_id=image.pk)
    page = HTMLParser(client.get(article.get_absolute_url()).text)
    assert page.css_first("figcaption .nature").text() == said(on_page)
    for path in ("/", article.section.get_absolute_url()):
        card = HTMLParser(client.get(path).text).css_first(".card .nature")
        assert card.text() == said(on_card)
    assert f">{said(on_page)}</media:description>" in client.get("/feed/").text


def test_an_archive_picture_tells_its_day(client) -> None:
    image = store((640, 480), nature="archive", taken_on=date(2019, 5, 12))
    article = make.live_article(lead_image_id=image.pk)
    page = HTMLParser(client.get(article.get_absolute_url()).text)
    assert page.css_first("figcaption .nature").text().endswith(", 12 Mei 2019")


def test_a_photograph_is_called_nothing(client) -> None:
    article = make.live_article(lead_image_id=store((640, 480)).pk)
    assert 'class="nature"' not in client.get(article.get_absolute_url()).text
    assert "nature" not in client.get("/").text


def test_the_credit_is_printed_under_every_use(client) -> None:
    image = store((640, 480), photographer="Rina", source="Antara")
    body = f'<figure data-image="{image.pk}"></figure><p>Isi.</p>'
    article = make.live_article(lead_image_id=image.pk, body=body)
    page = HTMLParser(client.get(article.get_absolute_url()).text)
    printed = [node.text() for node in page.css("figcaption .caption__credit")]
    assert printed == ["Foto: Rina/Antara"] * 2
    credit = '<media:credit role="author">Foto: Rina/Antara</media:credit>'
    assert credit in client.get("/feed/").text
