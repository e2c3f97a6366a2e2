"""Description, bylines and codes, in the corners that a page's own tests leave out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import content, metadata
from articles.content import Signature, Values
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db
ROLES = ("editor", "photographer", "writer", "contributor", "writer")
CODES = ("and", "fot", "rwl", "", "dcb")


@pytest.fixture
def signed() -> Article:
    """Five names in the order of ROLES, one of them without a code."""
    authors = [make.author(f"Orang {n}", code=code) for n, code in enumerate(CODES)]
    lines = [Signature(*pair) for pair in zip(authors, ROLES, strict=True)]
    article = content.save(make.draft(), Values({}, bylines=lines), 0, None)
    return Article.objects.for_page().get(pk=article.pk)


def test_writers_come_first_and_editors_last(signed) -> None:
    found = [[author.name for author in each.authors] for each in metadata.signatures(signed)]
    assert found == [["Orang 2", "Orang 4"], ["Orang 3"], ["Orang 1"], ["Orang 0"]]


def test_the_code_line_names_writers_then_editors(signed) -> None:
    assert metadata.code_line(signed) == "(rwl/dcb/and)"


def test_editors_are_no_authors_of_the_text(signed) -> None:
    names = [author.name for author in metadata.writers(signed)]
    assert names == ["Orang 1", "Orang 2", "Orang 3", "Orang 4"]


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"body": "<p>Pendek.</p>"}, "Pendek."),
        ({"body": "<p>Satu.</p><p>Dua &amp; tiga.</p>"}, "Satu. Dua & tiga."),
        ({"body": "<p>a</p>", "standfirst": "Teras\n baru."}, "Teras baru."),
        ({"body": "<p>a</p>", "standfirst": "b", "seo_description": "c"}, "c"),
        ({"body": f"<p>{'kata ' * 31}akhir, sekali</p>"}, "kata " * 31 + "…"),
        ({"body": f"<p>{'a' * 400}</p>"}, "a" * 160 + "…"),
    ],
)
def test_a_description_is_cut_at_a_word(fields, description) -> None:
    found = metadata.description(Article(**fields))
    assert found == description.replace(" …", "…")


@pytest.mark.parametrize(
    ("kind", "label", "titled"),
    [
        ("news", "", "Judul"),
        ("news", "Iklan", "Judul"),
        ("advertorial", "Pariwara", "Pariwara: Judul"),
        ("opinion", "Kolom", "Kolom: Judul"),
    ],
)
def test_a_title_says_what_is_no_news(kind, label, titled) -> None:
    assert metadata.titled(Article(kind=kind, label=label, headline="Judul")) == titled


@pytest.mark.parametrize(("hours", "told"), [(-1, False), (0, False), (1, True)])
def test_a_change_before_publication_is_no_update(hours, told) -> None:
    published, change = timezone.now(), timedelta(hours=hours)
    article = Article(published_at=published, updated_at=published + change)
    assert bool(metadata.updated(article)) is told
    assert metadata.updated(Article(published_at=published)) is None


def test_an_address_that_is_whole_stays() -> None:
    assert metadata.absolute("/x/") == "http://testserver/x/"
    assert metadata.absolute("https://cdn.example/x.jpg") == "https://cdn.example/x.jpg"


def test_topics_stand_in_the_order_in_which_they_were_given(django_assert_num_queries) -> None:
    article = make.live_article(tags=["Zakat"])
    for name in ("Banjir", "Api"):
        names = [*(tag.name for tag in article.topics), name]
        article = make.changed(article, tags=names)
    fetched = Article.objects.for_page().get()
    with django_assert_num_queries(0):
        assert [tag.name for tag in fetched.topics] == ["Zakat", "Banjir", "Api"]
