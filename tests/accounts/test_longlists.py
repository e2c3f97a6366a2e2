"""Lists of the desk over tables that grow: they count to 2,000 and say when there is more."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import longlists
from accounts.longlists import BoundedPaginator
from comments.models import Comment
from comments.querysets import saying
from tests import desk, make

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/"


@pytest.fixture
def few(monkeypatch):
    """Let three be many."""
    monkeypatch.setattr(longlists, "MOST", 3)


@pytest.fixture
def held(client):
    client.force_login(make.user("moderator"))
    article = make.live_article()
    words = ("anggrek", "bakau", "cendana", "dahlia", "eboni")
    return [make.comment(article, status="held", body=f"Kata {word}") for word in words]


@pytest.mark.parametrize(
    ("rows", "count", "is_open", "words"),
    [(2, 2, False, "2"), (3, 3, False, "3"), (5, 3, True, "lebih dari 3")],
)
def test_it_counts_so_far_and_no_further(few, held, rows, count, is_open, words) -> None:
    some = Comment.objects.filter(pk__in=[one.pk for one in held[:rows]])
    paginator = BoundedPaginator(some, 2)
    assert (paginator.count, paginator.is_open) == (count, is_open)
    assert paginator.words in {words, words.replace("lebih dari", "more than")}
    assert paginator.num_pages == (count + 1) // 2


def test_the_database_is_asked_for_a_bounded_count_alone(held) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert BoundedPaginator(Comment.objects.newest(), 2).count == 5
    [query] = captured.captured_queries
    assert "LIMIT 2001" in query["sql"]
    assert "ORDER BY" not in query["sql"]


def test_a_long_list_says_that_there_is_more(few, held, client) -> None:
    page = client.get(QUEUE)
    assert page.context["cl"].paginator.words in page.text
    assert page.context["cl"].paginator.is_open
    assert "Select all" not in page.text
    assert "Pilih seluruh" not in page.text


def test_a_short_list_says_its_number_and_offers_all_of_it(held, client) -> None:
    page = client.get(QUEUE, {"q": "kata"})
    assert not page.context["cl"].paginator.is_open
    assert page.context["cl"].paginator.words == "5"


def test_all_of_a_list_is_what_its_pages_can_show(few, held, client) -> None:
    data = {"action": "approve", "index": 0, "select_across": 1}
    client.post(QUEUE, data | {ACTION_CHECKBOX_NAME: [held[0].pk]})
    assert Comment.objects.shown().count() == 1


def test_one_sorts_by_what_has_an_index_and_by_nothing_else(client) -> None:
    client.force_login(make.user("editor"))
    make.draft()
    for path, columns in {desk.LIST: {"time"}, QUEUE: {"created_at"}}.items():
        changelist = client.get(path).context["cl"]
        assert set(changelist.sortable_by) == columns
    assert 'ORDER BY "articles_article"."headline"' not in sql_of(client, f"{desk.LIST}?o=2")


def sql_of(client, path: str) -> str:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return " ".join(query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize("query", ["KATA dahlia", "dah kat", "Kata"])
def test_comments_are_found_by_the_beginnings_of_their_words(held, client, query) -> None:
    page = client.get(QUEUE, {"status": "all", "q": query})
    found = {row.body for row in page.context["cl"].result_list}
    assert "Kata dahlia" in found
    assert len(found) == (5 if query == "Kata" else 1)


@pytest.mark.parametrize("query", ["' : * & |", "!!", "\\"])
def test_a_search_of_signs_finds_nothing_and_breaks_nothing(held, client, query) -> None:
    page = client.get(QUEUE, {"status": "all", "q": query})
    assert list(page.context["cl"].result_list) == []


@pytest.mark.postgresql
def test_postgresql_finds_them_by_its_index(held) -> None:
    with connection.cursor() as cursor:
        # Of so few rows every other way is as short.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "comment_words" in Comment.objects.filter(saying("kata")).explain()
