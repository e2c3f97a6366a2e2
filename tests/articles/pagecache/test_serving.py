"""What is kept, for whom, and in which words it is sent."""

import gzip
from io import BytesIO
from urllib.parse import urlencode

import brotli
import pytest
from django import urls
from django.core.handlers.wsgi import WSGIRequest

from articles.pagecache import Page, fragments, moments, page
from articles.pagecache.pages import canonical_query
from tests.articles.pagecache.toy import HTML, Stand


def test_a_page_is_made_once_and_then_told_again(stand) -> None:
    first, second = stand.ask(), stand.ask()
    assert (first.story, second.story, stand.times()) == ("fwd=miss", "hit", 1)
    del first.headers["Cache-Status"], second.headers["Cache-Status"]
    assert first == second


def test_a_change_is_seen_and_another_one_costs_nothing(stand) -> None:
    sheet = stand.sheet(tags={"article:1"})
    stand.ask()
    sheet.text = "dua"
    stand.clock.bump(["article:2"])
    assert (stand.ask().body, stand.times()) == (b"satu", 1)
    stand.clock.bump(["article:1"])
    assert (stand.ask().body, stand.times()) == (b"dua", 2)
    assert stand.ask().story == "hit"


def test_a_new_epoch_voids_everything(stand) -> None:
    stand.ask()
    stand.clock.renew()
    assert stand.ask().story == "fwd=miss"


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "410 Gone", "301 Moved"])
def test_the_headers_are_told_without_a_body(clock, status, kept) -> None:
    whole, bare = Stand(clock), Stand(clock)
    for stand in (whole, bare):
        stand.sheet(status=status, text="panjang " * 50)
        if kept:
            stand.ask()
    page, head = whole.ask(), bare.ask(method="HEAD")
    assert (head.status, head.headers, head.body) == (page.status, page.headers, b"")
    assert bare.ask().story == "hit"


def test_an_answer_that_is_not_kept_has_no_body_either(stand) -> None:
    for path, streaming in (("/a/", False), ("/b/", True)):
        stand.sheet(path, kind=None, streaming=streaming)
        reply = stand.ask(path, method="HEAD")
        assert (reply.status, reply.body) == (200, b"")
    assert stand.toy.closed == 2


PASSED_BY = {
    "another method": {"method": "POST"},
    "options": {"method": "OPTIONS"},
    "a password": {"HTTP_AUTHORIZATION": "Basic eDp5"},
    "in another alphabet": {"CONTENT_TYPE": "text/plain; charset=cp037"},
    "another host": {"HTTP_HOST": "cermin.example"},
    "another port": {"HTTP_HOST": "testserver:8000"},
    "another scheme": {"wsgi.url_scheme": "https"},
    "below a path": {"SCRIPT_NAME": "/koran"},
    "a private path": {"path": "/admin/"},
}


@pytest.mark.parametrize("question", PASSED_BY.values(), ids=PASSED_BY.keys())
def test_other_questions_are_django_s_and_leave_nothing_behind(clock, question) -> None:
    stand = Stand(clock, private=("/admin/",))
    for path in ("/", "/admin/"):
        stand.sheet(path, text="umum")
    stand.ask()
    replies = [stand.ask(**question) for _ in range(2)]
    assert [reply.story for reply in replies] == ["", ""]
    path = question.get("path", "/")
    assert stand.times(path) == (3 if path == "/" else 2)
    assert (stand.ask().story, stand.toy.closed) == ("hit", 3)


@pytest.mark.parametrize(
    ("said", "kept"), [("https", True), ("http", False), ("https, http", True), ("", False)]
)
def test_behind_a_proxy_its_word_is_the_scheme(clock, settings, said, kept) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    stand = Stand(clock, origin="https://testserver")
    stand.ask(HTTP_X_FORWARDED_PROTO=said)
    assert (stand.ask(HTTP_X_FORWARDED_PROTO=said).story == "hit") is kept


NOT_KEPT = {
    "a cookie": {"headers": [*HTML, ("Set-Cookie", "a=b")]},
    "varies with the cookie": {"headers": [*HTML, ("Vary", "Accept-Encoding, Cookie")]},
    "varies with the language": {"headers": [*HTML, ("Vary", "Accept-Language")]},
    "private": {"headers": [*HTML, ("Cache-Control", "max-age=0,private")]},
    "not to be stored": {"headers": [*HTML, ("Cache-Control", "no-store")]},
    "a nonce": {"headers": [*HTML, ("Content-Security-Policy", "script-src 'nonce-abc'")]},
    "a nonce in rehearsal": {
        "headers": [*HTML, ("Content-Security-Policy-Report-Only", "script-src 'nonce-abc'")]
    },
    "packed already": {"headers": [*HTML, ("Content-Encoding", "gzip")]},
    "an error of ours": {"status": "500 Internal Server Error"},
    "a passing redirect": {"status": "302 Found"},
    "nobody said it is a page": {"kind": None},
    "streamed": {"streaming": True},
}


@pytest.mark.parametrize("fields", NOT_KEPT.values(), ids=NOT_KEPT.keys())
def test_what_may_be_somebody_s_own_is_never_kept(stand, fields) -> None:
    stand.sheet(**fields)
    replies = [stand.ask() for _ in range(2)]
    assert [reply.body for reply in replies] == [b"satu"] * 2
    assert [reply.story for reply in replies] == ["", ""]
    assert (stand.times(), stand.toy.closed) == (2, 2)


@pytest.mark.parametrize("status", ["301 Moved Permanently", "404 Not Found"])
def test_a_redirect_and_a_404_are_kept_for_the_bare_address_alone(stand, status) -> None:
    stand.sheet(status=status, headers=[*HTML, ("Location", "/baru/")])
    stand.ask("/?dari=surat")
    assert (stand.ask().story, stand.ask().story) == ("fwd=miss", "hit")
    assert (stand.ask("/?dari=surat").story, stand.times()) == ("fwd=miss", 3)


def test_what_is_gone_is_gone_under_any_query(stand) -> None:
    stand.sheet("/", status="410 Gone")
    stand.ask()
    assert stand.ask("/?utm_source=surat").story == "hit"


SAME = [
    ("/indeks/?page=2&date=2026-11-22", "/indeks/?date=2026-11-22&page=2"),
    ("/indeks/?page=1&page=2", "/indeks/?page=2"),
    ("/indeks/?page=2&utm_source=surat&fbclid=1", "/indeks/?page=2"),
    ("/?utm_source=surat", "/"),
    ("/cari/?q=%C3%A9", "/cari/?q=\xc3\xa9"),
]
OTHER = [
    ("/indeks/?page=2", "/indeks/?page=3"),
    ("/indeks/?page=", "/indeks/"),
    ("/cari/?q=a%26b", "/cari/?q=a&b"),
    ("/cari/?q=%C3%83%C2%A9", "/cari/?q=\xc3\xa9"),
    ("/cari/?q=a+b", "/cari/?q=a%2Bb"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_page_has_one_entry(stand, first, second) -> None:
    stand.ask(first)
    assert stand.ask(second).story == "hit"


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_two_pages_have_two_entries(stand, first, second) -> None:
    stand.ask(first)
    assert stand.ask(second).story == "fwd=miss"


class Towns:
    """Routes with a letter that is two bytes long."""

    urlpatterns = [urls.path("malé/", page(lambda request: None, "page"))]


def test_the_parameters_of_a_page_are_known_by_its_path_in_any_script(settings) -> None:
    settings.ROOT_URLCONF = Towns
    asked = "/malé/".encode().decode("iso-8859-1")
    assert canonical_query(asked, "page=2&utm_source=surat") == "page=2"


@pytest.mark.parametrize(
    "query",
    [
        "q=\xc3\xa9",
        "q=\xe9",
        "q=\xc3\xa9&utm_source=\xe9",
        "q=%E9&sort=\xe9",
        "q=%C3%A9&sort=\xe9",
        "q=a&q=b+c",
        "q=&sort",
    ],
)
def test_a_query_is_read_as_django_reads_it(query) -> None:
    environ = {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "wsgi.input": BytesIO()}
    read = WSGIRequest(environ).GET
    given = [(key, read[key]) for key in ("q", "sort") if key in read]
    assert canonical_query("/cari/", query) == urlencode(given)


def test_no_path_is_the_front_page(stand) -> None:
    stand.cache(
        {"REQUEST_METHOD": "GET", "HTTP_HOST": "testserver", "PATH_INFO": ""}, lambda *_: None
    )
    assert ("/", "") in stand.cache._pages._entries


def test_a_search_is_kept_for_some_seconds(stand) -> None:
    stand.sheet("/cari/", kind=Page(("q",), seconds=10))
    assert stand.ask("/cari/?q=banjir").story == "fwd=miss"
    stand.now = stand.later(9.9)
    assert stand.ask("/cari/?q=banjir").story == "hit"
    stand.now = stand.later(10)
    assert stand.ask("/cari/?q=banjir").story == "fwd=miss"


READERS = {
    "br, gzip": "br",
    "gzip, deflate, br, zstd": "br",
    "gzip": "gzip",
    "br;q=0.5, gzip;q=0.8": "gzip",
    "br;q=0, *": "gzip",
    "*": "br",
    "GZIP": "gzip",
    "deflate": "",
    "br;q=0, gzip;q=0": "",
    "": "",
    "br;q=oops": "",
}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize("first", ["br", "gzip", ""])
@pytest.mark.parametrize(("accepted", "encoding"), READERS.items())
def test_everybody_gets_the_same_bytes_in_an_encoding_of_theirs(
    mapped, first, accepted, encoding
) -> None:
    stand = Stand(mapped)
    text = stand.sheet(text="banjir " * 999).text.encode()
    stand.ask(HTTP_ACCEPT_ENCODING=first)
    reply = stand.ask(HTTP_ACCEPT_ENCODING=accepted)
    assert (reply.story, reply.headers["Vary"]) == ("hit", "Accept-Encoding")
    assert reply.headers.get("Content-Encoding", "") == encoding
    assert reply.headers["Content-Length"] == str(len(reply.body))
    assert UNPACK[encoding](reply.body) == text


def test_each_encoding_has_its_etag_and_who_has_it_gets_no_body(stand) -> None:
    stand.sheet(headers=[*HTML, ("Expires", "0"), ("X-Frame-Options", "DENY")])
    etags = set()
    for accepted in ("br", "gzip", "identity"):
        page = stand.ask(HTTP_ACCEPT_ENCODING=accepted)
        assert ("Expires" in page.headers, page.headers["X-Frame-Options"]) == (False, "DENY")
        etag = page.headers["ETag"]
        etags.add(etag)
        for known in (etag, f"W/{etag}", f'"lain", {etag}'):
            again = stand.ask(HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=known)
            assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
            assert "Content-Type" not in again.headers
        assert stand.ask(HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH='"lain"').status == 200
    assert len(etags) == 3


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "301 Moved Permanently"])
def test_what_is_not_there_is_never_unchanged(stand, status) -> None:
    stand.sheet(status=status)
    etag = stand.ask().headers["ETag"]
    for known in (etag, "*"):
        assert stand.ask(HTTP_IF_NONE_MATCH=known).status == int(status[:3])


def test_who_has_any_page_has_this_one(stand) -> None:
    stand.ask()
    assert stand.ask(HTTP_IF_NONE_MATCH="*").status == 304


def test_who_asks_for_a_part_gets_the_whole_kept_page(stand) -> None:
    whole = stand.ask()
    part = stand.ask(HTTP_RANGE="bytes=0-1")
    assert (part.status, part.body, part.story) == (200, whole.body, "hit")


@pytest.mark.parametrize("streaming", [False, True])
def test_an_answer_is_closed_once(stand, streaming) -> None:
    stand.sheet(streaming=streaming)
    assert stand.ask().body == b"satu"
    assert stand.toy.closed == 1


def test_an_application_that_fails_half_way_is_closed_and_leaves_no_flight(stand) -> None:
    stand.sheet(text=None)
    with pytest.raises(AttributeError):
        stand.ask()
    assert (stand.toy.closed, stand.cache._flights) == (1, {})


def test_without_a_clock_every_page_is_made_anew() -> None:
    stand = Stand(None)
    assert [stand.ask().story, stand.ask().story, stand.times()] == ["", "", 2]


def test_with_a_page_whose_moments_are_not_known_nothing_is_kept(clock, caplog) -> None:
    def settle(made) -> None:
        raise ValueError

    stand = Stand(clock, settle=settle)
    assert [stand.ask().status, stand.ask().story, stand.times()] == [200, "", 2]
    assert "next moment" in caplog.text


def test_a_part_whose_moments_are_not_known_is_shown_and_not_kept(clock, monkeypatch) -> None:
    def fail(since):
        raise OSError

    monkeypatch.setattr(moments, "_sources", [fail])
    stand = Stand(clock, settle=moments.settle)
    stand.toy.during = lambda: built.append(fragments.get("menu", object))
    built: list[object] = []
    assert [stand.ask().status, stand.ask().story, stand.times()] == [200, "", 2]
    assert len(set(built)) == 2
