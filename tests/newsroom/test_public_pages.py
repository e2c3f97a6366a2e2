"""What holds for every page that readers see."""

import pytest
from django.contrib.messages import INFO
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext as _

from tests import make, public, valid_html

pytestmark = pytest.mark.django_db

STATUS = {"withdrawn": 410, "not found": 404}
NO_HTML = ("feed", "sitemap", "robots")
PRIVATE_MARKS = [b"csrfmiddlewaretoken", b"nonce", b"example.com", b"sessionid"]
NONSENSE = [
    "page=abc",
    "page=",
    "page=0",
    "page=-1",
    "page[]=1",
    "page=1&page=2",
    "page=99999999999999999999",
    "page=" + "9" * 5000,
    "q=%00",
    "q=%00%00a",
    "q=" + "a" * 5000,
    "q=%ff%fe",
    "q=%ED%A0%80",
    "q=%F0%9F%98%80",
    "q=%25_%5C",
    "q=' ; <script> %26 | ! ( :*",
    "before=x",
    "before=%00",
    "before=1-99999999999999999999",
    "before=999999999999999999999999-1",
    "before=-1-1",
    "before=0-0",
    "date=9999-99-99",
    "date=9999-12-31",
    "date=0000-01-01",
    "date=0001-01-01",
    "date=2025-02-31",
    "date=%00",
    "date=" + "1" * 5000,
    "section=%00",
    "section=tidak-ada",
    "section=" + "x" * 5000,
    "%",
    "=",
    "&&&",
    "?",
    "utm_source=wa&fbclid=x",
]


@pytest.fixture
def paper():
    return public.paper()


def test_a_page_is_the_same_bytes_for_everybody(paper, subtests, rf) -> None:
    readers = [Client(), Client(), Client()]
    readers[1].force_login(make.user(name="Siti Pembaca"))
    waiting = CookieStorage(rf.get("/"))._encode([Message(INFO, "Anda sudah masuk.")])
    readers[1].cookies["messages"] = waiting
    readers[2].force_login(make.user("editor", name="Edi Redaktur", language="en"))
    for name, path in paper.paths.items():
        with subtests.test(name):
            answers = [client.get(path) for client in readers]
            assert {answer.status_code for answer in answers} == {STATUS.get(name, 200)}
            assert answers[0].content == answers[1].content == answers[2].content
            for answer in answers:
                assert not answer.cookies
                assert "cookie" not in answer.headers.get("Vary", "").lower()
                assert not [mark for mark in PRIVATE_MARKS if mark in answer.content]


def test_the_security_headers_name_no_nonce(paper, client, subtests) -> None:
    for name, path in paper.paths.items():
        with subtests.test(name):
            policy = client.get(path).headers["Content-Security-Policy"]
            assert "script-src 'self'" in policy
            assert "nonce" not in policy
            assert "unsafe" not in policy


def test_a_page_is_valid_html(paper, client, subtests) -> None:
    for name, path in paper.paths.items():
        if any(word in name for word in NO_HTML):
            continue
        with subtests.test(name):
            page = client.get(path).content.decode()
            assert valid_html.problems(page) == []
            assert '<html lang="id">' in page


def test_a_page_only_answers_questions(paper, client, subtests) -> None:
    for name, path in paper.paths.items():
        with subtests.test(name):
            assert client.post(path).status_code in {404, 405}
            assert client.head(path).status_code == STATUS.get(name, 200)


def test_an_empty_paper_is_valid_html(client) -> None:
    page = client.get("/").content.decode()
    assert valid_html.problems(page) == []
    assert _said("The first edition is being made") in page


@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        ("<div></p></div>", "</p> closes ['div'] at"),
        ("<p><div></div></p>", "<div> in <p> at"),
        ("<ul><p></p></ul>", "<p> in <ul> at"),
        ("<li></li>", "<li> in <main> at"),
        ('<img src="a">', "<img> without alt"),
        ('<i id="a"></i><i id="a"></i>', "id a twice"),
        ('<label for="b"></label>', "no id b"),
        ("<h1></h1>", "2 <h1>"),
        ("<h4></h4>", "h4 after h1"),
        ('<i style="x"></i>', "inline style or script on <i>"),
        ("<script></script>", "a script"),
        ("<a><a></a></a>", "a link in a link at"),
    ],
)
def test_the_strict_reader_finds_what_was_planted(planted, problem) -> None:
    page = f"<!DOCTYPE html><html><head><title></title></head><body><main><h1></h1>{planted}</main>"
    found = valid_html.problems(f"{page}</body></html>")
    assert [line for line in found if line.startswith(problem)]


def test_a_query_without_sense_never_breaks_a_page(paper, client) -> None:
    broken = [
        (name, query)
        for name, path in paper.paths.items()
        for query in NONSENSE
        if client.get(path.partition("?")[0], query_string=query).status_code
        != STATUS.get(name, 200)
    ]
    assert broken == []


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/%ff%fe/",
        "/%ED%A0%80/",
        "/" + "a" * 3000 + "/",
        "/nasional/99999999999999999999999/x/",
        "/nasional/0/x/",
        "/nasional/-1/x/",
        "/tag/%F0%9F%98%80/",
        "/tag/tidak-ada/",
        "/tag/tidak-ada/feed/",
        "/penulis/tidak-ada/",
        "/penulis/tidak-ada/feed/",
        "/tidak-ada/",
        "/tidak-ada/feed/",
        "/sitemap-0-0.xml",
        "/sitemap-2025-13.xml",
        "/sitemap-99999999999-1.xml",
        "/sitemap-1999-1.xml",
        "/media/",
        "/media/../settings.py",
        "/media/" + "0" * 32 + "/lead-640-1.webp",
        "/%2Fevil.example/",
        "/feed/feed/",
    ],
)
def test_an_address_that_leads_nowhere_is_a_404(path, client) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert _said("There is no page at this address") in answer.content.decode()


def _said(message: str) -> str:
    with translation.override("id"):
        return _(message)
