"""An article's family: what it follows up, corrects or answers, and what does so to it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleLink

FOLLOW_UP, CORRECTION = ArticleLink.Kind.FOLLOW_UP, ArticleLink.Kind.CORRECTION
REPLY, SERIES, RELATED = (
    ArticleLink.Kind.REPLY,
    ArticleLink.Kind.SERIES,
    ArticleLink.Kind.RELATED,
)
# What a reader must not miss stands above the text, what she may read next below it.
TOP, FOOT = "top", "foot"


class Tie(NamedTuple):
    """One link as seen from one of its ends; `is_origin` if the other end was there first."""

    other: int
    kind: str
    is_origin: bool
    order: int


class Group(NamedTuple):
    """The ties that are shown together: (kind, is_origin) of each."""

    place: str
    words: Promise
    ties: frozenset[tuple[str, bool]]


class Relatives(NamedTuple):
    """A group that has somebody in it, with the articles that readers may see."""

    place: str
    words: Promise
    articles: list[Article]


GROUPS = (
    Group(
        TOP,
        _("Original article"),
        frozenset({(FOLLOW_UP, True), (CORRECTION, True), (REPLY, True)}),
    ),
    Group(TOP, _("Correction"), frozenset({(CORRECTION, False)})),
    Group(TOP, _("Right of reply"), frozenset({(REPLY, False)})),
    Group(FOOT, _("Follow-up"), frozenset({(FOLLOW_UP, False)})),
    Group(FOOT, _("Series"), frozenset({(SERIES, True), (SERIES, False)})),
    Group(FOOT, _("See also"), frozenset({(RELATED, True), (RELATED, False)})),
)


def ties(article: Article) -> list[Tie]:
    """All that it is linked with, live or not; no query if it was fetched `with_links`."""
    if "links" not in vars(article):
        article = Article.objects.with_links().only("pk").get(pk=article.pk)
    told: str | None = vars(article)["links"]
    return sorted(_read(told, article.pk)) if told else []


def _read(told: str, own: int) -> Iterator[Tie]:
    for link in told.split(","):
        first, second, order, kind = link.split(" ")
        is_origin = int(first) == own
        yield Tie(int(second if is_origin else first), kind, is_origin, int(order))


def grouped(found: list[Tie], live: Mapping[int, Article]) -> list[Relatives]:
    """The family in the order in which it is shown; `live` are those that readers may see."""
    seen = [tie for tie in found if tie.other in live]
    groups = [Relatives(place, words, _of(seen, of, live)) for place, words, of in GROUPS]
    return [group for group in groups if group.articles]


def _of(
    found: list[Tie], of: frozenset[tuple[str, bool]], live: Mapping[int, Article]
) -> list[Article]:
    """Those of one group, by their places and then by their times."""
    mine = [(tie.order, tie.other) for tie in found if (tie.kind, tie.is_origin) in of]
    mine.sort(key=lambda one: (one[0], _time(live[one[1]])))
    return [live[pk] for _order, pk in mine]


def _time(article: Article) -> float:
    assert article.published_at is not None
    return article.published_at.timestamp()
