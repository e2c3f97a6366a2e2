"""Previews, old texts, originals and the lists to choose from: who gets them, and how."""

import json

import pytest
from django.core.files.base import ContentFile

from articles import content, pictures
from articles.content import Values
from tests import desk, make, shots

pytestmark = pytest.mark.django_db

STAFF = ["reporter", "editor", "chief_editor", "moderator", "administrator"]


def preview(article) -> str:
    return f"/admin/articles/article/{article.pk}/preview/"


def old_text(article, number: int = 1) -> str:
    return f"/admin/articles/article/{article.pk}/revisions/{number}/"


def original(image) -> str:
    return f"/admin/articles/image/{image.pk}/original/"


@pytest.fixture
def photograph():
    file = ContentFile(shots.file(), name="x.jpg")
    return pictures.store(file, by=None, caption="Kapal", credit="Foto: Tes", alt="Kapal")


# Reading: role × whose draft × page


@pytest.mark.parametrize("page", [preview, old_text, desk.change])
@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("reporter", False),
        ("editor", True),
        ("chief_editor", True),
        ("moderator", False),
        ("administrator", False),
    ],
)
def test_the_draft_of_another_is_read_by_editors_alone(client, role, may, page) -> None:
    client.force_login(make.user(role))
    answer = client.get(page(make.draft()))
    assert (answer.status_code == 200) == may
    assert answer.status_code in {200, 302, 404}
    assert may or "Paragraf pertama" not in answer.text


@pytest.mark.parametrize("page", [preview, old_text])
def test_a_reporter_reads_her_own_draft_and_its_history(client, page) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    article = make.draft(by=reporter)
    assert article.headline in client.get(page(article)).text


@pytest.mark.parametrize(
    ("role", "status"),
    [("reporter", 404), ("moderator", 404), ("administrator", 404), ("editor", 200)],
)
def test_the_history_of_a_public_article_is_not_public(client, role, status) -> None:
    client.force_login(make.user(role))
    article = make.live_article()
    assert client.get(old_text(article)).status_code == status
    page = client.get(desk.change(article))
    assert ("revisions" in page.context) == (status == 200)


@pytest.mark.parametrize("page", [preview, old_text, desk.change])
@pytest.mark.parametrize("signed_in", [True, False])
def test_readers_are_sent_to_log_in(client, page, signed_in) -> None:
    if signed_in:
        client.force_login(make.user())
    article = make.live_article()
    answer = client.get(page(article))
    assert answer.status_code == 302
    assert "/admin/login/" in answer.headers["Location"]


# The preview


def test_a_preview_shows_the_readers_page_and_is_kept_by_nobody(client) -> None:
    client.force_login(make.user("editor"))
    article = make.draft(headline="Belum terbit", bylines=[make.author("Rina")], tags=["Ikan"])
    page = client.get(preview(article))
    assert "articles/article.html" in [template.name for template in page.templates]
    assert page.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert "noindex" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "'nonce-" not in page.headers["Content-Security-Policy"]
    for shown in ("Belum terbit", "Rina", "Ikan", "Paragraf pertama"):
        assert shown in page.text


@pytest.mark.parametrize("build", [make.draft, make.live_article, make.withdrawn_article])
def test_every_state_has_a_preview(client, build) -> None:
    client.force_login(make.user("editor"))
    article = build()
    assert article.headline in client.get(preview(article)).text


def test_a_preview_changes_nothing(client) -> None:
    client.force_login(make.user("editor"))
    article = make.draft()
    client.get(preview(article))
    article.refresh_from_db()
    assert article.published_at is None


# Old texts


def test_an_old_text_is_shown_as_it_was(client) -> None:
    editor = make.user("editor")
    client.force_login(editor)
    article = make.draft(headline="Judul pertama", tags=["Ikan"])
    content.save(article, Values(fields={"headline": "Judul kedua"}), 0, editor, note="Judul.")
    assert "Judul pertama" in client.get(old_text(article, 1)).text
    second = client.get(old_text(article, 2)).text
    assert "Judul kedua" in second
    assert "Judul." in second
    assert client.get(old_text(article, 3)).status_code == 404


def test_a_refused_text_is_cleaned_before_it_is_shown(client) -> None:
    client.force_login(make.user("editor"))
    article = make.draft()
    body = '<p onclick="x()">Teks</p><script>alert(1)</script>'
    refused = {"headline": "Kalah", "body": body}
    with pytest.raises(content.Conflict):
        content.save(article, Values(fields=refused), 9, make.user("editor"))
    page = client.get(old_text(article, 2)).text
    assert "Teks</p>" in page
    assert "alert(1)" not in page
    assert "onclick" not in page


# Pictures


@pytest.mark.parametrize("role", STAFF)
def test_the_newsroom_downloads_originals(client, role, photograph) -> None:
    client.force_login(make.user(role))
    answer = client.get(original(photograph))
    assert b"".join(answer.streaming_content) == shots.file()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{photograph.pk}.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("signed_in", [True, False])
def test_nobody_else_does(client, photograph, signed_in) -> None:
    if signed_in:
        client.force_login(make.user())
    assert client.get(original(photograph)).status_code == 302


def test_staff_without_the_right_to_pictures_are_refused(client, photograph) -> None:
    person = make.user("moderator")
    person.groups.clear()
    client.force_login(person)
    assert client.get(original(photograph)).status_code == 403
    assert client.get(f"/admin/articles/image/{photograph.pk}/thumb/").status_code == 403
    assert client.get("/admin/articles/image/pick/").status_code == 403
    assert client.get("/admin/articles/tag/names/").status_code == 403


def test_a_thumbnail_is_found_by_the_pictures_number(client, photograph) -> None:
    client.force_login(make.user("reporter"))
    answer = client.get(f"/admin/articles/image/{photograph.pk}/thumb/")
    assert answer.headers["Location"].startswith(f"/media/{photograph.token}/thumb-")
    assert client.get("/admin/articles/image/999/thumb/").status_code == 404


# Lists to choose from


def rows(client, address: str, **query: str) -> list[dict]:
    return json.loads(client.get(address, query).content)["results"]


def test_pictures_are_found_by_words_and_numbers(client, photograph) -> None:
    client.force_login(make.user("reporter"))
    other = make.image(caption="Sawah", credit="Foto: Lain", alt="Padi")
    pick = "/admin/articles/image/pick/"
    assert [row["id"] for row in rows(client, pick)] == [other.pk, photograph.pk]
    assert [row["id"] for row in rows(client, pick, q="sawah lain")] == [other.pk]
    assert [row["id"] for row in rows(client, pick, ids=f"{photograph.pk},x")] == [photograph.pk]
    assert rows(client, pick, ids=str(photograph.pk))[0]["thumb"]
    assert rows(client, pick, q="\0 tiada") == []


def test_articles_to_refer_to_are_those_that_one_may_read(client) -> None:
    client.force_login(make.user("reporter"))
    one, two = make.live_article(), make.live_article()
    make.draft()
    pick = "/admin/articles/article/pick/"
    assert {row["id"] for row in rows(client, pick)} == {one.pk, two.pk}
    asked = rows(client, pick, ids=f"{two.pk},{one.pk}")
    assert [row["text"] for row in asked] == [two.headline, one.headline]
    assert [row["id"] for row in rows(client, pick, q=one.headline)] == [one.pk]


def test_tags_that_begin_alike_are_offered_in_any_spelling(client) -> None:
    client.force_login(make.user("reporter"))
    make.draft(tags=["Pilkada DKI", "Pilpres", "Banjir"])
    make.draft(tags=["Pilpres"])
    names = "/admin/articles/tag/names/"
    assert rows(client, names, q="PILKADA-d") == [{"name": "Pilkada DKI", "uses": 1}]
    assert [row["name"] for row in rows(client, names, q="pil")] == ["Pilpres", "Pilkada DKI"]
    assert rows(client, names) == rows(client, names, q="-") == []


@pytest.mark.parametrize(
    ("typed", "known"),
    [("pilkada-dki", "Pilkada DKI"), ("PilkadaDKI", "Pilkada DKI"), ("Pilkada", None), ("", None)],
)
def test_a_variant_means_the_tag_that_there_is(client, typed: str, known: str | None) -> None:
    client.force_login(make.user("reporter"))
    make.draft(tags=["Pilkada DKI"])
    answer = client.get("/admin/articles/tag/names/", {"q": typed}).json()
    assert answer["known"] == known
