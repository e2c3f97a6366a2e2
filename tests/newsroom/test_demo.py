"""The demo edition: what it promises, and that it opens for nobody on a server."""

import re
from collections import Counter
from datetime import timedelta
from io import StringIO
from statistics import median

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.roles import ROLES
from articles import pagecache
from articles.models import Article, Byline, Image, SearchDocument, TaggedArticle
from comments.models import Comment
from newsroom.demo import backend, edition, loader

STORIES = edition.stories()


def paragraphs():
    return [block.strip() for story in STORIES.values() for block in story["body"].split("\n\n")]


def test_it_is_a_whole_paper():
    assert len(STORIES) >= 24
    assert len({story["section"] for story in STORIES.values()}) >= 8
    assert median(len(story["body"].split()) for story in STORIES.values()) >= 350
    repeated = [text for text, times in Counter(paragraphs()).items() if times > 1]
    assert repeated == []


@pytest.mark.django_db
def test_pages_of_before_are_void_once_all_is_deleted(monkeypatch):
    monkeypatch.setattr(loader, "call_command", lambda *words, **options: None)
    monkeypatch.setattr(loader, "sweep", lambda: None)
    before = pagecache.clock().read().epoch
    loader.wipe()
    assert pagecache.clock().read().epoch != before


def test_no_two_pictures_are_alike_and_each_is_described_and_credited():
    pictures = [story["image"] for story in STORIES.values() if "image" in story]
    assert len({(row["scene"], row["seed"]) for row in pictures}) == len(pictures)
    assert all(row["caption"] and row["credit"] and row["alt"] for row in pictures)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Satu <dua>.\n\nTiga.", "<p>Satu &lt;dua&gt;.</p><p>Tiga.</p>"),
        ("## Judul", "<h2>Judul</h2>"),
        ("> Kutipan\n> panjang", "<blockquote><p>Kutipan panjang</p></blockquote>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("[[baca-juga: ada, hilang]]", '<aside data-articles="7"></aside>'),
        ("[[baca-juga: hilang]]", ""),
    ],
)
def test_a_storys_text_becomes_html(text, html):
    assert edition.body(text, {"ada": 7}.get) == html


def test_articles_comments_and_people_are_there_in_every_state(db, settings, monkeypatch):
    settings.DEBUG = True
    monkeypatch.setattr(loader, "PICTURE_SIZE", (400, 267))
    out = StringIO()
    call_command("demo", stdout=out)

    now = timezone.now() + timedelta(minutes=1)
    assert Article.objects.live(now).count() >= 24
    assert Article.objects.scheduled(now).exists()
    assert Article.objects.ended(now).exists()
    assert set(Article.objects.values_list("status", flat=True)) == set(Article.Status)
    assert set(Comment.objects.values_list("status", flat=True)) == set(Comment.Status)
    assert not Image.objects.filter(credit="").exists()

    password = re.search(r"password for all: (\S+)", out.getvalue())[1]
    staff = User.objects.filter(groups__name__in=ROLES)
    assert set(staff.values_list("groups__name", flat=True)) == set(ROLES)
    for person in staff:
        assert person.email in out.getvalue()
        assert authenticate(None, email=person.email, password=password) == person

    before = Article.objects.count()  # A second start keeps what is there.
    call_command("demo", stdout=StringIO())
    assert Article.objects.count() == before
    # Every list shows the past in the order in which it was published.
    for rows in (TaggedArticle, Byline, SearchDocument):
        at = "content_object" if rows is TaggedArticle else "article"
        drifted = rows.objects.exclude(shown_at=None).exclude(shown_at=F(f"{at}__published_at"))
        assert not drifted.exists()


@pytest.fixture
def chief(db, settings):
    settings.DEBUG = True
    return User.objects.create_user("pemred@example.com", name="Pemred")


def log_in(person):
    return authenticate(None, email=person.email, password=backend.demo_password())


def test_the_password_opens_a_demo_account(chief):
    assert log_in(chief) == chief


def test_it_opens_nothing_with_debug_off(chief, settings):
    settings.DEBUG = False
    assert log_in(chief) is None


def test_it_opens_no_account_of_another(chief):
    assert log_in(User.objects.create_user("orang@example.com", name="Orang")) is None


def test_it_opens_no_account_with_a_password_of_its_own(chief):
    chief.set_password("sandi-miliknya-sendiri")
    chief.save()
    assert log_in(chief) is None


def test_it_is_not_for_a_server(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
