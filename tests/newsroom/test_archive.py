"""The invented archive: what it holds, that it is the same each time, and whom it refuses."""

import json
from datetime import UTC, datetime
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F, Q
from django.test import TestCase

from articles import listing, markup, pagecache, search, snapshots
from articles.guard import writing
from articles.models import (
    Article,
    Author,
    Byline,
    SearchDocument,
    Section,
    Tag,
    TaggedArticle,
)
from articles.routes import collides_with_route
from articles.slugs import make_slug, tag_key
from comments.models import DEEPEST, Comment
from newsroom.archive import loader, stories, vocabulary
from newsroom.archive.plan import Plan, landmarks
from tests import make

UNTIL = datetime(2026, 11, 20, 5, tzinfo=UTC)
SIZES = {"articles": 600, "comments": 900, "tags": 60}


def plan(**changes: object) -> Plan:
    return Plan(**{**SIZES, "until": UNTIL, "seed": 3} | changes)


PAPER = plan()


class TestAnArchive(TestCase):
    """One archive for all of these; it is taken back after them."""

    @classmethod
    def setUpTestData(cls) -> None:
        loader.load(PAPER)

    def test_it_holds_as_much_as_was_asked_for(self) -> None:
        assert Article.objects.count() == 600
        assert Comment.objects.count() == 900
        assert Tag.objects.count() == 60
        assert Section.objects.filter(parent=None).count() == 8
        assert not Section.objects.filter(parent__parent__isnull=False).exists()

    def test_it_has_articles_in_every_state(self) -> None:
        states = dict(Article.objects.values_list("status").annotate(number=Count("*")))
        assert set(states) == {"draft", "published", "withdrawn"}
        assert Article.objects.filter(unpublish_at__lte=UNTIL).exists()
        assert Article.objects.scheduled(UNTIL).count() == PAPER.scheduled == 6

    def test_each_word_of_the_bench_is_in_as_many_articles_as_it_says(self) -> None:
        def found(words: str) -> int:
            return search.find(Article.objects.all(), words).count()

        assert 0.42 < found(vocabulary.HALF) / 600 < 0.58
        assert found(vocabulary.HUNDREDTH) == 6
        assert found(vocabulary.TEN) == 10
        assert 3 < found(f'"{vocabulary.PHRASE}"') < 40
        assert found(vocabulary.SECOND) > found(f"{vocabulary.HALF} {vocabulary.SECOND}") > 25

    def test_what_it_writes_is_what_the_writers_would_have_written(self) -> None:
        for article in Article.objects.order_by("?")[:15]:
            kept = article.revisions.get()
            assert kept.content == snapshots.stored(article)
            assert markup.clean(article.body) == article.body
            article.full_clean(exclude=["slug"])
            row = SearchDocument.objects.get(article=article)
            terms = search.terms_of(article.headline, article.standfirst, article.body)
            assert (row.words, row.phrases, row.headline) == (
                terms.words,
                terms.phrases,
                terms.headline,
            )
            public = article.status == "published"
            assert article.live_revision == (kept if public else None)
            assert article.draft_revision == kept
            assert kept.live_from == article.first_published_at
            names = [step.name for step in article.transitions.order_by("at", "pk")]
            assert names == ["create", "submit", "publish", "withdraw"][: len(names)]

    def test_the_writer_of_lists_finds_nothing_to_put_right(self) -> None:
        before = rows_of_lists()

        with writing():
            for article in Article.objects.order_by("?")[:25]:
                listing.place(article)
        assert rows_of_lists() == before

    def test_comments_are_counted_and_stand_in_threads(self) -> None:
        shown = Count("comments", filter=Q(comments__status="approved"))
        assert not Article.objects.annotate(n=shown).exclude(n=F("comment_count")).exists()
        answers = Count("replies", filter=Q(replies__status="approved"))
        assert not Comment.objects.annotate(n=answers).exclude(n=F("reply_count")).exists()
        assert Comment.objects.filter(depth=DEEPEST).exists()
        assert (
            not Comment.objects.exclude(parent=None).exclude(parent__article=F("article")).exists()
        )
        assert not Comment.objects.filter(parent=None).exclude(thread=F("pk")).exists()
        assert not Comment.objects.exclude(parent=None).exclude(thread=F("parent__thread")).exists()
        assert set(Comment.objects.values_list("status", flat=True)) == {
            "approved",
            "held",
            "rejected",
        }

    def test_one_article_has_two_hundred_comments(self) -> None:
        discussed = Article.objects.get(pk=landmarks(PAPER)["discussed"])
        assert (
            discussed.comments.filter(status="approved").count() == discussed.comment_count == 200
        )

    def test_no_day_holds_more_than_sixty(self) -> None:
        by_day = Article.objects.live(UNTIL).values("published_at__date").annotate(n=Count("*"))
        assert max(row["n"] for row in by_day) <= 61

    def test_pages_of_it_answer(self) -> None:
        article = Article.objects.live().select_related("section")[0]
        author, tag = Author.objects.all()[0], Tag.objects.filter(tagged_items__isnull=False)[0]
        paths = ["/", "/nasional/", "/feed/", "/sitemap.xml", f"/cari/?q={vocabulary.HALF}"]
        paths += [thing.get_absolute_url() for thing in (article, author, tag)]
        assert {path: self.client.get(path).status_code for path in paths} == dict.fromkeys(
            paths, 200
        )

    def test_a_new_article_follows_the_archives_ids(self) -> None:
        assert make.draft().pk > Article.objects.order_by("-pk")[1].pk


def rows_of_lists() -> list[object]:
    """All that listing.py keeps."""
    models = {TaggedArticle: "content_object", Byline: "article", SearchDocument: "article"}
    rows = [
        sorted(one.objects.values_list(name, "shown_at"), key=str) for one, name in models.items()
    ]
    return [*rows, list(Article.objects.order_by("pk").values_list("top_section"))]


def test_the_same_seed_writes_the_same_words() -> None:
    first, again = (stories.story(plan(), 7, Random("3:7")) for _ in range(2))
    assert first == again
    assert first != stories.story(plan(), 7, Random("4:7"))


@pytest.mark.django_db
def test_two_archives_of_one_seed_are_the_same_but_for_their_ids() -> None:
    def rows() -> list[object]:
        fields = ("headline", "body", "slug", "published_at", "comment_count", "section__slug")
        return list(Article.objects.order_by("pk").values_list(*fields))

    small = plan(articles=60, comments=50, tags=9)
    loader.load(small)
    first = rows()
    loader.load(small, add=True)
    assert rows() == first * 2


@pytest.mark.django_db
def test_articles_that_are_there_are_not_mixed_with_invented_ones() -> None:
    make.draft()
    with pytest.raises(CommandError, match="not mixed"):
        call_command("make_archive", "--articles=10", verbosity=0)
    assert Article.objects.count() == 1


@pytest.mark.django_db
def test_a_live_paper_gets_no_invented_articles(settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG=1"):
        call_command("make_archive", "--articles=10", "--add", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "word",
    [
        ["--articles=-1"],
        ["--tags=-1"],
        ["--per-day=0"],
        ["--until=yesterday"],
        ["--until=2026-11-01"],
    ],
)
def test_sizes_and_times_that_are_none_are_refused(word) -> None:
    with pytest.raises(CommandError):
        call_command("make_archive", "--articles=10", word, verbosity=0)
    assert Article.objects.count() == 0


@pytest.mark.django_db
def test_the_command_tells_what_can_be_looked_for() -> None:
    out = StringIO()
    words = [
        "--articles=60",
        "--comments=0",
        "--tags=5",
        "--json",
        "--until=2026-11-20T12:00+07:00",
    ]
    call_command("make_archive", *words, verbosity=0, stdout=out)
    told = json.loads(out.getvalue())
    assert told["words"]["half"] == vocabulary.HALF
    assert Tag.objects.filter(name=told["tags"]["few"]).exists()
    assert Article.objects.filter(published_at__lte=UNTIL).exists()


@pytest.mark.django_db
def test_sections_of_the_archive_have_addresses_of_their_own() -> None:
    loader.load(plan(articles=10, comments=0, tags=0))
    assert not [
        section.slug for section in Section.objects.all() if collides_with_route(section.slug)
    ]


@pytest.mark.django_db
def test_pages_of_before_are_void_once_it_is_there(django_capture_on_commit_callbacks) -> None:
    before = pagecache.clock().read().epoch
    with django_capture_on_commit_callbacks(execute=True):
        loader.load(plan(articles=10, comments=0, tags=0))
        assert pagecache.clock().read().epoch == before
    assert pagecache.clock().read().epoch != before


@pytest.mark.postgresql
@pytest.mark.django_db
def test_indexes_and_foreign_keys_are_as_they_were_after_a_load() -> None:
    before = definitions()
    loader.load(plan(articles=30, comments=20, tags=5))
    assert definitions() == before


def definitions() -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
        indexes = sorted(cursor.fetchall())
        cursor.execute("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint")
        return [indexes, sorted(cursor.fetchall())]


@pytest.mark.parametrize("number", [0, 1, 500, 29_999, 60_000])
def test_no_two_topics_are_one(number) -> None:
    assert vocabulary.topic(number) != vocabulary.topic(number + 1)


def test_thirty_thousand_topics_are_thirty_thousand_tags() -> None:
    names = [vocabulary.topic(number) for number in range(30_000)]
    assert (
        len({tag_key(name) for name in names}) == len({make_slug(name) for name in names}) == 30_000
    )


@pytest.mark.parametrize(("articles", "comments"), [(60, 100), (600, 1500), (5000, 12_500), (9, 0)])
def test_every_comment_stands_below_some_article(articles, comments) -> None:
    one = plan(articles=articles, comments=comments)
    numbers = [one.comments_of(number) for number in range(one.public)]
    assert sum(numbers) == comments
    assert min(numbers, default=0) >= 0
    assert one.comments_before(0) == sum(numbers[1:])
