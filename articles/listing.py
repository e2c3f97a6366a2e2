"""Keeps what the lists are read from: when, and in which section, each of them shows an article.

Tags, bylines and search rows hold the article's publication time while it is published, also when
that lies ahead, so that a list is one scan of one index. The article holds its section of the
first level, so that a section with those below it is one scan too.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article, Byline, SearchDocument, Section, TaggedArticle
from articles.querysets import ArticleQuerySet


def shown_at(article: Article) -> datetime | None:
    """The time under which lists show the article, in UTC; None for what is not published."""
    return article.published_at if article.status == Article.Status.PUBLISHED else None


def place(article: Article) -> None:
    """Bring the list rows in line with the article's row, which is stored and locked already.

    Call it in the writer's transaction, after the article and its relations are written. Only rows
    that differ are written.
    """
    at = shown_at(article)
    first = Byline.objects.filter(~Exists(_earlier_bylines()), article=article)
    tagged = TaggedArticle.objects.filter(content_object=article)
    for rows in (tagged, first):
        rows.filter(_is_not("shown_at", at)).update(shown_at=at)
    ends_at = article.unpublish_at if at else None
    SearchDocument.objects.filter(
        _is_not("shown_at", at) | _is_not("ends_at", ends_at), article=article
    ).update(shown_at=at, ends_at=ends_at)
    _settle(Article.objects.filter(pk=article.pk))


def move_section(section: Section) -> None:
    """Tell a section's articles where it belongs now.

    Call it in the transaction that has changed the section's row and holds it locked.
    """
    articles = Article.objects.filter(section=section)
    # In the order in which everybody locks more than one.
    list(articles.select_for_update().order_by("pk").values_list("pk"))
    _settle(articles)


def _settle(articles: ArticleQuerySet) -> None:
    # Read from the section's row, which is held by whoever moves it, and by whoever brings an
    # article into it: neither could see what the other has not committed.
    section = Section.objects.filter(pk=OuterRef("section"))
    top = Subquery(section.values(top=Coalesce("parent", "pk"))[:1])
    articles.filter(~Q(top_section=top)).update(top_section=top)


def _earlier_bylines() -> QuerySet[Byline]:
    """Those of the same person on the same article, in another role."""
    same = {"article": OuterRef("article"), "author": OuterRef("author")}
    return Byline.objects.filter(order__lt=OuterRef("order"), **same)


def _is_not(name: str, at: datetime | None) -> Q:
    """Rows whose field is anything but `at`; nothing is unlike nothing here."""
    return Q(**{f"{name}__isnull": False}) if at is None else ~Q(**{name: at})
