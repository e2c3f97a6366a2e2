import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser

from articles import addresses, views
from articles.guard import writing
from articles.models import FormerAddress
from tests import make, valid_html


def said(message: str) -> str:
    with translation.override("id"):
        return _(message)


@pytest.mark.django_db
def test_a_missing_page_offers_ways_on(client) -> None:
    answer = client.get("/tidak/ada/")
    page = LexborHTMLParser(answer.content.decode())
    assert answer.status_code == 404
    assert page.css_first("main form").attributes["action"] == "/cari/"
    assert {node.attributes["href"] for node in page.css("main .actions a")} == {"/", "/indeks/"}
    assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex"


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?utm_source=wa"])
def test_a_former_address_leads_to_the_new_one(client, query) -> None:
    section = make.section("kota")
    addresses.remember(section, "/metropolitan/")
    answer = client.get(f"/metropolitan/{query}")
    assert (answer.status_code, answer.headers["Location"]) == (301, "http://testserver/kota/")
    assert FormerAddress.objects.get(path="/metropolitan/").hits == 1


@pytest.mark.django_db
def test_an_address_with_a_query_of_its_own_is_found_by_it(client) -> None:
    article = make.live_article()
    with writing():
        FormerAddress.objects.create(path="/index.php", query="p=843", article=article)
    found = client.get("/index.php?p=843")
    assert found.headers["Location"] == f"http://testserver{article.get_absolute_url()}"
    assert client.get("/index.php?p=844").status_code == 404


@pytest.mark.django_db
def test_a_former_address_never_betrays_what_is_not_public(client) -> None:
    for article in (make.draft(), make.withdrawn_article()):
        with writing():
            FormerAddress.objects.create(path=f"/berita-{article.pk}/", article=article)
        answer = client.get(f"/berita-{article.pk}/")
        assert answer.status_code == 404
        assert "Location" not in answer.headers


@pytest.mark.django_db
def test_a_former_address_that_could_not_be_looked_up_is_not_said_to_be_none(monkeypatch) -> None:
    def fail(*args: object) -> None:
        raise OperationalError("connection lost")

    monkeypatch.setattr(addresses, "_find", fail)
    answer = Client(raise_request_exception=False).get("/metropolitan/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


@pytest.mark.django_db
def test_what_fails_is_told_without_database_or_secrets(monkeypatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr(views.frontpage, "compose", fail)
    client = Client(raise_request_exception=False)
    answer = client.get("/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert valid_html.problems(page) == []
    assert "rahasia" not in page
    assert "Newsroom" in page
    assert said("Something went wrong on our side") in page
    assert "/static/css/tokens.css" in page


def test_the_page_for_failures_needs_no_database(rf) -> None:
    from newsroom.views import server_error

    assert server_error(rf.get("/")).status_code == 500


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("500.html", "Something went wrong on our side"),
        ("503.html", "This page can't be made just now"),
        ("form_failed.html", "This could not be saved"),
    ],
)
def test_a_failure_is_told_without_request_and_database(name, heading) -> None:
    page = render_to_string(name, {"site_name": "Harian Uji", "address": "/x/"})
    read = LexborHTMLParser(page)
    assert valid_html.problems(page) == []
    assert read.css_first("h1").text() == said(heading)
    assert read.css_first("title").text().endswith(" – Harian Uji")
    assert read.css_first(".masthead__name").text().strip() == "Harian Uji"


def test_the_page_of_a_missing_database_leads_back_to_itself() -> None:
    page = LexborHTMLParser(render_to_string("503.html", {"site_name": "Harian Uji"}))
    links = {link.text(): link.attributes["href"] for link in page.css(".actions a")}
    assert links[said("Load again")] == ""


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_failure_names_the_language_that_it_speaks(language) -> None:
    with translation.override(language):
        page = LexborHTMLParser(render_to_string("500.html", {"site_name": "Harian Uji"}))
        assert page.css_first("h1").text() == _("Something went wrong on our side")
    assert page.css_first("html").attributes["lang"] == language


@pytest.mark.django_db
def test_a_refusal_gives_its_reason(rf) -> None:
    from newsroom.views import forbidden

    answer = forbidden(rf.get("/"), PermissionDenied("Ini <b>naskah</b> orang lain."))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Ini &lt;b&gt;naskah&lt;/b&gt; orang lain." in page
    assert valid_html.problems(page) == []


@pytest.mark.django_db
def test_a_form_that_expired_gives_the_text_back() -> None:
    typed = "Komentar panjang </textarea><b>yang</b>\nditulis lama."
    client = Client(enforce_csrf_checks=True)
    values = {
        "body": typed,
        "stamp": "a-token-of-more-than-twenty-letters",
        "password": "sandi yang tidak boleh tampil",
        "password1": "sandi lain yang juga rahasia",
    }
    answer = client.post("/akun/login/?next=/x/", values)
    page = LexborHTMLParser(answer.content.decode())
    assert answer.status_code == 403
    assert [node.text().strip() for node in page.css("textarea")] == [typed]
    assert "readonly" in page.css_first("textarea").attributes
    assert page.css_first("main .button").attributes["href"] == "/akun/login/?next=/x/"
    for secret in ("sandi yang", "sandi lain", "a-token-of"):
        assert secret not in answer.content.decode()
    assert valid_html.problems(answer.content.decode()) == []


@pytest.mark.django_db
def test_a_form_that_expired_empty_has_nothing_to_give_back() -> None:
    answer = Client(enforce_csrf_checks=True).post("/akun/login/", {"login": "a@example.com"})
    assert answer.status_code == 403
    assert not LexborHTMLParser(answer.content.decode()).css("textarea")
