"""The newsroom's vocabulary: a filter is written once, here.

Every query for readers begins with `live()`. `at` is the request's one “now”, in UTC.
"""

from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from articles import dependencies
from articles.guard import GuardedQuerySet
from articles.keyset import Key

if TYPE_CHECKING:
    from articles.models import Article, Author, Section, Tag

# Everything partials/card.html reads, and nothing more.
CARD_FIELDS = (
    "id",
    "kind",
    "label",
    "kicker",
    "headline",
    "slug",
    "standfirst",
    "status",
    "published_at",
    "comment_count",
    "section__name",
    "section__slug",
    "lead_image__token",
    "lead_image__alt",
    "lead_image__width",
    "lead_image__height",
    "lead_image__revision",
    "lead_image__ready",
    "lead_image__nature",
)

# The time that the desk's list shows: of publication, or else of the last save.
DESK_TIME = Coalesce("published_at", "saved_at")


class ArticleQuerySet(GuardedQuerySet["Article"]):
    """What can be asked about articles."""

    # The tag under which each row is reported to whoever records the page: `card` or `article`.
    _reports = ""

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._reports = self._reports
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._reports and dependencies.current():
            for article in self._result_cache or ():
                report(article, self._reports)

    def reported_as(self, kind: str) -> Self:
        """The same rows, each reported as `kind:ID` with the things that it shows."""
        rows = self._chain()  # type: ignore[attr-defined]
        rows._reports = kind
        return rows  # type: ignore[no-any-return]

    def live(self, at: datetime | None = None) -> Self:
        """What readers may see at `at` (default: now). Time decides, no job does."""
        at = at or dependencies.now()
        return self.filter(
            Q(unpublish_at=None) | Q(unpublish_at__gt=at),
            status=self.model.Status.PUBLISHED,
            published_at__lte=at,
        )

    def scheduled(self, at: datetime | None = None) -> Self:
        """Approved, and waiting for its time."""
        return self.filter(
            status=self.model.Status.PUBLISHED, published_at__gt=at or timezone.now()
        )

    def changing(self) -> Self:
        """Published, with an approved change that waits for its time."""
        return self.filter(change_at__isnull=False)

    def expected(self, end: datetime, at: datetime | None = None) -> Self:
        """What comes before the readers by itself after `at` and before `end`, changes as well."""
        new = Q(status=self.model.Status.PUBLISHED, published_at__gt=at or timezone.now())
        return self.filter(new & Q(published_at__lt=end) | Q(change_at__lt=end))

    def ended(self, at: datetime | None = None) -> Self:
        """Past its end; what was withdrawn has a status of its own."""
        return self.filter(
            status=self.model.Status.PUBLISHED, unpublish_at__lte=at or timezone.now()
        )

    def visible_to(self, user: Any, *, in_bin: bool = False) -> Self:
        """What `user` may read on the desk: by role and section, one's own, what is public."""
        rows = self.filter(deleted_at__isnull=not in_bin)
        allowed: list[Q] = []
        if user.has_perm("articles.edit_any_article"):
            sections = apps.get_model("articles", "SectionRight").limits(user)
            if sections is None:
                return rows
            allowed.append(Q(section__in=sections))
        if user.has_perm("articles.change_article"):
            signed = apps.get_model("articles", "Byline").objects.filter(author__user=user)
            allowed.append(Q(created_by=user) | Q(pk__in=signed.values("article")))
            if not user.has_perm("articles.write_news"):
                allowed.append(Q(kind=self.model.Kind.ADVERTORIAL))
        if user.has_perm("articles.view_article"):
            public = Q(status=self.model.Status.PUBLISHED, published_at__lte=timezone.now())
            allowed.append(public)
        return rows.filter(reduce(or_, allowed)) if allowed else rows.none()

    def in_section(self, section: "Section") -> Self:
        """The section's own and those of the sections below it."""
        if section.parent_id is None:
            return self.filter(top_section=section)
        return self.filter(section=section)

    def tagged(self, tag: "Tag") -> Self:
        """The published ones with that tag, ahead of their time too; found by the tag's rows."""
        rows = self.filter(tagged_items__tag=tag, tagged_items__shown_at__isnull=False)
        return rows.placed("tagged_items__shown_at", "tagged_items__content_object")

    def by(self, author: "Author") -> Self:
        """The published ones that `author` signed, in whatever role; each article once."""
        rows = self.filter(bylines__author=author, bylines__shown_at__isnull=False)
        return rows.placed("bylines__shown_at", "bylines__article")

    def placed(self, at: str, pk: str) -> Self:
        """Let `newest` and `before` read the order from the rows that the list is found by.

        They hold the publication time (listing.py), and one index gives both filter and order.
        """
        return self.alias(placed_at=F(at), placed_id=F(pk))

    def _order(self) -> tuple[str, str]:
        is_placed = "placed_at" in self.query.annotations
        return ("placed_at", "placed_id") if is_placed else ("published_at", "id")

    def between(self, start: datetime, end: datetime) -> Self:
        """Published at `start` or later, and before `end`."""
        return self.filter(published_at__gte=start, published_at__lt=end)

    def dated(self, start: datetime | None, end: datetime | None) -> Self:
        """Whose time on the desk's list is `start` or later, and before `end`; either may miss."""
        rows = self.alias(desk_time=DESK_TIME)
        rows = rows.filter(desk_time__gte=start) if start else rows
        return rows.filter(desk_time__lt=end) if end else rows

    def of_author(self, author: "Author") -> Self:
        """All that `author` signs, in whatever role and state: for the desk."""
        lines = apps.get_model("articles", "Byline").objects.filter(author=author)
        return self.filter(pk__in=lines.values("article"))

    def of_tag(self, tag: "Tag") -> Self:
        """All that bear that tag, in whatever state: for the desk."""
        rows = apps.get_model("articles", "TaggedArticle").objects.filter(tag=tag)
        return self.filter(pk__in=rows.values("content_object"))

    def newest(self) -> Self:
        return self.order_by(*(f"-{name}" for name in self._order()))

    def before(self, key: Key | None) -> Self:
        """What follows `key` in the order of `newest`; all of it without a key."""
        if key is None:
            return self
        at, pk = self._order()
        same_time = Q((at, key.at), (f"{pk}__lt", key.id))
        return self.filter(Q((f"{at}__lt", key.at)) | same_time, (f"{at}__lte", key.at))

    def for_cards(self) -> Self:
        """A list's rows: one query; a template that reaches for more raises FieldFetchBlocked."""
        return (
            self.select_related("section", "lead_image")
            .only(*CARD_FIELDS)
            .fetch_mode(models.FETCH_RAISE)
            .reported_as("card")
        )

    def with_links(self) -> Self:
        """The same with `links`, a text that relatives.py reads: no query of its own is made."""
        links = apps.get_model("articles", "ArticleLink").objects
        own = Q(from_article=OuterRef("pk")) | Q(to_article=OuterRef("pk"))
        names = ("from_article_id", "to_article_id", "order")
        numbers = [part for name in names for part in (Cast(name, models.CharField()), Value(" "))]
        told = StringAgg(Concat(*numbers, "kind"), Value(","))
        # One group of all: whatever is the same for each would do.
        rows = links.filter(own).order_by().values(all=Value(1)).annotate(told=told)
        return self.annotate(links=Subquery(rows.values("told")))

    def for_page(self) -> Self:
        """All that an article's own page shows, and a feed's entry: three queries."""
        return self.for_page_alone().prefetch_related(signed(), filed())

    def for_page_alone(self) -> Self:
        """The same without bylines and topics, which a prepared question fetches (reading.py)."""
        pictures = ("lead_image", "share_image")
        rows = self.select_related("section", *pictures).fetch_mode(models.FETCH_RAISE)
        return rows.reported_as("article")


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The midnights in the site's zone between which the day lies."""
    zone = timezone.get_default_timezone()
    days = (day, day + timedelta(days=1))
    start, end = (datetime.combine(each, time.min, zone) for each in days)
    return start, end


def month_bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The midnights in the site's zone with which the month and the next one begin."""
    zone = timezone.get_default_timezone()
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    return datetime(year, month, 1, tzinfo=zone), end


def report(article: "Article", kind: str) -> None:
    """Tell what a page with this article shows: the row, and each other row that is at hand."""
    tags = {f"{kind}:{article.pk}", f"section:{article.section_id}"}
    if article.lead_image_id:
        tags.add(f"image:{article.lead_image_id}")
    if kind == "article" and article.share_image_id:
        tags.add(f"image:{article.share_image_id}")
    at_hand: dict[str, Any] = getattr(article, "_prefetched_objects_cache", {})
    tags.update(f"author:{line.author_id}" for line in at_hand.get("bylines", ()))
    tags.update(f"tag:{row.tag_id}" for row in at_hand.get("tagged_items", ()))
    dependencies.saw(*tags)


def signed() -> "models.Prefetch[Any, Any, Any]":
    """Bylines and their authors, in one query for all articles of a list."""
    lines = apps.get_model("articles", "Byline").objects
    return models.Prefetch("bylines", lines.select_related("author"))


def filed() -> "models.Prefetch[Any, Any, Any]":
    """What Article.topics reads, in one query for all articles of a list."""
    rows = apps.get_model("articles", "TaggedArticle").objects
    return models.Prefetch("tagged_items", rows.select_related("tag").order_by("pk"))
