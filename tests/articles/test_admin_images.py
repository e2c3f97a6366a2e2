"""Pictures on the desk: uploaded, described and listed through pictures.py."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles import content, pictures
from articles.content import Values
from articles.guard import writing
from articles.models import Image, ImageUse
from tests import desk, make
from tests.browser_tools import said

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"
WRITERS = {"reporter", "editor", "chief_editor"}


def typed(**changes):
    """All fields of the form, filled with what an uploader types."""
    file = SimpleUploadedFile("foto.jpg", make.jpeg((800, 600)), "image/jpeg")
    data = {"caption": "Kapal", "photographer": "Rina", "alt": "Sebuah kapal", "nature": "photo"}
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
    pictures.update(image, by=None, photographer="Rina")
    data = typed(photographer="")
    again = client.post(f"{LIST}{image.pk}/change/", data)
    assert "photographer" in again.context["adminform"].form.errors
    image.refresh_from_db()
    assert image.credit


def test_a_picture_tells_where_it_is_shown_to_those_who_may_read_it(client) -> None:
    image = make.image()
    body = f'<figure data-image="{image.pk}"></figure><p>Isi.</p>'
    article = make.draft(body=body)
    content.save(article, Values(fields={"lead_image_id": image.pk}), 0, article.created_by)
    client.force_login(make.user("editor"))
    page = client.get(f"{LIST}{image.pk}/change/").text
    assert page.count(article.headline) == 2  # as the lead, and in the text
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


# What an editor is told


def test_the_library_is_filtered_by_what_a_photo_desk_asks(client) -> None:
    editor = make.user("editor")
    client.force_login(editor)
    today = timezone.localdate()
    rows = {
        "ended": {"licence_ends": today - timedelta(days=1)},
        "last day": {"licence_ends": today},
        "ending": {"licence_ends": today + timedelta(days=14)},
        "later": {"licence_ends": today + timedelta(days=15)},
        "nameless": {"credit": ""},
        "mine": {"uploaded_by": editor},
        "drawn": {"nature": "illustration"},
    }
    for name, fields in rows.items():
        make.image(caption=name, **fields)
    asked = {
        "licence=ended": {"ended"},
        "licence=ending": {"last day", "ending"},
        "licence=shown": set(),
        "credit=none": {"nameless"},
        "mine=1": {"mine"},
        "nature__exact=illustration": {"drawn"},
        "q=later": {"later"},
    }
    for query, expected in asked.items():
        found = client.get(f"{LIST}?{query}").context["cl"].result_list
        assert {image.caption for image in found} == expected, query


def test_a_licence_that_has_ended_is_told_in_the_library_and_on_the_desk(client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    shown, idle = (make.image(licence_ends=yesterday) for _ in range(2))
    client.force_login(make.user("editor"))
    assert "licence=shown" not in client.get("/admin/").text
    make.live_article(lead_image_id=shown.pk)
    make.draft(lead_image_id=idle.pk)
    assert client.get("/admin/").text.count("?licence=shown") == 1
    found = client.get(f"{LIST}?licence=shown").context["cl"].result_list
    assert [image.pk for image in found] == [shown.pk]
    assert f"{yesterday.day}" in client.get(LIST).text


def test_a_narrow_picture_is_taken_with_a_warning(client) -> None:
    client.force_login(make.user("reporter"))
    client.post(f"{LIST}add/", typed())
    assert "800" in desk.told(client)
    wide = SimpleUploadedFile("foto.jpg", make.jpeg((1200, 675)), "image/jpeg")
    client.post(f"{LIST}add/", typed(original=wide))
    assert Image.objects.count() == 2
    assert "1200" not in desk.told(client)


def test_an_archive_picture_without_its_day_is_asked_for_it(client) -> None:
    client.force_login(make.user("reporter"))
    wide = SimpleUploadedFile("foto.jpg", make.jpeg((1200, 675)), "image/jpeg")
    client.post(f"{LIST}add/", typed(original=wide, nature="archive"))
    question = said("An archive picture tells its day: say when it was taken.")
    assert question in desk.told(client)
    client.post(f"{LIST}{Image.objects.get().pk}/change/", typed(nature="archive"))
    assert question in desk.told(client)
    dated = typed(nature="archive", taken_on="2019-05-12")
    client.post(f"{LIST}{Image.objects.get().pk}/change/", dated)
    assert question not in desk.told(client)


# Cuts, and another file


@pytest.mark.parametrize(
    ("text", "cut"),
    [("10 0 80", [0.1, 0.0, 0.8]), ("12,5 0 50", [0.125, 0.0, 0.5]), ("", None)],
)
def test_a_cut_is_typed_in_per_cent(client, text, cut) -> None:
    client.force_login(make.user("reporter"))
    image = make.image(width=1600, height=900)
    client.post(f"{LIST}{image.pk}/change/", typed(crop_lead=text))
    image.refresh_from_db()
    assert image.crops == ({"lead": cut} if cut else {})
    form = client.get(f"{LIST}{image.pk}/change/").context["adminform"].form
    assert form["crop_lead"].value() == (text.replace(",", ".") or None)


@pytest.mark.parametrize("text", ["10", "a b c", "-1 0 50", "0 0 200", "nan 0 50", "60 0 80"])
def test_a_cut_that_is_none_is_refused_beside_its_field(client, text) -> None:
    client.force_login(make.user("reporter"))
    image = make.image(width=1600, height=900)
    again = client.post(f"{LIST}{image.pk}/change/", typed(crop_lead=text))
    assert list(desk.errors_of(again)) == ["crop_lead"]
    image.refresh_from_db()
    assert image.crops == {}


def test_another_file_takes_the_place_of_the_one_before(client) -> None:
    client.force_login(make.user("reporter"))
    image = make.image()
    page = f"{LIST}{image.pk}/change/"
    file = SimpleUploadedFile("baru.jpg", make.jpeg((1280, 720)), "image/jpeg")
    assert client.post(page, typed(another=file)).status_code == 302
    fresh = Image.objects.get(pk=image.pk)
    assert (fresh.width, fresh.token) == (1280, image.token)
    bad = SimpleUploadedFile("baru.jpg", b"<svg/>", "image/jpeg")
    assert list(desk.errors_of(client.post(page, typed(another=bad)))) == ["another"]


def test_uses_that_are_live_and_those_of_a_change_are_told_apart(client) -> None:
    image, article = make.image(), make.live_article()
    with writing():
        ImageUse.objects.bulk_create(
            ImageUse(article=article, image=image, role=role, is_draft=is_draft)
            for role, is_draft in (("lead", False), ("gallery", True))
        )
    client.force_login(make.user("editor"))
    text = client.get(f"{LIST}{image.pk}/change/").text
    assert text.count(article.headline) == 2
    assert text.count(said("only in a change that is not published")) == 1


# Many at once

UPLOAD = f"{LIST}upload/"


def files(*named: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, data) for name, data in named]


def test_each_file_is_stored_or_refused_by_itself(client) -> None:
    client.force_login(make.user("reporter"))
    sent = files(
        ("a.jpg", make.jpeg((640, 480))), ("b.jpg", b"<svg/>"), ("c.jpg", make.jpeg((700, 480)))
    )
    data = {"files": sent, "photographer": "Rina", "nature": "archive"}
    page = client.post(UPLOAD, data)
    stored = Image.objects.order_by("width")
    assert [image.width for image in stored] == [640, 700]
    assert {image.credit for image in stored} == {"Foto: Rina"}
    assert {image.nature for image in stored} == {"archive"}
    assert page.text.count('class="errornote"') == 1
    assert "SVG" in page.text
    for image in stored:
        assert f"{LIST}{image.pk}/change/" in page.text


@pytest.mark.parametrize(
    "role", ["reporter", "editor", "chief_editor", "moderator", "administrator"]
)
def test_who_may_upload_many(client, role) -> None:
    client.force_login(make.user(role))
    data = {"files": files(("a.jpg", make.jpeg((640, 480)))), "nature": "photo"}
    statuses = [client.get(UPLOAD).status_code, client.post(UPLOAD, data).status_code]
    assert statuses == [200 if role in WRITERS else 403] * 2
    assert Image.objects.exists() == (role in WRITERS)


def test_a_stranger_is_asked_to_log_in(client) -> None:
    assert client.get(UPLOAD).status_code == 302


# Another cut for one article


@pytest.mark.parametrize(
    "role", ["reporter", "editor", "chief_editor", "moderator", "administrator"]
)
def test_who_may_cut_a_picture_otherwise_for_one_article(client, role) -> None:
    client.force_login(make.user(role))
    client.post(f"{LIST}add/", typed())
    image = Image.objects.first() or make.image()
    form = f"{LIST}{image.pk}/change/"
    assert ('<button form="vary">' in client.get(form).text) == (role in WRITERS)
    assert client.get(f"{LIST}{image.pk}/vary/").status_code == 405
    answer = client.post(f"{LIST}{image.pk}/vary/")
    if role in WRITERS:
        variant = Image.objects.get(variant_of=image)
        assert answer.headers["Location"] == f"{LIST}{variant.pk}/change/"
        assert f"#{image.pk}" in client.get(LIST).text
    else:
        assert answer.status_code == 403
        assert Image.objects.count() == 1


def test_a_picture_whose_original_is_gone_can_not_be_cut_otherwise(client) -> None:
    client.force_login(make.user("editor"))
    image = make.image()
    image.original.delete(save=False)
    answer = client.post(f"{LIST}{image.pk}/vary/", follow=True)
    assert answer.redirect_chain == [(f"{LIST}{image.pk}/change/", 302)]
    missing = "The original of this picture is not there any more. Upload the picture again."
    assert said(missing) in answer.text
    assert Image.objects.get() == image
    assert client.get(f"{LIST}{image.pk}/original/").status_code == 404
