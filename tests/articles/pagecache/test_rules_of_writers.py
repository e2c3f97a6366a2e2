"""The rules of the page cache that are the writers' part, over the database; see test_rules.py."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from articles import content, outbox, workflow
from articles.errors import Conflict
from articles.models import Article
from articles.pagecache import moments
from tests import make
from tests.articles.pagecache.mutants import without
from tests.articles.pagecache.toy import Stand


def publish_while_moving(monkeypatch: Any) -> tuple[Article, set[str]]:
    """Somebody moves a draft to another section while somebody else publishes it; what there is
    afterwards, and all tags that were announced. The row is not held, so that only the token is
    left. SQLite has one writer at a time: there the publication is a part of the move."""
    article, aim = make.complete(section=make.section("lama")), make.section("baru")
    editor, announced = make.user("editor"), set()
    apply, rows = content._checked, Article.objects.select_related("section")

    def publish() -> None:
        workflow.publish(rows.get(pk=article.pk), editor)
        if connection.vendor == "postgresql":
            connection.close()

    def overtaken(row: Article, wanted: content.Content) -> content.Content:
        monkeypatch.setattr(content, "_checked", apply)
        if connection.vendor == "postgresql":
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(publish).result(30)
        else:
            publish()
        return apply(row, wanted)

    monkeypatch.setattr(content, "_checked", overtaken)
    monkeypatch.setattr(content, "lock", lambda pk: rows.get(pk=pk))
    monkeypatch.setattr(outbox.pagecache, "announce", announced.update)
    with suppress(Conflict):
        content.save(article, content.Values({"section_id": aim.pk}), article.version, None)
    return rows.get(pk=article.pk), announced


def is_seen(article: Article, announced: set[str]) -> bool:
    """Whether every list that the article is in now was announced."""
    return set(outbox.lists_of(article, [], [])) <= announced


@pytest.mark.django_db(transaction=True)
def test_t2_a_move_and_a_publication_that_overlap(monkeypatch) -> None:
    """The list of the section that it is moved to is told; without the token it would not be."""
    assert is_seen(*publish_while_moving(monkeypatch))
    replace = without(content._replace, ", token=article.token)", ")")
    monkeypatch.setattr(content, "_replace", replace)
    assert not is_seen(*publish_while_moving(monkeypatch))


@pytest.mark.django_db
@pytest.mark.parametrize("mutated", [False, True])
def test_t10_an_article_that_nobody_sees_yet_ends_the_pages_where_it_will_be(
    mapped, monkeypatch, mutated
) -> None:
    """The second half of T10: moments are searched among what is not live yet as well."""
    monkeypatch.setattr("articles.pagecache.current.clock", lambda: mapped)
    source = outbox.upcoming
    if mutated:
        source = without(source, "Article.objects.filter", "Article.objects.live().filter")
    monkeypatch.setattr(moments, "_sources", [source])
    monkeypatch.setattr(moments, "_acts", [])
    at = datetime.now(UTC) + timedelta(hours=1)
    make.scheduled_article(at)
    stand = Stand(mapped, settle=moments.settle)
    stand.now = datetime.now(UTC)
    sheet = stand.sheet(tags={"list:front"})
    stand.ask()
    sheet.text, stand.now = "dua", at - timedelta(milliseconds=1)
    assert stand.ask().body == b"satu"
    stand.now = at
    assert (stand.ask().body == b"dua") is not mutated


def test_a_moment_voids_the_pages_that_it_touches_and_no_others(clock, monkeypatch) -> None:
    stand = Stand(clock, settle=moments.settle)
    monkeypatch.setattr(moments, "_sources", [])
    monkeypatch.setattr(moments, "_acts", [])
    stand.sheet("/a/", tags={"list:front"})
    stand.sheet("/b/", tags={"article:1"})
    for path in ("/a/", "/b/"):
        stand.ask(path)
    clock.bump([moments.TAG, "list:front"])
    assert [stand.ask("/a/").story, stand.ask("/b/").story] == ["fwd=miss", "hit"]
