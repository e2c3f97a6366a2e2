"""Files that a script sends, from a text, the lead image's field or the page for many."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles import renditions
from articles.models import Image
from tests import make

pytestmark = pytest.mark.django_db
ROLES = [
    ("reporter", 200),
    ("editor", 200),
    ("chief_editor", 200),
    ("moderator", 403),
    ("administrator", 403),
]
PHOTO = make.jpeg((640, 480))
SEND = reverse("admin:articles_image_send")


def send(client, data: bytes | None = PHOTO, sending: str = "", **fields: str):
    file = {"file": SimpleUploadedFile("foto.jpg", data, "image/jpeg")} if data else {}
    return client.post(SEND, file | {"sending": sending} | fields)


@pytest.fixture
def reporter(client):
    person = make.user("reporter")
    client.force_login(person)
    return person


@pytest.mark.parametrize(("role", "status"), ROLES)
def test_who_may_add_pictures_may_send_them(client, role: str, status: int) -> None:
    client.force_login(make.user(role))
    answer = send(client)
    assert answer.status_code == status
    assert Image.objects.count() == (status == 200)
    assert answer.json().get("refusal") or answer.json()["id"] == Image.objects.get().pk


def test_nobody_else_gets_through_the_door(client) -> None:
    assert send(client).status_code == 302
    client.force_login(make.user())
    assert send(client).status_code == 302
    assert not Image.objects.exists()


@pytest.mark.parametrize("data", [None, b"hallo", make.jpeg((20, 20))])
def test_what_cannot_be_kept_is_refused_in_words(client, reporter, data: bytes | None) -> None:
    answer = send(client, data)
    assert answer.status_code == 400
    assert answer.json()["refusal"]
    assert not Image.objects.exists()


def test_a_picture_is_answered_with_its_number_words_and_small_copy(client, reporter) -> None:
    answer = send(client).json()
    image = Image.objects.get()
    assert (answer["id"], answer["text"]) == (image.pk, str(image))
    assert answer["address"] == reverse("admin:articles_image_change", args=[image.pk])
    assert answer["thumb"].startswith("/")
    assert len(answer["cautions"]) == 2  # narrow, and nobody's
    assert client.get(SEND).status_code == 405


def test_what_is_true_of_many_goes_along(client, reporter) -> None:
    answer = send(client, photographer="Rina", nature="archive").json()
    image = Image.objects.get()
    assert answer["credit"] == image.credit
    assert (image.photographer, image.nature) == ("Rina", "archive")


def test_words_that_can_not_be_refuse_the_file(client, reporter) -> None:
    answer = send(client, photographer="x" * 71, nature="photo")
    assert (answer.status_code, bool(answer.json()["refusal"])) == (400, True)
    assert not Image.objects.exists()


# Sent again


def test_a_file_whose_answer_was_lost_is_not_stored_twice(client, reporter) -> None:
    first = send(client, sending="one").json()["id"]
    assert send(client, sending="one").json()["id"] == first
    assert send(client, sending="two").json()["id"] != first
    assert Image.objects.count() == 2
    assert send(client, b"x", sending="three").json()["refusal"]
    assert send(client, sending="three").json()["id"]  # a refusal is not kept
    client.force_login(make.user("reporter"))
    assert send(client, sending="one").json()["id"]
    assert Image.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_sent_again_while_it_is_looked_at_is_stored_once(monkeypatch) -> None:
    """Both pass the first look before either has written its row."""
    person, start, decode = make.user("reporter"), Barrier(2), renditions.decode

    def slowly(*args, **options):
        start.wait(20)
        return decode(*args, **options)

    def once_more(_number: int):
        browser = Client()
        browser.force_login(person)
        try:
            return send(browser, sending="one")
        finally:
            connection.close()

    monkeypatch.setattr(renditions, "decode", slowly)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(once_more, range(2)))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert {answer.json()["id"] for answer in answers} == {Image.objects.get().pk}


def test_another_cut_of_a_file_that_was_sent_is_a_picture_of_its_own(client, reporter) -> None:
    for name in ("one", "two"):
        pk = send(client, sending=name).json()["id"]
        assert client.post(reverse("admin:articles_image_vary", args=[pk])).status_code == 302
    assert Image.objects.filter(variant_of__isnull=False, sent_as="").count() == 2
