"""Text typed while the session ran out: it is given back after log-in, to its writer alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles import workflow
from articles.admin import kept
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter():
    return make.user("reporter")


def shown_form(person, article: Article | None = None, **changes):
    """What the browser holds: the form as it was shown to `person`, and as it was typed into."""
    return desk.typed(article, **changes) | {"shown_to": kept.sign(person), "_continue": "1"}


def log_in(client: Client, person) -> None:
    client.post("/akun/login/", {"login": person.email, "password": make.PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_typed_text_comes_back_after_log_in_and_is_saved(client, reporter) -> None:
    article = make.draft(by=reporter)
    typed = shown_form(
        reporter,
        article,
        headline="Setengah jam kerja",
        tag_names="Ikan, Laut",
        body="<p>Baru.</p>",
    )
    answer = client.post(desk.change(article), typed)
    assert "/login/" in answer.headers["Location"]
    log_in(client, reporter)
    page = client.get(desk.change(article))
    assert 'name="_discard"' in page.text
    for text in ("Setengah jam kerja", "Ikan, Laut", "Baru."):
        assert text in page.text
    article.refresh_from_db()
    assert article.version == 0
    desk.save(client, article, headline="Setengah jam kerja")
    assert 'name="_discard"' not in client.get(desk.change(article)).text


def test_a_new_article_comes_back_as_well(client, reporter) -> None:
    client.post(desk.ADD, shown_form(reporter, headline="Belum pernah disimpan"))
    log_in(client, reporter)
    assert "Belum pernah disimpan" in client.get(desk.ADD).text
    assert not Article.objects.exists()


def test_it_can_be_thrown_away(client, reporter) -> None:
    client.post(desk.ADD, shown_form(reporter, headline="Tidak jadi"))
    log_in(client, reporter)
    client.post(desk.ADD, {"_discard": "1"})
    assert "Tidak jadi" not in client.get(desk.ADD).text


def test_nobody_else_at_the_same_machine_reads_it(client, reporter) -> None:
    client.post(desk.ADD, shown_form(reporter, headline="Rahasia"))
    log_in(client, make.user("reporter"))
    assert "Rahasia" not in client.get(desk.ADD).text
    assert kept.KEY not in client.session


@pytest.mark.parametrize("note", ["", "forged", "1:abc:def"])
def test_a_stranger_can_not_fill_the_session_store(client, note) -> None:
    client.post(desk.ADD, desk.typed(headline="x" * 1000) | {"shown_to": note})
    assert kept.KEY not in client.session


def test_what_is_too_large_is_not_kept(client, reporter) -> None:
    client.post(desk.ADD, shown_form(reporter, body="x" * kept.LARGEST))
    assert kept.KEY not in client.session


def test_a_picture_is_not_stored_for_somebody_who_is_not_logged_in(client, reporter) -> None:
    photo = SimpleUploadedFile("foto.jpg", make.jpeg(), "image/jpeg")
    client.post(desk.ADD, shown_form(reporter, upload=photo, upload_credit="Foto: R"))
    log_in(client, reporter)
    page = client.get(desk.ADD)
    assert "Foto: R" in page.text
    assert page.context["adminform"].form.is_kept


def test_what_others_saved_meanwhile_is_not_overwritten(client, reporter) -> None:
    article = make.draft(by=reporter)
    typed = shown_form(reporter, article, headline="Punyaku")
    client.post(desk.change(article), typed)
    client.force_login(make.user("editor"))
    desk.save(client, article, headline="Punya redaktur")
    fresh = Client()
    fresh.post(desk.change(article), typed)
    log_in(fresh, reporter)
    form = fresh.get(desk.change(article)).context["adminform"].form
    assert str(form["base_version"].value()) == "0"
    again = fresh.post(desk.change(article), typed)
    assert again.context["conflict"]


def test_words_for_a_step_are_told_after_log_in(client) -> None:
    editor = make.user("editor")
    article = workflow.submit(make.draft(), None)
    data = {desk.FORM_ACTION: "return_articles", "confirmed": "return_articles"}
    data |= {"_selected_action": article.pk, "shown_to": kept.sign(editor)}
    client.post(desk.change(article), data | {"note": "Tambah sumber kedua."})
    log_in(client, editor)
    page = client.get(desk.change(article))
    assert "Tambah sumber kedua." in " ".join(str(m) for m in page.context["messages"])
    article.refresh_from_db()
    assert article.stage == "submitted"


def test_words_for_a_step_of_the_list_are_told_there(client) -> None:
    editor = make.user("editor")
    data = {"action": "return_articles", "confirmed": "return_articles", "index": 0}
    data |= {"shown_to": kept.sign(editor), "note": "Tambah sumber kedua."}
    client.post(desk.LIST, data)
    log_in(client, editor)
    page = client.get(desk.LIST)
    assert "Tambah sumber kedua." in " ".join(str(m) for m in page.context["messages"])


def test_a_form_whose_token_is_void_gives_the_text_back(reporter) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)
    article = make.draft(by=reporter)
    typed = shown_form(reporter, article, body="<p>Teks panjang yang tidak boleh hilang.</p>")
    refused = client.post(desk.change(article), typed)
    assert refused.status_code == 403
    assert "Teks panjang yang tidak boleh hilang." in refused.text
    assert "Teks panjang yang tidak boleh hilang." in client.get(desk.change(article)).text


def test_the_form_says_whom_it_was_shown_to(client, reporter) -> None:
    client.force_login(reporter)
    article = make.draft(by=reporter)
    for address in (desk.ADD, desk.change(article)):
        assert f'name="shown_to" value="{kept.sign(reporter)[:3]}' in client.get(address).text
