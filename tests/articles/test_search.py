"""Search: what is found, in which order, by which page. The same on both databases."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import paging, results, search, terms, workflow
from articles.models import Article, SearchDocument
from articles.models.search import as_numbers, as_text
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "Kapal Karam di Laut Jawa"


def found(query: str, way=results.newest) -> list[str]:
    return [article.headline for article in way(query, timezone.now(), None).articles]


def published(*headlines: str, **fields: object) -> None:
    """The first is the newest."""
    for minutes, headline in enumerate(headlines, start=1):
        at = timezone.now() - timedelta(minutes=minutes)
        make.live_article(headline=headline, at=at, **fields)


def page(client, path: str) -> LexborHTMLParser:
    answer = client.get(path)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def headlines(read: LexborHTMLParser) -> list[str]:
    return [node.text() for node in read.css("main .card__headline")]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("kapal", True),
        ("KAPAL jawa", True),
        ("kapal selam", False),
        ("kapa", False),
        ('"laut jawa"', True),
        ('"jawa laut"', False),
        ("“karam di laut”", True),
        ('"kapal laut"', False),
        ('jawa "kapal karam"', True),
        ('"jawa nelayan"', False),  # The headline's end is no neighbour of the text.
        ('"berteduh di pelabuhan"', True),
        ("karam-di", True),
        ("covid-19", True),
        ("covid19", True),
        ("jumat", True),
        ("jum'at", True),
        ("polri", True),
        ('"', False),
    ],
)
@pytest.mark.parametrize("way", [results.newest, results.best])
def test_words_occur_and_phrases_stand_side_by_side(query, is_found, way) -> None:
    body = "<p>Nelayan berteduh di pelabuhan.</p><p>COVID-19, Jum’at, KPK/Polri</p>"
    make.live_article(headline=WORDS, body=body)
    assert found(query, way) == ([WORDS] if is_found else [])
    assert search.find(Article.objects.all(), query).count() == is_found


@pytest.mark.parametrize("way", [results.newest, results.best])
def test_only_what_is_live_is_found(way) -> None:
    now = timezone.now()
    make.draft(headline="Kapal Draf")
    make.scheduled_article(now + timedelta(hours=1), headline="Kapal Besok")
    workflow.submit(make.draft(headline="Kapal Diperiksa"), None)
    ended = make.live_article(headline="Kapal Berakhir")
    withdrawn = make.live_article(headline="Kapal Ditarik")
    shown = make.live_article(headline="Kapal Tampil")
    end = now + timedelta(hours=2)
    workflow.unpublish(ended, None, at=end, reason="licence_ended", note="Izin berakhir.")
    workflow.withdraw(withdrawn, None, reason="child", public_reason="Demi masa depan anak.")

    def titles(at) -> set[str]:
        return {article.headline for article in way("kapal", at, None).articles}

    assert titles(now) == {shown.headline, ended.headline}
    assert titles(end - timedelta(seconds=1)) == {"Kapal Besok", shown.headline, ended.headline}
    assert titles(end) == {"Kapal Besok", shown.headline}
    assert way("kapal", end, None).number == results.Number(2, or_more=False)


def test_the_desk_finds_what_readers_do_not() -> None:
    make.draft(headline="Kapal Draf")
    make.live_article(headline="Kapal Tampil")
    rows = Article.objects.order_by("headline")
    assert [a.headline for a in search.find(rows, "kapal")] == ["Kapal Draf", "Kapal Tampil"]


def test_a_changed_text_is_found_by_its_new_words_alone() -> None:
    article = make.live_article(headline="Kapal Lama")
    make.changed(article, headline="Perahu Baru")
    assert (found("kapal"), found("perahu")) == ([], ["Perahu Baru"])


def test_the_best_has_all_words_in_its_headline_then_side_by_side_then_more_then_newer() -> None:
    both = {"body": "<p>Banjir rob lagi.</p>"}
    order = ["Rob dan Banjir", "Banjir Surut", "Tanpa Kata", "Banjir Rob", "Rob Naik", "Juga Tanpa"]
    published(*order, **both)
    assert found("banjir rob") == order
    ranked = [
        "Banjir Rob",
        "Rob dan Banjir",
        "Banjir Surut",
        "Rob Naik",
        "Tanpa Kata",
        "Juga Tanpa",
    ]
    assert found("banjir rob", results.best) == ranked


def test_all_words_in_the_headline_are_better_than_a_phrase_and_not_all() -> None:
    published("Banjir Rob Surut", "Demak: Rob dan Banjir", body="<p>Di Demak, banjir rob.</p>")
    ranked = ["Demak: Rob dan Banjir", "Banjir Rob Surut"]
    assert found('"banjir rob" demak', results.best) == ranked


def test_best_ranks_the_newest_alone(monkeypatch) -> None:
    monkeypatch.setattr(search, "RANKED", 2)
    published("Laut Tenang", "Laut Pasang", "Kapal", body="<p>Kapal di laut.</p>")
    assert found("kapal", results.best) == ["Laut Tenang", "Laut Pasang"]


@pytest.mark.parametrize("walked", [0, 2, 20_000])
def test_pages_follow_by_key_also_within_one_second(monkeypatch, walked) -> None:
    monkeypatch.setattr(paging, "PER_PAGE", 2)
    monkeypatch.setattr(search, "WALKED", walked)
    at = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    made = [make.live_article(headline=f"Kapal {n}", at=at).headline for n in range(5)]
    before, seen = None, []
    while True:
        part = results.newest("kapal", timezone.now(), before)
        seen += [article.headline for article in part.articles]
        assert (part.number is None) == (before is not None)
        if part.older is None:
            break
        before = str(part.older)
    assert seen == made[::-1]


def test_more_than_a_thousand_are_not_counted(client, monkeypatch) -> None:
    monkeypatch.setattr(results, "COUNTED", 2)
    published("Kapal Satu", "Kapal Dua")
    for way in (results.newest, results.best):
        assert way("kapal", timezone.now(), None).number == results.Number(2, or_more=False)
    published("Kapal Tiga")
    for way in (results.newest, results.best):
        assert way("kapal", timezone.now(), None).number == results.Number(2, or_more=True)
    status = page(client, "/cari/?q=kapal").css_first('main [role="status"]').text()
    assert "000" in status
    assert "kapal" in status


def test_the_best_have_numbered_pages_that_keep_question_and_order(client, monkeypatch) -> None:
    monkeypatch.setattr(paging, "PER_PAGE", 2)
    published("Kopi & Teh", "Teh dan Kopi", "Lain", body="<p>Kopi, teh.</p>")
    first = page(client, "/cari/?q=kopi+%26+teh&sort=best")
    links = [node.attributes["href"] for node in first.css(".pager a")]
    assert links[-1] == "/cari/?q=kopi%20%26%20teh&sort=best&page=2"
    assert headlines(page(client, links[-1])) == ["Lain"]
    assert headlines(page(client, "/cari/?q=kopi+teh&sort=best&page=x")) == headlines(first)
    assert first.css_first('form input[name="sort"]').attributes["value"] == "best"


def test_the_order_is_a_link_and_says_which_is_chosen(client) -> None:
    make.live_article(headline="Kapal")
    for path, chosen in (("/cari/?q=kapal", 0), ("/cari/?q=kapal&sort=best", 1)):
        links = page(client, path).css(".searchbox__order a")
        assert [link.attributes["href"] for link in links] == [
            "/cari/?q=kapal",
            "/cari/?q=kapal&sort=best",
        ]
        assert ["aria-current" in link.attributes for link in links] == [chosen == 0, chosen == 1]


# PostgreSQL walks the newest rows if the planner would (any plan names “”), and then looks whether
# there is more behind the walk; or it takes all matches from the index.
@pytest.mark.parametrize(("walk", "on_postgresql"), [("no such index", 4), ("", 5)])
@pytest.mark.parametrize("sort", ["", "&sort=best"])
def test_a_search_costs_the_same_however_much_is_found(
    client, monkeypatch, sort, walk, on_postgresql
) -> None:
    monkeypatch.setattr(search, "WALK", walk)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/cari/?q=kapal{sort}")
        return len(queries)

    published("Kapal Pertama")
    cost()
    one = cost()
    published(*(f"Kapal {n}" for n in range(25)))
    assert cost() == one
    # The menu is one; PostgreSQL is asked first how it would go about it.
    assert one == {"sqlite": 3, "postgresql": on_postgresql}[connection.vendor]


@pytest.mark.postgresql
def test_a_word_that_went_out_of_use_is_found_behind_the_walk(monkeypatch) -> None:
    monkeypatch.setattr(search, "WALKED", 1)
    monkeypatch.setattr(search, "WALK", "")  # Whatever the planner thinks of so few rows.
    published("Perahu Baru", "Perahu Lain", "Kapal Lama", "Kapal Tua")
    assert found("kapal") == ["Kapal Lama", "Kapal Tua"]
    assert found("perahu") == ["Perahu Baru", "Perahu Lain"]


@pytest.mark.sqlite
def test_rows_that_are_deleted_leave_the_index_of_sqlite() -> None:
    make.live_article(headline="Kapal")
    word = as_text([terms.word_hash("kapal")])
    look = "SELECT count(*) FROM articles_search_index WHERE articles_search_index MATCH %s"
    with connection.cursor() as cursor:
        assert cursor.execute(look, [word]).fetchone() == (1,)
        SearchDocument.objects.get().delete()
        assert cursor.execute(look, [word]).fetchone() == (0,)


def test_numbers_come_back_as_they_went() -> None:
    numbers = [-(2**31), -1, 0, 1, 2**31 - 1]
    assert as_numbers(as_text(numbers)) == numbers
    article = make.draft(headline="Kapal Karam")
    row = SearchDocument.objects.get(article=article)
    expected = search.terms_of(article.headline, article.standfirst, article.body)
    assert (row.words, row.phrases, row.headline) == tuple(vars(expected).values())
