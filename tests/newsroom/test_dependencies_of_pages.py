"""What a page reads from the database is what it says it depends on."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from articles import dependencies
from articles.pagecache import clock, fragments
from tests import public
from tests.hammer.servers import InProcess

pytestmark = pytest.mark.django_db

# Which tags cover the rows of a table. A table that no page may read is not here.
COVERED_BY = {
    "articles_article": r"(article|card):\d+|list:",
    "articles_articlelink": r"article:\d+",
    "articles_section": r"section:\d+|list:menu",
    "articles_tag": r"tag:\d+|slug:tag:|article:\d+|address:",
    "articles_taggedarticle": r"list:tag:\d+|article:\d+",
    "articles_author": r"author:\d+|slug:author:|article:\d+|list:front|address:",
    "articles_byline": r"list:author:\d+|(article|card):\d+|list:front",
    "articles_image": r"image:\d+|(article|card):\d+|list:",
    "articles_imageuse": r"article:\d+",
    "articles_searchdocument": r"list:search",
    "articles_search": r"list:search",
    "articles_formeraddress": r"address:",
    "comments_comment": r"comments:\d+",
}
TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')


@pytest.fixture
def paper():
    fragments.clear()
    return public.paper()


def read_and_said(client, path: str) -> tuple[set[str], set[str]]:
    """The tables that a page reads, and the tags that it reports."""
    tables: set[str] = set()

    def note(execute, sql, params, many, context):
        tables.update(TABLE.findall(sql))
        return execute(sql, params, many, context)

    with dependencies.recording(timezone.now()) as made, connection.execute_wrapper(note):
        client.get(path)
    return tables, made.tags


def uncovered(tables: set[str], tags: set[str]) -> set[str]:
    """The tables whose rows may change without the page being told."""
    return {
        table
        for table in tables
        if not any(re.match(COVERED_BY.get(table, "(?!)"), tag) for tag in tags)
    }


def test_no_page_reads_a_table_behind_its_tags(paper, client, subtests) -> None:
    read = set()
    for name, path in paper.paths.items():
        with subtests.test(name):
            tables, tags = read_and_said(client, path)
            assert uncovered(tables, tags) == set()
            read |= tables
    # The test has looked at something: there is hardly a table that no page reads.
    assert read >= {"articles_article", "articles_section", "comments_comment", "articles_image"}
    assert "articles_articlelink" in read


def test_a_page_that_reports_nothing_is_found(paper, client, monkeypatch) -> None:
    monkeypatch.setattr(dependencies, "saw", lambda *tags: None)
    tables, tags = read_and_said(client, paper.paths["article"])
    assert uncovered(tables, tags) >= {"articles_article", "comments_comment"}


@pytest.mark.django_db(transaction=True)  # A request that ends closes its connection.
def test_a_page_is_kept_and_said_again_without_a_query(paper, django_assert_num_queries) -> None:
    server, now = InProcess(clock()), timezone.now()
    for name, path in paper.paths.items():
        first = server.get(path, now)
        with django_assert_num_queries(0):
            again = server.get(path, now, "br")
        assert again.said == first.said, name
        assert again.was_kept, name
