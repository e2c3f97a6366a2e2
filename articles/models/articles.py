"""The article and what hangs on it."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.guard import GuardedQuerySet
from articles.querysets import DESK_TIME, ArticleQuerySet

if TYPE_CHECKING:
    from datetime import datetime

    from articles.models.sections import Tag


class Article(models.Model):  # type: ignore[django-manager-missing]  # taggit is not typed
    """What readers see, or will see at `published_at`. Written by content.py and workflow.py alone.

    All times are UTC in the database and shown in the site's zone.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Stage(models.TextChoices):
        """Where the text that is not out yet stands: a draft, or a change to what is published."""

        NONE = "", _("Nothing under way")
        WRITING = "writing", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        READY = "ready", _("Ready to publish")

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        OPINION = "opinion", _("Opinion")
        ANALYSIS = "analysis", _("Analysis")
        EDITORIAL = "editorial", _("Editorial")
        PRESS_RELEASE = "press_release", _("Press release")
        ADVERTORIAL = "advertorial", _("Advertorial")

    class Reason(models.TextChoices):
        """Why a published article may go: PPMS butir 5a, or the end of a licence or paid period."""

        ETHNICITY = "sara", _("Ethnicity, religion, race or group")
        DECENCY = "decency", _("Decency")
        CHILD = "child", _("A child's future")
        TRAUMA = "trauma", _("A victim's traumatic experience")
        PRESS_COUNCIL = "press_council", _("Special grounds set by the Press Council")
        LICENCE_ENDED = "licence_ended", _("The licence has ended")
        PAID_PERIOD_ENDED = "paid_period_ended", _("The paid period has ended")

    class Comments(models.TextChoices):
        OPEN = "open", _("Open")
        MODERATED = "moderated", _("Each is read first")
        CLOSED = "closed", _("Closed")

    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        related_name="articles",
        verbose_name=_("section"),
    )
    # The section of the first level that it stands in; listing.py keeps it.
    top_section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.NEWS)
    label = models.CharField(
        _("label"),
        max_length=40,
        blank=True,
        help_text=_("Paid content must be labelled: Advertorial, Iklan, Pariwara."),
    )

    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    headline = models.CharField(_("headline"), max_length=150)
    headline_derived = models.BooleanField(
        _("the headline was made by the import"), default=False, editable=False
    )
    slug = models.SlugField(_("slug"), max_length=80, blank=True)
    standfirst = models.TextField(_("standfirst"), max_length=500, blank=True)
    body = models.TextField(_("body"), blank=True)
    body_version = models.PositiveSmallIntegerField(default=1, editable=False)
    lead_image = models.ForeignKey(
        "articles.Image",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead image"),
    )
    dateline_source = models.CharField(
        _("dateline source"), max_length=60, blank=True, help_text=_("Empty: this paper.")
    )
    dateline_city = models.CharField(_("dateline city"), max_length=60, blank=True)
    seo_title = models.CharField(_("title for search engines"), max_length=110, blank=True)
    seo_description = models.CharField(
        _("description for search engines"), max_length=300, blank=True
    )
    share_image = models.ForeignKey(
        "articles.Image",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("picture for sharing"),
        help_text=_("On WhatsApp, Facebook and X. Empty: the lead image."),
    )
    canonical_url = models.URLField(
        _("canonical address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("Only for a text that another site published first: its address there."),
    )
    sensitivity = models.JSONField(
        _("questions before publishing"), default=dict, blank=True, editable=False
    )
    comments_mode = models.CharField(
        _("comments"), max_length=10, choices=Comments, default=Comments.OPEN
    )
    comments_close_at = models.DateTimeField(_("comments close at"), null=True, blank=True)

    tags = TaggableManager(through="articles.TaggedArticle", blank=True, verbose_name=_("tags"))
    authors = models.ManyToManyField(
        "articles.Author", through="articles.Byline", related_name="articles"
    )

    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    stage = models.CharField(
        max_length=10, choices=Stage, default=Stage.WRITING, blank=True, editable=False
    )
    # The steps that the text must pass, as they were when it was handed in (chains.py).
    chain = models.JSONField(default=list, blank=True, editable=False)
    passed = models.PositiveSmallIntegerField(default=0, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("handled by"),
    )
    handled_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.PositiveIntegerField(default=0, editable=False)
    live_revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    draft_revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    # An approved change that waits for its time, and that time (scheduled.py).
    scheduled_revision = models.ForeignKey(
        "articles.Revision",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    change_at = models.DateTimeField(_("change at"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    import_hash = models.CharField(max_length=64, blank=True, editable=False)

    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    unpublish_at = models.DateTimeField(_("ends at"), null=True, editable=False)
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Before this time nobody can publish it, and no shared link opens it."),
    )
    first_published_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    # These three are of a withdrawal, or of the end that is set. Of what was withdrawn and is
    # scheduled again they stay: nobody takes them away at the second at which it is back.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_class = models.CharField(max_length=20, choices=Reason, blank=True, editable=False)
    withdrawal_reason = models.TextField(blank=True, editable=False)

    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)

    objects: ClassVar[ArticleQuerySet] = ArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-saved_at", "-id"]
        permissions = [
            ("edit_any_article", "Can edit the articles of others"),
            ("write_news", "Can write anything but advertorials"),
            ("submit_article", "Can hand articles in"),
            ("approve_article", "Can take articles up and approve them, by one's role"),
            ("return_article", "Can return articles to their writers"),
            ("publish_article", "Can publish articles, and changes to them"),
            ("withdraw_article", "Can withdraw a published article"),
            ("override_four_eyes", "Can approve an article of one's own, with a reason"),
            ("pass_any_step", "Can approve in the place of any role, with a reason"),
            ("work_in_all_sections", "Can work in every section, whatever is chosen"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published")
                | (Q(published_at__isnull=False) & Q(first_published_at__isnull=False)),
                name="article_published_has_time",
                violation_error_message=_("A published article needs a publication time."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | ~(Q(headline="") | Q(slug="") | Q(body="")),
                name="article_published_has_text",
                violation_error_message=_("A published article needs a headline and a body."),
            ),
            # Readers see nothing before published_at; so this alone keeps every page silent.
            models.CheckConstraint(
                condition=~Q(status="published")
                | Q(embargo_until=None)
                | Q(published_at__gte=F("embargo_until")),
                name="article_not_before_embargo",
                violation_error_message=_(
                    "It would be published before its embargo ends. Change its time first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(unpublish_at=None)
                | (
                    Q(unpublish_at__gt=F("published_at"))
                    & ~Q(withdrawal_class="")
                    & ~Q(withdrawal_reason="")
                ),
                name="article_ends_after_it_begins",
                violation_error_message=_("An article ends after it begins, for a stated reason."),
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn")
                | (
                    Q(withdrawn_at__isnull=False)
                    & Q(first_published_at__isnull=False)
                    & ~Q(withdrawal_class="")
                    & ~Q(withdrawal_reason="")
                ),
                name="article_withdrawn_has_reason",
                violation_error_message=_("A withdrawal needs a reason that readers may see."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="advertorial") | ~Q(label=""),
                name="article_advertorial_has_label",
                violation_error_message=_("Paid content needs a label."),
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(first_published_at=None),
                name="article_published_never_deleted",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_revision=None, change_at=None)
                | Q(scheduled_revision__isnull=False, change_at__isnull=False, status="published"),
                name="article_change_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "withdrawn"]),
                name="article_status_known",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["writing", "submitted", "returned", "ready"])
                | (Q(stage="") & ~Q(status="draft")),
                name="article_stage_known",
            ),
            models.UniqueConstraint(
                fields=["import_hash"],
                condition=~Q(import_hash=""),
                name="article_imported_once",
            ),
        ]
        indexes = [
            # The front page, a day's index, the feed and the sitemaps: newest first.
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(status="published"),
                name="article_live",
            ),
            # A section's page and its feed; of the first level, with the sections below it.
            models.Index(
                F("section"),
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(status="published"),
                name="article_live_in_section",
            ),
            models.Index(
                F("top_section"),
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(status="published"),
                name="article_live_in_top_section",
            ),
            # The desk's list.
            models.Index(F("saved_at").desc(), F("id").desc(), name="article_desk"),
            # The same of one section, of one kind, and of what is not out.
            models.Index(
                F("section"), F("saved_at").desc(), F("id").desc(), name="article_desk_section"
            ),
            # Of a section of the first level, with those below it.
            models.Index(
                F("top_section"), F("saved_at").desc(), F("id").desc(), name="article_desk_top"
            ),
            # The same of some days, in the order of the time that the list shows.
            models.Index(DESK_TIME.desc(), F("id").desc(), name="article_desk_time"),
            models.Index(
                F("kind"),
                F("saved_at").desc(),
                F("id").desc(),
                condition=~Q(kind="news"),
                name="article_desk_kind",
            ),
            models.Index(
                F("status"),
                F("saved_at").desc(),
                F("id").desc(),
                condition=~Q(status="published"),
                name="article_desk_status",
            ),
            # What waits for somebody: handed in, returned, approved; changes to what is out too.
            models.Index(
                F("stage"),
                F("saved_at").desc(),
                F("id").desc(),
                condition=~Q(stage=""),
                name="article_desk_stage",
            ),
            # “My articles” on the desk.
            models.Index(F("created_by"), F("saved_at").desc(), name="article_mine"),
            # The next moment at which something ends.
            models.Index(
                F("unpublish_at"), condition=Q(unpublish_at__isnull=False), name="article_ends"
            ),
            # The changes that wait for their time, the next one first.
            models.Index(
                F("change_at"), condition=Q(change_at__isnull=False), name="article_changes"
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        """The canonical path; it reads the section's slug, so select it with the article."""
        # Spelled out: reverse() is dear, and lists ask for each card. A test holds that both agree.
        return f"/{self.section.slug}/{self.pk}/{self.slug}/"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise models.ProtectedError("Articles are withdrawn, never deleted.", {self})

    def is_live(self, at: "datetime") -> bool:
        """What ArticleQuerySet.live says, for an article already in hand."""
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= at
            and (self.unpublish_at is None or self.unpublish_at > at)
        )

    def has_ended(self, at: "datetime") -> bool:
        """Whether readers saw it once and are owed the reason why it is gone."""
        if self.status == self.Status.WITHDRAWN or self.is_away(at):
            return True
        ended = self.unpublish_at is not None and self.unpublish_at <= at
        return self.status == self.Status.PUBLISHED and ended

    def is_away(self, at: "datetime") -> bool:
        """Whether it is to come back at a time that is set: until then readers are told why not."""
        return (
            self.status == self.Status.PUBLISHED
            and self.withdrawn_at is not None
            and self.published_at is not None
            and self.published_at > at
        )

    @property
    def ended_at(self) -> "datetime | None":
        """When it was taken from the readers' sight."""
        is_withdrawn = self.status == self.Status.WITHDRAWN
        return self.withdrawn_at if is_withdrawn else self.unpublish_at or self.withdrawn_at

    @property
    def topics(self) -> "list[Tag]":
        """Its tags, in the order in which they were given if they were fetched with it.

        Of each article of a list, `tags.all()` makes a query that nobody asks: that was a fifth of
        a feed.
        """
        return [row.tag for row in self.tagged_items.all()]

    @property
    def kind_label(self) -> str:
        """The word that must stand wherever the item shows; none for news (PPMS butir 6b)."""
        if self.kind == self.Kind.NEWS:
            return ""
        return self.label or str(self.Kind(self.kind).label)


class Byline(models.Model):
    """One name above one article, in its order."""

    class Role(models.TextChoices):
        WRITER = "writer", _("Writer")
        EDITOR = "editor", _("Editor")
        PHOTOGRAPHER = "photographer", _("Photographer")
        CONTRIBUTOR = "contributor", _("Contributor")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="bylines")
    author = models.ForeignKey(
        "articles.Author",
        on_delete=models.PROTECT,
        related_name="bylines",
        verbose_name=_("author"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.WRITER)
    order = models.PositiveSmallIntegerField(default=0)
    # When the author's page shows the article, while it is published; kept by listing.py on the
    # author's first byline alone, so that an article signed in two roles is listed once.
    shown_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["Byline"]] = models.Manager.from_queryset(
        GuardedQuerySet["Byline"]
    )()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "article", "role"], name="byline_once")
        ]
        indexes = [
            # The author's page and feed, newest first.
            models.Index(
                F("author"),
                F("shown_at").desc(),
                F("article").desc(),
                condition=Q(shown_at__isnull=False),
                name="byline_newest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.author_id}"


class ImageUse(models.Model):
    """Where a picture is shown; written with the text that shows it."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead image")
        BODY = "body", _("in the text")
        GALLERY = "gallery", _("in a gallery")
        SHARE = "share", _("for sharing")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="image_uses")
    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, related_name="uses")
    role = models.CharField(max_length=10, choices=Role)
    # Only in a change of the article that is not published yet.
    is_draft = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["ImageUse"]] = models.Manager.from_queryset(
        GuardedQuerySet["ImageUse"]
    )()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "article", "role", "is_draft"], name="image_use_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.article_id}"
