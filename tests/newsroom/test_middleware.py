"""Every variant of a public address reaches the canonical one in one hop."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from newsroom.middleware import CanonicalAddressMiddleware
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def section():
    return make.section()


@pytest.fixture
def https(settings):
    """The paper as on a server: its own name, https, and a former name that still leads to it."""
    settings.SITE_URL = "https://koran.example"
    settings.ALLOWED_HOSTS = ["koran.example", "www.koran.example"]
    settings.SECURE_SSL_REDIRECT = True


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/nasional", "/nasional/"),
        ("/Nasional/", "/nasional/"),
        ("/NASIONAL", "/nasional/"),
        ("/Indeks?date=2025-04-28", "/indeks/?date=2025-04-28"),
        ("/CARI/?q=Kapal", "/cari/?q=Kapal"),
        ("/Feed", "/feed/"),
        ("/ROBOTS.TXT", "/robots.txt"),
        ("/Sitemap.xml", "/sitemap.xml"),
    ],
)
def test_case_and_slash_lead_to_the_canonical_path(client, asked, canonical) -> None:
    answer = client.get(asked)
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"http://testserver{canonical}"


@pytest.mark.parametrize("path", ["/nasional/", "/", "/indeks/?date=2025-04-28", "/robots.txt"])
def test_the_canonical_address_answers_at_once(client, path) -> None:
    assert client.get(path).status_code == 200


def test_old_slug_case_slash_scheme_and_host_are_one_hop(client, https) -> None:
    article = make.live_article()
    asked = f"/NASIONAL/{article.pk}/Judul-Lama?utm_source=wa"
    answer = client.get(asked, headers={"host": "www.koran.example"})
    assert answer.status_code == 301
    right = f"https://koran.example{article.get_absolute_url()}?utm_source=wa"
    assert answer.headers["Location"] == right
    assert client.get(right, secure=True, headers={"host": "koran.example"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "secure"), [("www.koran.example", True), ("koran.example", False)]
)
def test_another_name_or_scheme_leads_to_the_papers_own(client, https, host, secure) -> None:
    answer = client.get("/nasional/", secure=secure, headers={"host": host})
    assert answer.status_code == 301
    assert answer.headers["Location"] == "https://koran.example/nasional/"


def test_a_name_that_is_not_ours_is_refused(client, https) -> None:
    assert client.get("/", secure=True, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("asked", "status"),
    [("/Tidak-Ada", 404), ("/tidak/ada", 404), ("/Nasional/99/Rahasia", 404)],
)
def test_what_is_not_there_is_not_redirected(client, asked, status) -> None:
    assert client.get(asked).status_code == status


def test_a_draft_is_not_betrayed_by_a_variant_of_its_address(client) -> None:
    draft = make.draft()
    assert client.get(f"/NASIONAL/{draft.pk}/X").status_code == 404


def test_a_withdrawn_article_stays_gone_under_any_spelling(client) -> None:
    article = make.withdrawn_article()
    assert client.get(f"/NASIONAL/{article.pk}/X").status_code == 410


def test_while_developing_every_local_name_is_welcome(client, settings) -> None:
    settings.DEBUG = True
    assert client.get("/nasional/", headers={"host": "localhost"}).status_code == 200


@pytest.mark.parametrize("path", ["/admin/LOGIN/", "/akun/LOGIN/", "/media/X", "/HEALTHZ/"])
def test_where_case_matters_nothing_is_moved(client, path) -> None:
    assert client.get(path).status_code != 301


def test_a_form_is_never_redirected(client) -> None:
    assert client.post("/NASIONAL/").status_code == 405


def test_a_way_that_holds_for_the_moment_only_is_not_remembered(rf) -> None:
    def to_login(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect("/akun/login/")

    request = rf.get("/Nasional")
    answer = CanonicalAddressMiddleware(to_login)(request)
    assert answer.status_code == 301
    assert answer.headers["Location"] == "http://testserver/nasional/"
