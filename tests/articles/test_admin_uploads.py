"""Pictures that are dropped into a text: who may send them, and what is answered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

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


def send(client, data: bytes | None):
    file = {"file": SimpleUploadedFile("foto.jpg", data, "image/jpeg")} if data else {}
    return client.post(reverse("admin:articles_article_upload"), file)


@pytest.mark.parametrize(("role", "status"), ROLES)
def test_who_may_add_pictures_may_send_them(client, role: str, status: int) -> None:
    client.force_login(make.user(role))
    answer = send(client, make.jpeg((640, 480)))
    assert answer.status_code == status
    assert Image.objects.count() == (status == 200)
    assert "error" in answer.json() or answer.json()["id"] == Image.objects.get().pk


def test_nobody_else_gets_through_the_door(client) -> None:
    assert send(client, make.jpeg((640, 480))).status_code == 302
    client.force_login(make.user())
    assert send(client, make.jpeg((640, 480))).status_code == 302
    assert not Image.objects.exists()


@pytest.mark.parametrize("data", [None, b"hallo", make.jpeg((20, 20))])
def test_what_cannot_be_kept_is_refused_in_words(client, data: bytes | None) -> None:
    client.force_login(make.user("reporter"))
    answer = send(client, data)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not Image.objects.exists()


def test_a_picture_is_answered_with_its_number_words_and_small_copy(client) -> None:
    client.force_login(make.user("reporter"))
    answer = send(client, make.jpeg((640, 480))).json()
    image = Image.objects.get()
    assert answer["id"] == image.pk
    assert answer["text"] == str(image)
    assert answer["thumb"].startswith("/")
    assert client.get(reverse("admin:articles_article_upload")).status_code == 405
