"""A prepared question answers what its queryset answers, for every value and shape."""

from datetime import timedelta

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db import connection
from django.db.models import F
from django.utils import timezone

from articles import dependencies, paging, reading
from articles.guard import writing
from articles.models import Article, Author, Byline, Section, Tag
from articles.prepared import Prepared
from tests import make, public

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def articles() -> list[Article]:
    """Eight, in two levels of sections, some with a picture, tags and authors."""
    rini = make.author("Rini", slug="rini", code="rwl")
    top, below = make.section("nasional"), make.section("daerah", parent=make.section("nasional"))
    return [
        make.live_article(
            at=NOW - timedelta(minutes=number),
            section=(top, below)[number % 2],
            tags=["Banjir", f"Tag {number}"][: number % 3],
            bylines=[rini][: number % 2],
            **({"lead_image_id": public.image().pk} if number % 4 == 0 else {}),
        )
        for number in range(8)
    ]


def state(row: Article) -> dict[str, object]:
    """All that is on a row and on what was fetched with it."""
    values = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    fetched = row._state.fields_cache
    values |= {name: other and state(other) for name, other in fetched.items()}
    return values | {"adding": row._state.adding, "db": row._state.db}


@pytest.mark.parametrize("which", range(4))
def test_a_list_has_the_rows_of_its_queryset_to_the_last_field(articles, which):
    things = (
        Section.objects.get(slug="nasional"),
        Section.objects.get(slug="daerah"),
        Tag.objects.get(name="Banjir"),
        Author.objects.get(slug="rini"),
    )
    thing = things[which]
    live = Article.objects.live(NOW)
    listed = paging.of(live, thing.pk, **paging.shape(thing)).for_cards().newest()
    keys = [None, *(paging.key_of(article) for article in articles[:7:3])]
    for key in keys:
        found = paging.read(thing, NOW, str(key) if key else None)
        assert [state(row) for row in found.articles] == [state(r) for r in listed.before(key)]


def test_an_article_has_all_that_its_queryset_fetches(articles):
    for article in articles:
        one = reading.article(article.pk)
        other = Article.objects.for_page().with_links().get(pk=article.pk)
        assert state(one) == state(other)
        assert one.topics == other.topics
        lines = [(line.role, state(line.author)) for line in one.bylines.all()]
        assert lines == [(line.role, state(line.author)) for line in other.bylines.all()]


@pytest.mark.parametrize("number", range(9))
def test_any_number_of_ids_finds_those_that_are_there(articles, number):
    ids = [article.pk for article in articles[:number]]
    assert [card.pk for card in paging.cards([*ids, 10**9], NOW)] == ids


def test_a_prepared_row_can_ask_for_nothing_more(articles):
    (card,) = paging.cards([articles[0].pk], NOW)
    with pytest.raises(FieldFetchBlocked):
        card.body  # noqa: B018  the asking is the test
    with pytest.raises(Article.DoesNotExist):
        reading.article(2**70)


def test_it_reports_what_it_found_each_time(articles):
    for _ in range(2):
        with dependencies.recording(NOW) as page:
            paging.cards([articles[0].pk], NOW)
        assert f"card:{articles[0].pk}" in page.tags


def test_constants_keep_every_sign_they_have(articles):
    """Quotes and percent signs are spelled out in the SQL, where they mean something else."""
    odd = "50% o'clock \\ %s %% “x”"
    one, other = articles[1].pk, articles[2].pk
    with writing():
        Article.objects.filter(pk=one).update(kicker=odd)
    rows = Prepared(lambda pk: Article.objects.filter(kicker=odd, pk=pk).values_list("pk"))
    assert (rows(one), rows(other)) == ([(one,)], [])


def test_texts_moments_and_numbers_go_to_their_places(articles):
    asked = Prepared(
        lambda slug, at, pk: (
            Article.objects.filter(slug=slug, published_at__gte=at, pk__lte=pk)
            .annotate(number=F("pk"))
            .order_by("pk")
        )
    )
    one = articles[2]
    assert [row.number for row in asked(one.slug, one.published_at, 10**8)]
    assert asked("%' OR 1=1 --", one.published_at, 10**8) == []
    assert asked(one.slug, NOW + timedelta(days=1), 10**8) == []
    assert asked(one.slug, one.published_at, 0) == []


def test_a_value_that_does_not_reach_the_query_is_refused(articles):
    """It would be the same for every later question."""
    changed = Prepared(lambda pk: Article.objects.filter(pk=pk + 1))
    with pytest.raises(TypeError, match="does not hand on"):
        changed(articles[0].pk)
    with pytest.raises(TypeError, match="A value is"):
        Prepared(lambda pk: Article.objects.filter(pk=pk))(None)


def test_who_counts_or_forbids_queries_sees_these(articles, django_assert_num_queries):
    with django_assert_num_queries(1) as captured:
        paging.cards([articles[0].pk], NOW)
    assert "articles_article" in captured[0]["sql"]


@pytest.mark.postgresql
def test_postgresql_plans_a_question_once(articles):
    for _ in range(3):
        reading.children(Section.objects.get(slug="nasional"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ['%"articles_section"."parent_id" = $1%'],
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_postgresql_plans_no_question_anew_for_other_values():
    connection.close()
    for author in range(1, 12):
        paging._rows(NOW, author, most=5, thing=Author, is_below=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(custom_plans), max(generic_plans) FROM pg_prepared_statements"
            " WHERE statement LIKE %s",
            ['%"articles_byline"."author_id" = $%'],
        )
        assert cursor.fetchone() == (0, 11)


def test_a_pooler_that_hands_connections_about_gets_no_prepared_statement(articles, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert Byline.objects.exists()
    assert [card.pk for card in paging.cards([articles[0].pk], NOW)] == [articles[0].pk]
