"""How many queries a page costs: the same with one article and with thirty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.guard import writing
from articles.models import Article
from comments.models import Comment
from tests import make, public

pytestmark = pytest.mark.django_db

SEARCH = "/cari/?q=paragraf"
MOST_OF_A_SEARCH = {"sqlite": 3, "postgresql": 5}[connection.vendor]
# The menu is one of each page's. A list: the section, its children, the rows.
BUDGETS = {
    "/": 4,
    "/nasional/": 4,
    "/tag/banjir/": 3,
    "/penulis/rini/": 3,
    "/indeks/": 4,
    # PostgreSQL is asked first how it would go about it.
    SEARCH: {"sqlite": 3, "postgresql": 4}[connection.vendor],
    "/feed/": 3,
    "/nasional/feed/": 4,
    "/tag/banjir/feed/": 4,
    "/penulis/rini/feed/": 4,
    "/sitemap.xml": 2,
}


@pytest.fixture
def author():
    return make.author("Rini", slug="rini", code="rwl")


def publish(author, number: int) -> Article:
    """An article with everything that a list could reach for, in one of five sections."""
    section = make.section("nasional" if number % 5 == 0 else f"kanal-{number % 5}")
    return make.live_article(
        at=timezone.now() - timedelta(minutes=number),
        section=section,
        tags=["Banjir", f"Tag {number}"],
        bylines=[author],
        lead_image_id=public.image().pk,
        kind=["news", "opinion"][number % 2],
    )


def queries(client, path: str, status: int = 200) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == status
    return len(captured)


def test_a_list_costs_the_same_with_one_article_and_with_thirty(client, author) -> None:
    publish(author, 0)
    one = {path: queries(client, path) for path in BUDGETS}
    for number in range(1, 31):
        publish(author, number)
    thirty = {path: queries(client, path) for path in BUDGETS}
    assert thirty == BUDGETS
    # By the tables' statistics PostgreSQL may walk them; one that finds too little asks once more.
    assert one.pop(SEARCH) in {BUDGETS[SEARCH], MOST_OF_A_SEARCH}
    lists = BUDGETS | {"/": 3}  # All of a paper of one article stands on top.
    assert one == {path: lists[path] for path in one}


def test_the_names_above_opinions_cost_the_front_page_one_more(client, author) -> None:
    for number in range(8):
        publish(author, number * 5 + 1)
    kinds = set(Article.objects.values_list("kind", flat=True))
    assert (kinds, queries(client, "/")) == ({"news", "opinion"}, 4)
    with writing():
        Article.objects.update(kind="opinion")
    assert queries(client, "/") == 5


def test_an_article_costs_six_queries_with_its_comments(client, author) -> None:
    article = publish(author, 0)
    assert queries(client, article.get_absolute_url()) == 6
    for number in range(1, 15):
        publish(author, number)
        make.comment(article)
    assert Comment.objects.count() == 14
    assert queries(client, article.get_absolute_url()) == 6


def test_pictures_in_the_text_cost_one_more_however_many(client, author) -> None:
    others = [publish(author, number) for number in range(1, 4)]
    boxes = "".join(f'<aside data-articles="{other.pk}"></aside>' for other in others)
    figures = "".join(f'<figure data-image="{public.image().pk}"></figure>' for _n in range(3))
    article = make.live_article(body=f"<p>Satu.</p>{boxes}{figures}", bylines=[author])
    assert queries(client, article.get_absolute_url()) == 7


def test_a_page_that_is_not_there_costs_little(client) -> None:
    withdrawn = make.withdrawn_article()
    assert queries(client, "/tidak/ada/", 404) == 2
    assert queries(client, withdrawn.get_absolute_url(), 410) <= 4
