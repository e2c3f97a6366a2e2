"""An article's family on readers' pages: both ways, in words, and never stale in a kept page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.functional import Promise
from selectolax.lexbor import LexborHTMLParser

from articles import families, relatives, workflow
from articles.models import Article, ArticleLink
from articles.pagecache import clock, fragments
from articles.relatives import GROUPS
from tests import make, valid_html
from tests.hammer.servers import InProcess

pytestmark = pytest.mark.django_db

Kind = ArticleLink.Kind
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def shown(page: str) -> dict[str, list[str]]:
    """The headlines of a page's family, by the (English) words above them."""
    groups = LexborHTMLParser(page).css(".family__group")
    english = {in_language("id", words): in_language("en", words) for _, words, _ in GROUPS}
    return {
        english[group.css_first(".family__words").text(strip=True)]: [
            link.text(strip=True) for link in group.css(".family__list a")
        ]
        for group in groups
    }


def in_language(language: str, words: Promise) -> str:
    with translation.override(language):
        return str(words)


def family_of(client, article: Article) -> dict[str, list[str]]:
    return shown(client.get(article.get_absolute_url()).text)


def live(headline: str, hours: int = 1) -> Article:
    return make.live_article(headline=headline, at=timezone.now() - hours * HOUR)


@pytest.mark.parametrize(
    ("kind", "on_the_later", "on_the_earlier"),
    [
        (Kind.FOLLOW_UP, "Original article", "Follow-up"),
        (Kind.CORRECTION, "Original article", "Correction"),
        (Kind.REPLY, "Original article", "Right of reply"),
        (Kind.SERIES, "Series", "Series"),
        (Kind.RELATED, "See also", "See also"),
    ],
)
def test_each_kind_is_shown_on_both_pages_in_its_own_words(
    client, kind, on_the_later, on_the_earlier
) -> None:
    earlier, later = live("Semula", 5), live("Kemudian")
    families.link(later, earlier, kind, None)
    assert family_of(client, later) == {on_the_later: ["Semula"]}
    assert family_of(client, earlier) == {on_the_earlier: ["Kemudian"]}


def test_a_correction_tells_its_own_time_above_the_text(client) -> None:
    earlier, correction = live("Semula", 5), live("Ralat jumlah korban")
    families.link(correction, earlier, Kind.CORRECTION, None)
    page = LexborHTMLParser(client.get(earlier.get_absolute_url()).text)
    box = page.css_first(".family--top")
    at = timezone.localtime(correction.published_at).isoformat(timespec="seconds")
    assert box.css_first("time").attributes["datetime"] == at
    assert "WIB" in box.css_first("time").text()
    text = page.css_first(".story__text").html
    assert text.index("family--top") < text.index('class="text"')


def test_several_stand_by_their_places_and_then_by_their_times(client) -> None:
    first = live("Bagian satu", 9)
    for headline, hours, order in (("Dua", 3, 2), ("Ekstra", 1, 9), ("Tiga", 2, 3), ("Nol", 4, 2)):
        families.link(live(headline, hours), first, Kind.SERIES, None, order=order)
    assert family_of(client, first) == {"Series": ["Nol", "Dua", "Tiga", "Ekstra"]}


def test_the_box_is_valid_and_escapes_what_it_shows(client) -> None:
    earlier, later = live("Semula"), live("Harga <naik> & turun")
    families.link(later, earlier, Kind.FOLLOW_UP, None)
    page = client.get(earlier.get_absolute_url()).text
    assert "Harga &lt;naik&gt; &amp; turun" in page
    assert valid_html.problems(page) == []


def test_what_belongs_to_the_article_is_not_told_a_second_time_beside_it(client) -> None:
    earlier, later = live("Semula", 5), live("Kemudian")
    families.link(later, earlier, Kind.FOLLOW_UP, None)
    page = LexborHTMLParser(client.get(earlier.get_absolute_url()).text)
    assert not [one for one in page.css(".rail a") if "Kemudian" in one.text()]


def test_a_page_with_a_family_asks_as_often_as_one_without(client) -> None:
    alone, earlier = live("Sendiri", 6), live("Semula", 5)
    for number in range(5):
        families.link(live(f"Susulan {number}"), earlier, Kind.FOLLOW_UP, None)

    def cost(article: Article) -> int:
        client.get(article.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(article.get_absolute_url())
        return len(captured)

    assert cost(earlier) == cost(alone) <= 6


def test_a_draft_is_known_by_nobody(client) -> None:
    earlier, draft = live("Semula"), make.complete(headline="Rahasia")
    families.link(draft, earlier, Kind.FOLLOW_UP, None)
    assert family_of(client, earlier) == {}
    assert "Rahasia" not in client.get(earlier.get_absolute_url()).text


def test_an_article_fetched_by_whoever_has_its_links() -> None:
    earlier, later = live("Semula"), live("Kemudian")
    families.link(later, earlier, Kind.FOLLOW_UP, None, order=4)
    assert relatives.ties(later) == [(earlier.pk, Kind.FOLLOW_UP, True, 4)]
    assert relatives.ties(earlier) == [(later.pk, Kind.FOLLOW_UP, False, 4)]
    assert relatives.ties(Article.objects.with_links().get(pk=earlier.pk)) == [
        (later.pk, Kind.FOLLOW_UP, False, 4)
    ]
    assert relatives.ties(live("Sendiri")) == []


# Kept pages


class Reader:
    """Asks one page of a server that keeps pages, and one that makes each anew."""

    def __init__(self, article: Article) -> None:
        self.path, self.now = article.get_absolute_url(), timezone.now()
        self.keeps, self.makes = InProcess(clock()), InProcess(None)

    def sees(self, later: timedelta = timedelta(0)) -> dict[str, list[str]]:
        now = timezone.now() + later
        kept, made = (server.get(self.path, now) for server in (self.keeps, self.makes))
        assert kept.said == made.said
        # Asked once more it is a kept page: the next change finds something to renew.
        assert self.keeps.get(self.path, now).was_kept
        return shown(kept.body.decode())


@pytest.fixture
def family():
    """The original, its follow-up, and a reader of the original's page."""
    fragments.clear()
    earlier, later = live("Semula", 5), live("Kemudian")
    return earlier, later, Reader(earlier)


FOLLOWED = {"Follow-up": ["Kemudian"]}
transaction_test = pytest.mark.django_db(transaction=True)


@transaction_test
def test_a_kept_page_learns_of_a_link_and_of_its_end(family) -> None:
    earlier, later, reader = family
    assert reader.sees() == {}
    link = families.link(later, earlier, Kind.FOLLOW_UP, None)
    assert reader.sees() == FOLLOWED
    families.unlink(link, None)
    assert reader.sees() == {}


@transaction_test
def test_a_kept_page_learns_of_the_others_steps(family) -> None:
    earlier, later, reader = family
    families.link(later, earlier, Kind.FOLLOW_UP, None)
    assert reader.sees() == FOLLOWED
    chief = make.user("chief_editor")
    workflow.withdraw(later, chief, reason="child", public_reason="Demi masa depan anak.")
    assert reader.sees() == {}
    workflow.publish(later, None)
    assert reader.sees() == FOLLOWED
    end = timezone.now() + HOUR
    ground = {"reason": "licence_ended", "note": "Lisensi habis."}
    workflow.unpublish(later, chief, at=end, **ground)
    assert reader.sees(HOUR - 2 * SECOND) == FOLLOWED
    assert reader.sees(HOUR + SECOND) == {}


@transaction_test
def test_a_kept_page_ends_when_the_other_begins(family) -> None:
    earlier, _later, reader = family
    draft = make.complete(headline="Nanti")
    families.link(draft, earlier, Kind.CORRECTION, None)
    assert reader.sees() == {}
    workflow.publish(draft, make.user("editor"), at=timezone.now() + HOUR)
    assert reader.sees(HOUR - 2 * SECOND) == {}
    assert reader.sees(HOUR + SECOND) == {"Correction": ["Nanti"]}


@transaction_test
def test_without_the_announcement_a_kept_page_would_be_one_of_before(family, monkeypatch) -> None:
    earlier, later, reader = family
    assert reader.sees() == {}
    monkeypatch.setattr(families.outbox, "announce", lambda tags: None)
    families.link(later, earlier, Kind.FOLLOW_UP, None)
    with pytest.raises(AssertionError):
        reader.sees()
