"""Pictures on the desk: uploaded, described and listed through pictures.py."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import content
from articles.content import Values
from articles.models import Image
from tests import make

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"
WRITERS = {"reporter", "editor", "chief_editor"}


def typed(**changes):
    file = SimpleUploadedFile("foto.jpg", make.jpeg((800, 600)), "image/jpeg")
    data = {"caption": "Kapal", "credit": "Foto: Rina", "alt": "Sebuah kapal"}
    return data | {"focus_x": "0.5", "focus_y": "0.4", "original": file} | changes


@pytest.mark.parametrize(
    "role", ["reporter", "editor", "chief_editor", "moderator", "administrator"]
)
def test_pictures_are_added_and_described_by_those_who_write(client, role) -> None:
    client.force_login(make.user(role))
    image = make.image()
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{image.pk}/change/").status_code == 200
    client.post(f"{LIST}add/", typed())
    client.post(f"{LIST}{image.pk}/change/", typed(caption="Lain", focus_x=image.focus_x))
    image.refresh_from_db()
    assert (image.caption == "Lain") == (role in WRITERS)
    assert (Image.objects.count() == 2) == (role in WRITERS)


def test_an_upload_is_stored_with_its_copies_and_its_uploader(client) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    client.post(f"{LIST}add/", typed(focus_x="0.25"))
    image = Image.objects.get()
    assert (image.caption, image.credit, image.focus_x) == ("Kapal", "Foto: Rina", 0.25)
    assert image.uploaded_by == reporter
    assert image.ready["thumb"]
    assert image.token in client.get(LIST).text


def test_a_bad_file_is_refused_beside_its_field_and_words_stay(client) -> None:
    client.force_login(make.user("reporter"))
    bad = SimpleUploadedFile("foto.jpg", b"not a picture", "image/jpeg")
    again = client.post(f"{LIST}add/", typed(original=bad, caption="Yang diketik"))
    assert list(again.context["adminform"].form.errors) == ["original"]
    assert "Yang diketik" in again.text
    assert not Image.objects.exists()


@pytest.mark.parametrize("focus", ["1.5", "-1", "x", ""])
def test_a_focus_outside_of_the_picture_is_refused(client, focus) -> None:
    client.force_login(make.user("reporter"))
    image = make.image()
    again = client.post(f"{LIST}{image.pk}/change/", typed(focus_x=focus))
    assert again.status_code == 200
    assert again.context["adminform"].form.errors


def test_the_credit_of_a_lead_image_can_not_be_taken_away(client) -> None:
    editor = make.user("editor")
    client.force_login(editor)
    image = make.image()
    make.draft(lead_image_id=image.pk)
    data = typed(credit="", focus_x=image.focus_x, focus_y=image.focus_y)
    again = client.post(f"{LIST}{image.pk}/change/", data)
    assert "credit" in again.context["adminform"].form.errors
    image.refresh_from_db()
    assert image.credit


def test_a_picture_tells_where_it_is_shown_to_those_who_may_read_it(client) -> None:
    image = make.image()
    body = f'<figure data-image="{image.pk}"></figure><p>Isi.</p>'
    article = make.draft(body=body)
    content.save(article, Values(fields={"lead_image_id": image.pk}), 0, article.created_by)
    client.force_login(make.user("editor"))
    assert client.get(f"{LIST}{image.pk}/change/").text.count(article.headline) == 1
    client.force_login(make.user("reporter"))
    assert article.headline not in client.get(f"{LIST}{image.pk}/change/").text


@pytest.mark.parametrize("rows", [5, 40])
def test_the_archive_asks_the_same_few_questions_however_large(
    client, rows, django_assert_num_queries
) -> None:
    client.force_login(make.user("editor"))
    for _ in range(rows):
        make.image(uploaded_by=make.user("reporter"))
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
