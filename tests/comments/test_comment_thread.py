"""What everybody sees of comments."""

import itertools
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from articles.guard import writing
from articles.models import Article
from comments import moderation
from comments.templatetags import comments as tags
from comments.templatetags import desk_comments
from comments.templatetags.comments import paragraphs, with_links
from tests import make

REL = 'rel="ugc nofollow noopener"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Halo & <b>", "Halo &amp; &lt;b&gt;"),
        (
            "Lihat https://a.id/?y=1&z=2.",
            f'Lihat <a href="https://a.id/?y=1&amp;z=2" {REL}>https://a.id/?y=1&amp;z=2</a>.',
        ),
        (
            "(http://a.id/b_(c))!",
            f'(<a href="http://a.id/b_(c))" {REL}>http://a.id/b_(c))</a>!',
        ),
        ("HTTPS://A.id", f'<a href="HTTPS://A.id" {REL}>HTTPS://A.id</a>'),
        ("http://a.id\nx", f'<a href="http://a.id" {REL}>http://a.id</a>\nx'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,x", "data:text/html,x"),
        ("ftp://a.id mailto:a@b.id", "ftp://a.id mailto:a@b.id"),
        ("https:// http://. https://", "https:// http://. https://"),
        (
            'https://a.id/"onclick="x()',
            f'<a href="https://a.id/" {REL}>https://a.id/</a>&quot;onclick=&quot;x()',
        ),
        (
            "https://a.id/<script>",
            f'<a href="https://a.id/" {REL}>https://a.id/</a>&lt;script&gt;',
        ),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links_and_all_else_is_escaped(text, html):
    assert with_links(text) == html


@pytest.fixture
def article(db):
    return make.live_article()


def set_article(article, **fields):
    with writing():
        Article.objects.filter(pk=article.pk).update(**fields)
    article.refresh_from_db()


def render(article) -> str:
    return Template("{% load comments %}{% comments_of article %}").render(
        Context({"article": article})
    )


def order(article) -> list[tuple[str, int]]:
    rows = tags.comments_of(article)["rows"]
    return [(row.comment.body, row.depth) for row in rows]


def say(article, body, parent=None, minutes=0, **fields):
    depth = parent.depth + 1 if parent else 0
    at = timezone.now() + timedelta(minutes=minutes)
    return make.comment(article, body=body, parent=parent, depth=depth, created_at=at, **fields)


def test_threads_stand_oldest_first_and_answers_right_below_what_they_answer(article):
    a = say(article, "a", minutes=0)
    b = say(article, "b", minutes=1)
    a1 = say(article, "a1", a, minutes=2)
    say(article, "b1", b, minutes=3)
    say(article, "a2", a, minutes=4)
    a11 = say(article, "a11", a1, minutes=5)
    say(article, "a111", a11, minutes=6)
    assert order(article) == [
        ("a", 0),
        ("a1", 1),
        ("a11", 2),
        ("a111", 3),
        ("a2", 1),
        ("b", 0),
        ("b1", 1),
    ]


def test_only_approved_comments_show(article):
    say(article, "tampil")
    say(article, "ditahan", status="held")
    say(article, "ditolak", status="rejected")
    say(make.live_article(), "di tempat lain")
    assert order(article) == [("tampil", 0)]


def test_an_answer_to_what_is_gone_stands_below_its_threads_first_comment_and_says_so(article):
    a = say(article, "a", minutes=0)
    a1 = say(article, "a1", a, minutes=1, status="rejected")
    say(article, "a11", a1, minutes=2)
    say(article, "b", minutes=3)
    assert order(article) == [("a", 0), ("a11", 1), ("b", 0)]
    assert _("answers a comment that is not shown any more") in render(article)


def test_a_thread_whose_first_comment_is_gone_keeps_its_place_and_its_order(article):
    a = say(article, "a", minutes=0, status="rejected")
    a1 = say(article, "a1", a, minutes=1)
    say(article, "b", minutes=2)
    say(article, "a2", a, minutes=3)
    say(article, "a11", a1, minutes=4)
    assert order(article) == [("a1", 0), ("a11", 1), ("a2", 0), ("b", 0)]


def test_each_comment_has_its_anchor_address_time_and_answer_link(article):
    parent = say(article, "Baris satu\nBaris dua\n\nAlinea dua", by=make.user(name="Siti <b>"))
    say(article, "Jawaban", parent, minutes=1)
    set_article(article, comment_count=2)
    html = render(article)
    assert f'id="komentar-{parent.pk}"' in html
    assert f'href="/komentar/{parent.pk}/"' in html
    assert f'href="/komentar/tulis/{article.pk}/?balas={parent.pk}" rel="nofollow"' in html
    assert f'href="/komentar/tulis/{article.pk}/" rel="nofollow"' in html
    assert f'href="#komentar-{parent.pk}"' in html
    assert "<time datetime=" in html
    assert "Siti &lt;b&gt;" in html
    assert "<p>Baris satu<br>Baris dua</p>" in html
    assert "(2)" in html


def test_without_comments_the_reader_is_invited(article):
    assert _("Nobody has commented yet. Be the first.") in render(article)


@pytest.mark.parametrize(
    "fields", [{"comments_mode": "closed"}, {"comments_close_at": timezone.now()}]
)
def test_closed_comments_stay_readable_and_offer_no_form(article, fields):
    say(article, "Masih terbaca")
    set_article(article, **fields)
    html = render(article)
    assert "Masih terbaca" in html
    assert _("Comments on this article are closed.") in html
    assert "/komentar/tulis/" not in html


def test_of_very_many_the_newest_are_shown_with_a_word_about_it(article, monkeypatch):
    monkeypatch.setattr(tags, "MOST_SHOWN", 3)
    first = say(article, "0", minutes=0)
    for number in range(1, 5):
        say(article, str(number), first if number == 4 else None, minutes=number)
    assert [body for body, depth in order(article)] == ["4", "2", "3"]
    assert "3" in render(article).split("comments__empty")[1]


@pytest.mark.parametrize("number", [0, 1, 40])
def test_any_number_of_comments_is_one_query(article, number, django_assert_num_queries):
    parent = None
    for count in range(number):
        parent = say(article, str(count), parent if count % 4 else None, minutes=count)
    with django_assert_num_queries(1):
        render(article)


def test_the_page_is_the_same_bytes_for_everybody(article, client):
    person = make.user(name="Siti")
    say(article, "Milik Siti", by=person)
    say(article, "Ditahan", by=person, status="held")
    strangers = Client().get(article.get_absolute_url())
    for somebody in (person, make.user("moderator")):
        client.force_login(somebody)
        answer = client.get(article.get_absolute_url())
        assert answer.content == strangers.content
    assert not strangers.cookies
    assert "csrfmiddlewaretoken" not in strangers.text
    assert person.email not in strangers.text


def test_a_readers_address_is_nowhere_on_the_page(article):
    comment = moderation.receive(article, make.user(name="", email="rahasia@example.com"), "Halo")
    moderation.approve(comment, make.user("moderator"))
    assert "rahasia" not in render(Article.objects.get(pk=article.pk))


@pytest.mark.parametrize(("role", "told"), [("moderator", True), ("reporter", False)])
def test_the_desks_first_page_counts_what_waits_for_those_who_decide(client, article, role, told):
    for body in ("satu", "dua", "tiga"):
        say(article, body, status="held")
    assert desk_comments.held_comments(make.user(role)) == ({"held": 3} if told else {})
    client.force_login(make.user(role))
    assert client.get("/admin/").status_code == 200


def test_paragraphs_are_those_of_django() -> None:
    parts = [
        "Isi <b>",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\n\n\n",
        " https://contoh.id/a?b&c. ",
        "“5 %”",
        "",
    ]
    for length in range(1, 5):
        for chosen in itertools.product(parts, repeat=length):
            text = "".join(chosen)
            assert paragraphs(text) == linebreaks(with_links(text)), repr(text)
