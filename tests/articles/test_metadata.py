"""Description, bylines and codes, in the corners that a page's own tests leave out."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import content, metadata, pictures
from articles.content import Signature, Values
from articles.models import Article
from tests import make, public

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


def test_a_shared_link_shows_the_picture_chosen_for_it(client) -> None:
    lead, own = public.image(alt="Kapal"), public.image(alt="Peta")
    fields = {"lead_image_id": lead.pk, "share_image_id": own.pk}
    page = client.get(make.live_article(**fields).get_absolute_url()).content.decode()
    image = re.search(r'<meta property="og:image" content="([^"]+)">', page)
    assert image
    assert image[1] == metadata.share_image(own) != metadata.share_image(lead)
    assert '<meta property="og:image:alt" content="Peta">' in page


def test_without_one_it_shows_the_lead_image() -> None:
    lead = public.image()
    assert metadata.shared_picture(Article(lead_image=lead)) == lead
    assert metadata.shared_picture(Article()) is None


def test_a_page_depends_on_the_picture_that_it_shares(client) -> None:
    own = public.image(alt="Lama")
    article = make.live_article(share_image_id=own.pk)
    assert 'content="Lama"' in client.get(article.get_absolute_url()).content.decode()
    pictures.update(own, by=None, alt="Baru")
    assert 'content="Baru"' in client.get(article.get_absolute_url()).content.decode()


def test_search_engines_are_sent_to_where_the_text_came_from(client) -> None:
    first = "https://kantorberita.example/berita/7?a=1&b=2"
    page = client.get(make.live_article(canonical_url=first).get_absolute_url()).content.decode()
    assert f'<link rel="canonical" href="{first.replace("&", "&amp;")}">' in page
    article = make.live_article()
    page = client.get(article.get_absolute_url()).content.decode()
    assert f'<link rel="canonical" href="{metadata.absolute(article.get_absolute_url())}">' in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://a.example/", "/nasional/1/a/"])
def test_a_canonical_address_is_a_whole_one_of_the_web(address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make.draft(canonical_url=address)
    assert set(refused.value.message_dict) == {"canonical_url"}
