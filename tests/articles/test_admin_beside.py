"""The pages beside an article's form: shared previews, frames, linked articles."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import families, previews
from articles.admin.family import RELATIONS
from articles.models import Article, ArticleLink, PreviewLink
from tests import desk, make

pytestmark = pytest.mark.django_db

Kind = ArticleLink.Kind
PAGES = ["frames", "previews", "family"]


def page(article: Article, name: str) -> str:
    return f"{desk.LIST}{article.pk}/{name}/"


@pytest.fixture
def at_desk(client):
    client.force_login(make.user("editor"))
    return client


# Who opens them: role × whose article × page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("role", "of", "may"),
    [
        ("reporter", "mine", {*PAGES}),
        ("reporter", "another's draft", set()),
        ("reporter", "another's live", {"frames"}),
        ("editor", "another's draft", {*PAGES}),
        ("chief_editor", "another's live", {*PAGES}),
        ("moderator", "another's draft", set()),
        ("moderator", "another's live", {"frames"}),
        ("administrator", "another's draft", set()),
        ("administrator", "another's live", {"frames"}),
    ],
)
def test_who_opens_which_page(client, role, of, may, name) -> None:
    person = make.user(role)
    client.force_login(person)
    build = {"mine": lambda: make.draft(person), "another's draft": make.draft}
    article = build.get(of, make.live_article)()
    answer = client.get(page(article, name))
    assert answer.status_code == (200 if name in may else 404)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("signed_in", [True, False])
def test_readers_are_sent_to_log_in(client, name, signed_in) -> None:
    if signed_in:
        client.force_login(make.user())
    answer = client.get(page(make.live_article(), name))
    assert "/admin/login/" in answer.headers["Location"]


@pytest.mark.parametrize("name", PAGES)
def test_each_escapes_what_it_shows_and_is_kept_by_nobody(at_desk, name) -> None:
    article, other = make.draft(headline="A <b> & c"), make.live_article()
    families.link(article, other, Kind.FOLLOW_UP, None)
    previews.make(article, make.user("editor"))
    answer = at_desk.get(page(article, name))
    assert "A <b>" not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "style=" not in answer.text


def test_the_form_leads_to_each(at_desk) -> None:
    article = make.draft()
    form = at_desk.get(desk.change(article)).text
    assert all(page(article, name) in form for name in PAGES)


# Frames


def test_the_readers_page_stands_in_our_own_frames_and_nothing_else_does(at_desk) -> None:
    article = make.draft()
    framed = at_desk.get(page(article, "preview"))
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    for other in (page(article, "frames"), desk.change(article), "/"):
        answer = at_desk.get(other)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_policy_of_the_framed_page_is_otherwise_the_papers(at_desk) -> None:
    article = make.live_article()
    policies = [
        at_desk.get(path).headers["Content-Security-Policy"]
        for path in (page(article, "preview"), article.get_absolute_url())
    ]
    assert policies[0].replace("'self'; ", "") != policies[0]
    assert policies[0] == policies[1].replace("frame-ancestors 'none'", "frame-ancestors 'self'")


def test_without_javascript_both_frames_are_links(at_desk) -> None:
    article = make.draft()
    text = at_desk.get(page(article, "frames")).text
    links = re.findall(r'<a href="([^"]+)" target="_blank">', text)
    assert links.count(page(article, "preview")) == 2
    assert re.findall(r'data-frame="([^"]+)"', text) == ["360x740", "1280x800"]


# Shared previews


def test_the_address_is_shown_once_and_opens_the_page(at_desk, client, settings) -> None:
    article = make.draft(headline="Belum tayang")
    answer = at_desk.post(page(article, "previews"), {"lifetime": "hour"})
    (address,) = re.findall(r'value="([^"]*/pratinjau/[0-9a-f]{40}/)"', answer.text)
    assert address.startswith(settings.SITE_URL)
    assert "/pratinjau/" not in at_desk.get(page(article, "previews")).text
    at_desk.logout()
    shown = client.get(address.removeprefix(settings.SITE_URL))
    assert "Belum tayang" in shown.text


@pytest.mark.parametrize("lifetime", ["", "year", "0"])
def test_no_other_time_is_taken(at_desk, lifetime) -> None:
    answer = at_desk.post(page(make.draft(), "previews"), {"lifetime": lifetime})
    assert answer.context["form"].errors
    assert not PreviewLink.objects.exists()


def test_the_list_tells_who_looked_and_closes_a_link(at_desk, client) -> None:
    article = make.draft()
    link, token = previews.make(article, make.user("editor", name="Edi Penyunting"))
    client.get(previews.address(token))
    text = at_desk.get(page(article, "previews")).text
    assert "Edi Penyunting" in text
    assert at_desk.post(page(article, "previews"), {"revoke": link.pk}).status_code == 302
    assert client.get(previews.address(token)).status_code == 410
    again = at_desk.get(page(article, "previews"))
    assert 'name="revoke"' not in again.text


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 30])
def test_a_link_that_is_not_there_is_not_closed(at_desk, number) -> None:
    assert at_desk.post(page(make.draft(), "previews"), {"revoke": number}).status_code == 404


def test_a_link_is_closed_on_its_own_articles_page_alone(at_desk) -> None:
    link, _token = previews.make(make.draft(), make.user("editor"))
    assert at_desk.post(page(make.draft(), "previews"), {"revoke": link.pk}).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


@pytest.mark.parametrize("name", ["previews", "family"])
def test_a_long_list_asks_no_more_than_a_short_one(at_desk, name) -> None:
    article = make.draft()

    def cost(number: int) -> int:
        """The queries of the page with so many more lines."""
        for _ in range(number):
            previews.make(article, make.user("editor"))
            families.link(article, make.live_article(), Kind.SERIES, None)
        at_desk.get(page(article, name))
        with CaptureQueriesContext(connection) as captured:
            at_desk.get(page(article, name))
        return len(captured)

    assert cost(1) == cost(5) <= 9


# Linked articles


@pytest.mark.parametrize("relation", RELATIONS)
def test_each_relation_is_stored_as_it_was_said_and_said_again(at_desk, relation) -> None:
    article, other = make.draft(), make.live_article()
    words, kind, is_from = RELATIONS[relation]
    data = {"relation": relation, "other": other.pk}
    assert at_desk.post(page(article, "family"), data).status_code == 302
    link = ArticleLink.objects.get()
    pair = (article, other) if is_from else (other, article)
    assert (link.from_article, link.to_article, link.kind) == (*pair, kind)
    (row,) = at_desk.get(page(article, "family")).context["rows"]
    assert (row["words"], row["other"]) == (words, other)
    # Undone with one button.
    at_desk.post(page(article, "family"), {"unlink": link.pk})
    assert not ArticleLink.objects.exists()


@pytest.mark.parametrize(
    "spelling",
    [
        "{pk}",
        " #{pk} ",
        "{path}",
        "https://contoh.example{path}?utm_source=wa",
        "http://contoh.example/nasional/{pk}/slug-lama/",
        "/nasional/{pk}/2024-sebuah-tahun/",
    ],
)
def test_the_other_article_goes_by_number_or_pasted_address(at_desk, spelling) -> None:
    article, other = make.draft(), make.live_article(slug="harga-2024")
    text = spelling.format(pk=other.pk, path=other.get_absolute_url())
    at_desk.post(page(article, "family"), {"relation": "follows_up", "other": text})
    assert ArticleLink.objects.get().to_article == other


@pytest.mark.parametrize("text", ["", "kata", "99999", "9" * 40, "https://contoh.example/"])
def test_what_is_no_article_is_refused_in_the_form(at_desk, text) -> None:
    data = {"relation": "related", "other": text}
    answer = at_desk.post(page(make.draft(), "family"), data)
    assert answer.context["form"].errors["other"]
    assert not ArticleLink.objects.exists()


def test_what_the_writer_refuses_is_told_in_the_form(at_desk) -> None:
    article = make.draft()
    data = {"relation": "related", "other": article.pk}
    assert at_desk.post(page(article, "family"), data).context["form"].errors["other"]


def test_the_draft_of_another_is_nothing_that_a_reporter_can_name(client) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    secret = make.draft(headline="Rahasia")
    data = {"relation": "follows_up", "other": secret.pk}
    answer = client.post(page(make.draft(reporter), "family"), data)
    assert answer.context["form"].errors["other"]
    assert "Rahasia" not in answer.text


@pytest.mark.parametrize("number", ["", "x", "999999"])
def test_a_link_that_is_not_there_is_not_removed(at_desk, number) -> None:
    assert at_desk.post(page(make.draft(), "family"), {"unlink": number}).status_code == 404


def test_the_links_of_a_live_article_are_no_writers_to_change(client) -> None:
    """Whoever wrote it may not change it once it is public; the page says why, and so it is."""
    reporter = make.user("reporter")
    article, other = make.live_article(by=reporter), make.live_article()
    link = families.link(article, other, Kind.FOLLOW_UP, None)
    client.force_login(reporter)
    assert client.get(page(article, "family")).context["why_not"]
    assert client.post(page(article, "family"), {"unlink": link.pk}).status_code == 403
    assert ArticleLink.objects.exists()


def test_each_page_has_a_name(at_desk) -> None:
    article = make.draft()
    for name in PAGES:
        assert reverse(f"admin:articles_article_{name}", args=[article.pk]) == page(article, name)
