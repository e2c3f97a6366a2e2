"""The rows of articles and of all that hangs on them, as tuples for tables.py."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from articles import search, snapshots
from articles.models import (
    Article,
    Byline,
    ImageUse,
    Revision,
    SearchDocument,
    TaggedArticle,
    Transition,
)
from articles.slugs import make_slug
from newsroom.archive import discussion, vocabulary
from newsroom.archive.places import tops, words_of_image
from newsroom.archive.plan import Places, Plan
from newsroom.archive.processes import Rows
from newsroom.archive.stories import story
from newsroom.archive.tables import Table

ARTICLES = Table(
    Article,
    *("id", "section_id", "top_section_id", "kind", "label", "kicker", "headline", "slug"),
    *(
        "standfirst",
        "body",
        "lead_image_id",
        "dateline_city",
        "status",
        "stage",
        "version",
        "token",
    ),
    *("live_revision_id", "draft_revision_id", "created_by_id", "published_at", "unpublish_at"),
    *("first_published_at", "saved_at", "withdrawn_at", "withdrawal_class", "withdrawal_reason"),
    "comment_count",
)
REVISIONS = Table(
    Revision,
    *("id", "article_id", "number", "version", "content", "content_hash", "author_id"),
    "created_at",
    *("publish_at", "live_from", "live_until"),
)
TRANSITIONS = Table(
    Transition,
    *("article_id", "name", "source", "target", "actor_id", "at", "note", "reason", "revision_id"),
)
TAGGED = Table(TaggedArticle, "content_object_id", "tag_id", "shown_at")
BYLINES = Table(Byline, "article_id", "author_id", "role", "order", "shown_at")
IMAGE_USES = Table(ImageUse, "article_id", "image_id", "role")
SEARCH = Table(SearchDocument, "article_id", "shown_at", "ends_at", "words", "phrases", "headline")
TABLES = (
    *(ARTICLES, REVISIONS, TRANSITIONS, TAGGED, BYLINES, IMAGE_USES, SEARCH),
    discussion.COMMENTS,
)

# Status and stage of each state that has not the name of its status.
STANDS = {
    "public": ("published", ""),
    "ended": ("published", ""),
    "scheduled": ("published", ""),
    "submitted": ("draft", "submitted"),
    "draft": ("draft", "writing"),
}
REASON = Article.Reason.LICENCE_ENDED
PUBLIC_REASON = "Masa izin naskah ini telah berakhir."


class Maker:
    """Makes the rows of any stretch of an archive, in any process."""

    def __init__(self, plan: Plan, places: Places) -> None:
        self.plan, self.places = plan, places
        self.tops = tops(places.sections)
        self.section_weights = vocabulary.zipf(len(places.sections), 0.7)
        self.author_weights = vocabulary.zipf(len(places.authors), 0.7)
        self.tag_weights = vocabulary.zipf(len(places.tags), 0.8) if places.tags else []

    def make(self, numbers: range) -> Rows:
        """The rows of the articles with these numbers, table by table."""
        rows: Rows = {table.name: [] for table in TABLES}
        for number in numbers:
            made = One(self, number)
            for table, row in made.rows():
                rows[table.name].append(row)
        return rows


class One:
    """One article under way."""

    def __init__(self, maker: Maker, number: int) -> None:
        plan, places = maker.plan, maker.places
        self.plan, self.places, self.number = plan, places, number
        self.rng = rng = Random(f"{plan.seed}:{number}")  # noqa: S311  repeatable, not secret
        self.story = story(plan, number, rng)
        self.pk = places.first["Article"] + number
        self.revision = places.first["Revision"] + number
        self.state, self.at = plan.state(number), plan.time(number)
        self.section = rng.choices(places.sections, cum_weights=maker.section_weights)[0]
        self.top_section = maker.tops[self.section]
        self.tags = self._tags(maker)
        self.authors = self._authors(maker)
        self.image = rng.randrange(len(places.images)) if rng.random() < 0.7 else None
        self.reporter = rng.choice(places.staff["reporter"])
        self.editor = rng.choice(places.staff["editor"])
        self.slug = make_slug(self.story.headline)
        was_seen = self.state in {"public", "withdrawn", "ended"}
        self.ends_at = min(self.at + timedelta(days=2), plan.until) if was_seen else None
        self.published_at = self.at if was_seen or self.state == "scheduled" else None
        self.status, self.stage = STANDS.get(self.state, (self.state, ""))
        # What a list keeps of an article: its time, while it is published.
        self.shown_at = self.published_at if self.status == "published" else None

    def _tags(self, maker: Maker) -> list[int]:
        """Three to five: one by turn, so that none is without an article, the others by Zipf."""
        tags = self.places.tags
        if not tags:
            return []
        often = self.rng.choices(
            range(len(tags)), cum_weights=maker.tag_weights, k=self.rng.randint(2, 4)
        )
        return list(dict.fromkeys([self.number % len(tags), *often]))

    def _authors(self, maker: Maker) -> list[int]:
        number = self.rng.choices((1, 2, 3), cum_weights=(70, 92, 100))[0]
        chosen = range(len(self.places.authors))
        return list(
            dict.fromkeys(self.rng.choices(chosen, cum_weights=maker.author_weights, k=number))
        )

    def rows(self) -> Iterator[tuple[Table, tuple[Any, ...]]]:
        comments = self._comments()
        yield ARTICLES, self._article(discussion.number_shown(comments))
        yield REVISIONS, self._revision()
        for row in self._transitions():
            yield TRANSITIONS, row
        for tag in self.tags:
            yield TAGGED, (self.pk, self.places.tags[tag], self.shown_at)
        for order, author in enumerate(self.authors):
            line = (self.pk, self.places.authors[author], self._role(order), order, self.shown_at)
            yield BYLINES, line
        if self.image is not None:
            yield IMAGE_USES, (self.pk, self.places.images[self.image], ImageUse.Role.LEAD.value)
        ends_at = self.ends_at if self.state == "ended" else None
        yield SEARCH, (self.pk, self.shown_at, ends_at, *self._terms())
        for comment in comments:
            yield discussion.COMMENTS, comment

    def _terms(self) -> tuple[Any, ...]:
        words = (self.story.headline, self.story.standfirst, self.story.body)
        found = search.terms_of(*words)
        return found.words, found.phrases, found.headline

    def _comments(self) -> list[tuple[Any, ...]]:
        if self.number >= self.plan.public:
            return []
        return discussion.below(self.plan, self.places, self.number, self.at)

    def _role(self, order: int) -> str:
        return Byline.Role.WRITER.value if order < 2 else Byline.Role.EDITOR.value

    def _article(self, comment_count: int) -> tuple[Any, ...]:
        words, image = self.story, self.image
        ended, withdrawn = self.state == "ended", self.state == "withdrawn"
        steps = {"draft": 0, "submitted": 1, "withdrawn": 3}.get(self.state, 2)
        return (
            self.pk,
            self.section,
            self.top_section,
            words.kind,
            words.label,
            words.kicker,
            words.headline,
            self.slug,
            words.standfirst,
            words.body,
            None if image is None else self.places.images[image],
            words.city,
            self.status,
            self.stage,
            0,
            steps,
            self.revision if self.status == "published" else None,
            self.revision,
            self.reporter,
            self.published_at,
            self.ends_at if ended else None,
            self.published_at,
            self.begun_at,
            self.ends_at if withdrawn else None,
            REASON.value if ended or withdrawn else "",
            PUBLIC_REASON if ended or withdrawn else "",
            comment_count,
        )

    @property
    def begun_at(self) -> datetime:
        """When its one text was saved: before it was published, and never ahead of now."""
        return min(self.at, self.plan.until) - timedelta(minutes=50)

    def _revision(self) -> tuple[Any, ...]:
        kept = self._content()
        return (
            self.revision,
            self.pk,
            1,
            0,
            kept,
            snapshots.fingerprint(kept),
            self.reporter,
            self.begun_at,
            self.published_at,
            self.published_at,
            self.ends_at if self.state in {"ended", "withdrawn"} else None,
        )

    def _content(self) -> dict[str, Any]:
        """What snapshots.stored would give."""
        words, image = self.story, self.image
        fields = DEFAULTS | {
            "section_id": self.section,
            "kind": words.kind,
            "label": words.label,
            "kicker": words.kicker,
            "headline": words.headline,
            "slug": self.slug,
            "standfirst": words.standfirst,
            "body": words.body,
            "lead_image_id": None if image is None else self.places.images[image],
            "dateline_city": words.city,
        }
        shown = None if image is None else words_of_image(image)
        return {
            "schema": snapshots.SCHEMA,
            "fields": fields,
            "tags": sorted(map(vocabulary.topic, self.tags)),
            "bylines": [
                {
                    "author": self.places.authors[author],
                    "name": vocabulary.person(author),
                    "role": self._role(order),
                }
                for order, author in enumerate(self.authors)
            ],
            "lead_image": shown and {"id": fields["lead_image_id"]} | shown,
        }

    def _transitions(self) -> Iterator[tuple[Any, ...]]:
        """Each step that brought it where it is, by whom."""
        begun = self.begun_at
        steps: list[tuple[Any, ...]] = [("create", "", "writing", self.reporter, begun, "", "")]
        if self.state != "draft":
            at = begun + timedelta(minutes=10)
            steps.append(("submit", "writing", "submitted", self.reporter, at, "", ""))
        if self.published_at:
            at = min(self.published_at, self.plan.until)
            steps.append(("publish", "submitted", "published", self.editor, at, "", ""))
        if self.state == "withdrawn":
            chief = self.places.staff["chief_editor"][0]
            last = (chief, self.ends_at, PUBLIC_REASON, REASON.value)
            steps.append(("withdraw", "published", "withdrawn", *last))
        for step in steps:
            yield (self.pk, *step, self.revision)


DEFAULTS = snapshots.blank()["fields"]
