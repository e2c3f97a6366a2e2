"""The only writer of the links between articles: follow-ups, corrections, replies, series.

A link shows on both pages as soon as both articles are live, and so does its end.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles import outbox, rights, trail
from articles.errors import NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, ArticleLink

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

# All of them are fetched with the page that shows them.
MOST = 30


def link(
    article: Article, to: Article, kind: str, by: "User | None", *, order: int = 0
) -> ArticleLink:
    """Say that `article` is a `kind` of (or to, or with) the article `to`.

    `by` must be allowed to edit one of the two, and to read both; None is the server itself.
    Raises NotAllowed, and Refused for a pair that is linked already.
    """
    if article.pk == to.pk:
        raise Refused(_("An article can't be linked with itself."))
    with transaction.atomic(), writing():
        first, second = _held(article, to)
        _check(first, second, by)
        if _between(first, second).exists():
            raise Refused(_("These two are linked already. Remove that link first."))
        for one in (first, second):
            if _of(one).count() >= MOST:
                message = _("“%(headline)s” has %(most)d links already, which is the most.")
                raise Refused(message % {"headline": one.headline, "most": MOST})
        made = ArticleLink.objects.create(
            from_article=first, to_article=second, kind=kind, order=order
        )
        _tell("link", made, first, second, by)
    return made


def unlink(found: ArticleLink, by: "User | None") -> None:
    """Take a link away. Raises as `link` does; does nothing if it has gone already."""
    with transaction.atomic(), writing():
        first, second = _held(found.from_article, found.to_article)
        _check(first, second, by)
        if ArticleLink.objects.filter(pk=found.pk).delete()[0]:
            _tell("unlink", found, first, second, by)


def of(article: Article) -> list[ArticleLink]:
    """All links of an article, in either direction, with the articles at both ends."""
    return list(_of(article).select_related("from_article", "to_article"))


def _of(article: Article) -> "QuerySet[ArticleLink]":
    return ArticleLink.objects.filter(Q(from_article=article) | Q(to_article=article))


def _between(first: Article, second: Article) -> "QuerySet[ArticleLink]":
    return _of(first) & _of(second)


def _held(article: Article, to: Article) -> tuple[Article, Article]:
    """Both rows as they are now, locked in the order of all locks until the transaction ends."""
    rows = Article.objects.select_for_update().order_by("pk")
    held = {row.pk: row for row in rows.filter(pk__in=(article.pk, to.pk))}
    return held[article.pk], held[to.pk]


def _check(first: Article, second: Article, by: "User | None") -> None:
    if by is None:
        return
    if not (rights.may_read(by, first) and rights.may_read(by, second)):
        raise NotAllowed(_("This is somebody else's draft."))
    reasons = [rights.why_not_change_at_once(by, article) for article in (first, second)]
    if all(reasons):
        raise NotAllowed(reasons[0])


def _tell(name: str, made: ArticleLink, first: Article, second: Article, by: "User | None") -> None:
    """Note it in the history of both, and announce both pages."""
    for article, other in ((first, second), (second, first)):
        trail.note(article, name, by, note=f"{made.get_kind_display()}: #{other.pk}")
    outbox.announce({f"article:{first.pk}", f"article:{second.pk}"})
