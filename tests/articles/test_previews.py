"""Shared previews: who makes links, what they open, for how long, and that nobody keeps them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from articles import content, dependencies, previews, workflow
from articles.content import Values
from articles.errors import NotAllowed
from articles.guard import NotAWriter, writing
from articles.models import Article, PreviewLink
from articles.pagecache import clock
from tests import desk, make, public, valid_html
from tests.hammer.servers import InProcess

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
SECRET = "Naskah yang belum tayang"
ROLES = ["reporter", "editor", "chief_editor", "moderator", "administrator"]


@pytest.fixture
def editor():
    return make.user("editor")


@pytest.fixture
def article() -> Article:
    return make.draft(headline=SECRET, tags=["Ikan"], bylines=[make.author("Rina")])


def ask(token: str, at=None):
    """What somebody without an account gets, at that moment."""
    with dependencies.recording(at or timezone.now()):
        return Client().get(previews.address(token))


# Who makes links: role × whose article × its state


def draft_of_mine(person):
    return make.draft(person)


def draft_of_mine_handed_in(person):
    return workflow.submit(make.draft(person), person)


def draft_of_another(person):
    return make.draft()


def live_of_another(person):
    return make.live_article()


MAY_MAKE = {
    draft_of_mine: {"reporter", "editor", "chief_editor"},
    draft_of_mine_handed_in: {"editor", "chief_editor"},
    draft_of_another: {"editor", "chief_editor"},
    live_of_another: {"editor", "chief_editor"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("build", MAY_MAKE, ids=lambda build: build.__name__)
def test_whoever_may_edit_may_show_it_to_others(client, build, role) -> None:
    person = make.user(role)
    writes = person.has_perm("articles.add_article")
    article = build(person if writes else make.user("reporter"))
    client.force_login(person)
    client.post(f"{desk.LIST}{article.pk}/previews/", {"lifetime": "day"})
    may = role in MAY_MAKE[build]
    assert article.preview_links.exists() == may
    if not may:
        with pytest.raises(NotAllowed):
            previews.make(article, person)


@pytest.mark.parametrize(
    ("role", "is_own", "may"),
    [
        ("reporter", True, True),
        ("reporter", False, False),
        ("editor", False, True),
        ("chief_editor", False, True),
        ("moderator", False, False),
    ],
)
def test_who_may_close_a_link(editor, role, is_own, may) -> None:
    person = make.user(role)
    article = make.draft(person if is_own else None)
    link, token = previews.make(article, person if is_own else editor)
    if is_own:  # Handed in, it is no longer hers to edit; her link is still hers to close.
        workflow.submit(article, person)
    if may:
        previews.revoke(link, person)
    else:
        with pytest.raises(NotAllowed):
            previews.revoke(link, person)
    assert ask(token).status_code == (410 if may else 200)


# What a link opens


def test_it_shows_the_readers_page_to_somebody_without_an_account(article, editor) -> None:
    token = previews.make(article, editor)[1]
    page = ask(token)
    assert page.status_code == 200
    assert "articles/article.html" in [template.name for template in page.templates]
    for shown in (SECRET, "Rina", "Ikan", "Paragraf pertama"):
        assert shown in page.text
    assert "notice" in page.text


def test_it_shows_the_text_as_it_is_now(article, editor) -> None:
    token = previews.make(article, editor)[1]
    content.save(article, Values({"headline": "Judul kedua"}), article.version, editor)
    assert "Judul kedua" in ask(token).text


def test_it_is_kept_and_found_by_nobody(article, editor) -> None:
    link, token = previews.make(article, editor)
    silent, embargoed = previews.make(article, editor)[1], make.draft(embargo_until=later())
    shut = previews.make(embargoed, editor)[1]
    previews.revoke(PreviewLink.objects.exclude(pk=link.pk).earliest("id"), editor)
    answers = {status: ask(known) for status, known in ((200, token), (410, silent), (403, shut))}
    for status, page in (answers | {404: ask("0" * 40)}).items():
        assert page.status_code == status
        assert page.headers["X-Robots-Tag"] == "noindex, noarchive, nofollow"
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "noindex" in page.text
        assert not page.cookies
        assert valid_html.problems(page.text) == []
        assert (SECRET in page.text) == (status == 200)


def later():
    return timezone.now() + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_the_page_cache_never_holds_one(article, editor) -> None:
    token = previews.make(article, editor)[1]
    server, now = InProcess(clock()), timezone.now()
    cache = server.application
    for path in (previews.address(token), previews.address("0" * 40)):
        for _ in range(2):
            answer = server.get(path, now)
            assert answer.story == ""
    shelves = (cache._pages, cache._misses, cache._searches)
    assert [len(shelf) for shelf in shelves] == [0, 0, 0]
    # The same server does keep what is for everybody.
    server.get("/", now)
    assert server.get("/", now).was_kept


@pytest.mark.parametrize("spelling", [str, str.upper, lambda path: path.removesuffix("/")])
def test_no_redirect_carries_a_token(client, article, editor, spelling) -> None:
    """A slash that was lost on the way is not missed; other letters are another token."""
    path = spelling(previews.address(previews.make(article, editor)[1]))
    answer = client.get(path)
    assert answer.status_code == (404 if path.isupper() else 200)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, article, editor, method) -> None:
    path = previews.address(previews.make(article, editor)[1])
    assert getattr(client, method)(path).status_code == 405


# For how long


@pytest.mark.parametrize("lifetime", previews.LIFETIMES)
def test_it_ends_at_its_second(article, editor, lifetime) -> None:
    link, token = previews.make(article, editor, previews.LIFETIMES[lifetime][1])
    assert ask(token, link.expires_at - SECOND).status_code == 200
    assert ask(token, link.expires_at).status_code == 410


def test_it_is_for_three_days_unless_somebody_says_otherwise(client, article, editor) -> None:
    link, _token = previews.make(article, editor)
    assert link.expires_at - link.created_at == timedelta(days=3)
    client.force_login(editor)
    form = client.get(f"{desk.LIST}{article.pk}/previews/").context["form"]
    assert form["lifetime"].initial == "three_days"


def test_under_embargo_it_says_until_when_and_nothing_else(editor) -> None:
    end = later().replace(microsecond=0)
    article = make.draft(headline=SECRET, embargo_until=end)
    token = previews.make(article, editor, timedelta(days=7))[1]
    page = ask(token, end - SECOND)
    assert page.status_code == 403
    assert timezone.localtime(end).strftime("%H:%M WIB") in page.text
    assert SECRET not in page.text
    assert article.slug not in page.text
    assert ask(token, end).status_code == 200
    link = PreviewLink.objects.get()
    assert link.hits == 1  # A closed door is no look.


@pytest.mark.parametrize("state", ["withdrawn", "ended", "in the bin"])
def test_what_readers_may_not_see_any_more_is_not_shown_by_a_side_door(editor, state) -> None:
    article = make.draft() if state == "in the bin" else make.live_article()
    token, chief = previews.make(article, editor)[1], make.user("chief_editor")
    at = timezone.now()
    if state == "withdrawn":
        workflow.withdraw(article, chief, reason="child", public_reason="Demi masa depan anak.")
    elif state == "ended":
        at += timedelta(hours=1)
        workflow.unpublish(article, chief, at=at, reason="licence_ended", note="Lisensi habis.")
    else:
        with writing():
            Article.objects.filter(pk=article.pk).update(deleted_at=at)
    page = ask(token, at)
    assert page.status_code == 410
    assert article.headline not in page.text


# The token


def test_only_its_hash_is_stored(article, editor) -> None:
    link, token = previews.make(article, editor)
    assert re.fullmatch(r"[0-9a-f]{40}", token)  # 160 bits
    stored = " ".join(map(str, PreviewLink.objects.values_list().get()))
    assert token not in stored
    assert link.token_hash != token
    assert previews.find(link.token_hash[:40]) is None


def test_no_two_links_are_alike(article, editor) -> None:
    assert len({previews.make(article, editor)[1] for _ in range(50)}) == 50


def test_the_looks_are_counted_on_the_link_alone(article, editor) -> None:
    link, token = previews.make(article, editor)
    before = Article.objects.values().get(pk=article.pk)
    with time_machine.travel(link.created_at + timedelta(hours=2), tick=False):
        for _ in range(3):
            ask(token)
        link.refresh_from_db()
        assert (link.hits, link.last_seen_at) == (3, timezone.now())
    assert Article.objects.values().get(pk=article.pk) == before


def test_links_are_written_by_their_writer_alone(article, editor) -> None:
    previews.make(article, editor)
    with pytest.raises(NotAWriter):
        PreviewLink.objects.update(hits=0)
    with pytest.raises(NotAWriter):
        PreviewLink.objects.all().delete()


def test_no_section_takes_the_address_of_previews(client) -> None:
    client.force_login(make.user("chief_editor"))
    data = {"name": "Pratinjau", "slug": "pratinjau", "order": 1, "parent": "", "intro": ""}
    assert client.post("/admin/articles/section/add/", data).status_code == 200


def test_the_address_is_its_routes_own() -> None:
    match = resolve(previews.address("a" * 40))
    assert (match.view_name, match.kwargs) == ("articles:shared_preview", {"token": "a" * 40})


def test_a_shared_page_needs_few_queries(editor, django_assert_max_num_queries) -> None:
    paper = public.paper()
    token = previews.make(paper.article, editor)[1]
    with django_assert_max_num_queries(13):
        Client().get(previews.address(token))
