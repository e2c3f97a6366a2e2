"""The newsroom's vocabulary: a filter is written once, here.

Every query for readers begins with `live()`. `at` is the request's one “now”, in UTC.
"""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.guard import GuardedQuerySet
from articles.keyset import Key

if TYPE_CHECKING:
    from articles.models import Article, Author, Section, Tag  # noqa: F401  named in a base class

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
)


class ArticleQuerySet(GuardedQuerySet["Article"]):
    """What can be asked about articles."""

    def live(self, at: datetime | None = None) -> Self:
        """What readers may see at `at` (default: now). Time decides, no job does."""
        at = at or timezone.now()
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

    def ended(self, at: datetime | None = None) -> Self:
        """Once public, now withdrawn or past its end."""
        past_end = Q(status=self.model.Status.PUBLISHED, unpublish_at__lte=at or timezone.now())
        return self.filter(Q(status=self.model.Status.WITHDRAWN) | past_end)

    def visible_to(self, user: Any) -> Self:
        """What `user` may read on the desk: all, one's own, or what is or was public."""
        rows = self.filter(deleted_at=None)
        if user.has_perm("articles.edit_any_article"):
            return rows
        public = Q(status=self.model.Status.PUBLISHED, published_at__lte=timezone.now())
        if user.has_perm("articles.change_article"):
            mine = Q(created_by=user) | Q(bylines__author__user=user)
            return rows.filter(public | Q(pk__in=self.model.objects.filter(mine).values("pk")))
        if user.has_perm("articles.view_article"):
            return rows.filter(public)
        return rows.none()

    def in_section(self, section: "Section") -> Self:
        """The section's own and those of the sections below it."""
        below = section.children.values_list("pk", flat=True)
        return self.filter(section__in=[section.pk, *below])

    def tagged(self, tag: "Tag") -> Self:
        return self.filter(tagged_items__tag=tag)

    def by(self, author: "Author") -> Self:
        """Signed by `author`, in whatever role; each article once."""
        return self.filter(pk__in=author.bylines.values("article"))

    def on_day(self, day: date) -> Self:
        """Published on `day`, from midnight to midnight in the site's zone."""
        zone = timezone.get_default_timezone()
        start = datetime.combine(day, time.min, zone)
        end = datetime.combine(day + timedelta(days=1), time.min, zone)
        return self.filter(published_at__gte=start, published_at__lt=end)

    def in_month(self, year: int, month: int) -> Self:
        """Published in one month of the site's zone."""
        zone = timezone.get_default_timezone()
        start = datetime(year, month, 1, tzinfo=zone)
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        return self.filter(published_at__gte=start, published_at__lt=end)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-id")

    def before(self, key: Key | None) -> Self:
        """What follows `key` in the order of `newest`; all of it without a key."""
        if key is None:
            return self
        same_time = Q(published_at=key.at, id__lt=key.id)
        return self.filter(Q(published_at__lt=key.at) | same_time, published_at__lte=key.at)

    def for_cards(self) -> Self:
        """A list's rows: one query; a template that reaches for more raises FieldFetchBlocked."""
        return (
            self.select_related("section", "lead_image")
            .only(*CARD_FIELDS)
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_page(self) -> Self:
        """All that an article's own page shows."""
        return self.select_related("section__parent", "lead_image").prefetch_related(
            signed(), "tags"
        )

    def for_feed(self) -> Self:
        """All that a feed's entry tells."""
        return self.select_related("section", "lead_image").prefetch_related(signed(), "tags")


def signed() -> "models.Prefetch[Any, Any, Any]":
    """Bylines and their authors, in one query for all articles of a list."""
    lines = apps.get_model("articles", "Byline").objects
    return models.Prefetch("bylines", lines.select_related("author"))
