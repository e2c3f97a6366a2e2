"""What a text needs before readers see it: required items, by kind of article.

An item is a small function that looks at the text and says what is missing, in words that tell
what to do, and at which field. workflow.py asks for all of them before anything goes out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from json import dumps
from typing import Any

from django.utils.translation import gettext as _

from articles import markup, questions, snapshots
from articles.errors import Refused
from articles.models import Article, Byline, ConfirmationAttempt, IdentityCheck, Image
from articles.snapshots import Content

LONGEST_HEADLINE = 110
# Where an item is mended that is no field of the article's form.
VERIFICATION = "verification"
# All of a text that may betray a person, beside its tags, its bylines and its pictures' words.
BETRAYING = (
    *("kicker", "headline", "slug", "standfirst", "body", "lead_image_id", "share_image_id"),
    *("label", "dateline_source", "dateline_city", "seo_title", "seo_description", "canonical_url"),
)
# What no earlier text without it excuses: only somebody who answers a question with yes meets them.
STRICT = {"confirmation", "identity_check"}


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: in words, and at which field of the form it is mended.

    For a picture's own words `image` is its number, and they are mended in the picture's form.
    """

    code: str
    words: str
    field: str
    image: int | None = None


@dataclass(frozen=True)
class Text:
    """A text that is to go out, with the pictures that it shows."""

    article: int
    content: Content
    images: Mapping[int, Image]

    @property
    def fields(self) -> Mapping[str, Any]:
        fields: Mapping[str, Any] = self.content["fields"]
        return fields

    @property
    def answers(self) -> questions.Answers:
        answers: questions.Answers = self.fields["sensitivity"]
        return answers

    @cached_property
    def has_attempt(self) -> bool:
        """Whether somebody was asked for his side; what was struck out does not count."""
        asked = ConfirmationAttempt.objects.filter(article=self.article, struck_at=None)
        return asked.exists()

    @cached_property
    def is_checked(self) -> bool:
        """Whether a second editor has looked through this very text."""
        checks = IdentityCheck.objects.filter(article=self.article)
        return checks.filter(text_hash=self.betrayals).exists()

    @property
    def betrayals(self) -> str:
        """Equal for texts in which there is the same to be looked for."""
        pictures = [
            # The file and its cuts, not the state of its copies: the worker makes those.
            (image.pk, image.original.name, image.crops, image.caption, image.credit, image.alt)
            for image in sorted(self.images.values(), key=lambda image: image.pk)
        ]
        names = [line["name"] for line in self.content["bylines"]]
        fields = [self.fields[name] for name in BETRAYING]
        told = [fields, self.content["tags"], names, pictures]
        return sha256(dumps(told).encode()).hexdigest()


class Incomplete(Refused):
    """A text that can't go out yet; `missing` says why not, item by item."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(item.words for item in missing))
        self.missing = missing


def headline(text: Text) -> Iterator[Missing]:
    length = len(text.fields["headline"])
    if not length:
        yield Missing("headline", _("The headline is missing."), "headline")
    elif length > LONGEST_HEADLINE:
        words = _("The headline has %(length)d characters; it may have %(most)d.")
        told = {"length": length, "most": LONGEST_HEADLINE}
        yield Missing("headline", words % told, "headline")


def body(text: Text) -> Iterator[Missing]:
    if not text.fields["body"]:
        yield Missing("body", _("The text is missing."), "body")


def standfirst(text: Text) -> Iterator[Missing]:
    if not text.fields["standfirst"].strip():
        yield Missing("standfirst", _("The standfirst is missing."), "standfirst")


def section(text: Text) -> Iterator[Missing]:
    if not text.fields["section_id"]:
        yield Missing("section", _("The section is missing."), "section")


def city(text: Text) -> Iterator[Missing]:
    if not text.fields["dateline_city"].strip():
        words = _("The city is missing: where was this written?")
        yield Missing("city", words, "dateline_city")


def writer(text: Text) -> Iterator[Missing]:
    signed = {Byline.Role.WRITER.value, Byline.Role.CONTRIBUTOR.value}
    if not any(line["role"] in signed for line in text.content["bylines"]):
        yield Missing("writer", _("Nobody signs as its writer."), "signatures")


def lead_image(text: Text) -> Iterator[Missing]:
    image = text.images.get(text.fields["lead_image_id"] or 0)
    if image is None:
        yield Missing("lead_image", _("The lead image is missing."), "lead_image")
        return
    told = {"number": image.pk}
    if not image.caption.strip():
        words = _("The lead image #%(number)d has no caption.") % told
        yield Missing("lead_caption", words, "lead_image", image.pk)
    if not image.alt.strip():
        words = _("The lead image #%(number)d has no description for blind readers.") % told
        yield Missing("lead_alt", words, "lead_image", image.pk)


def picture_credits(text: Text) -> Iterator[Missing]:
    for pk, image in sorted(text.images.items()):
        if not image.credit.strip():
            words = _("Picture #%(number)d has no credit: whose is it?") % {"number": pk}
            yield Missing(f"credit:{pk}", words, "lead_image", pk)


def tag(text: Text) -> Iterator[Missing]:
    if not text.content["tags"]:
        yield Missing("tag", _("It has no tag."), "tag_names")


def paid_label(text: Text) -> Iterator[Missing]:
    """PPMS butir 6b: what was paid for says so."""
    if not text.fields["label"].strip():
        yield Missing("label", _("Paid content needs a label."), "label")


def answers(text: Text) -> Iterator[Missing]:
    for code, question in questions.QUESTIONS.items():
        if not questions.answer(text.answers, code):
            words = _("Not answered yet: %(question)s") % {"question": question}
            yield Missing(f"question:{code}", words, code)


def confirmation(text: Text) -> Iterator[Missing]:
    """PPMS butir 2b, domain rule V-1: whom it may harm was asked for his side."""
    if questions.may_harm(text.answers) and not text.has_attempt:
        words = _(
            "It may harm somebody, and nobody was asked for his side. Record who was asked, when, "
            "and what came of it."
        )
        yield Missing("confirmation", words, VERIFICATION)


def identity_check(text: Text) -> Iterator[Missing]:
    """KEJ 5, domain rule E-1: a second editor has looked for what betrays a child or a victim."""
    if questions.guards_identity(text.answers) and not text.is_checked:
        words = _(
            "A child or sexual violence: an editor who did not write it must look through this "
            "very text for whatever betrays an identity."
        )
        yield Missing("identity_check", words, VERIFICATION)


type Item = Callable[[Text], Iterator[Missing]]

COMMON: tuple[Item, ...] = (
    *(headline, standfirst, body, section, lead_image, picture_credits, tag),
    *(answers, confirmation, identity_check),
)
# A comment has no dateline; an editorial is the paper's own, a release its sender's (rule W-8);
# what was paid for is signed by no reporter (rule A-1).
REQUIRED: dict[str, tuple[Item, ...]] = {
    Article.Kind.NEWS: (*COMMON, city, writer),
    Article.Kind.OPINION: (*COMMON, writer),
    Article.Kind.ANALYSIS: (*COMMON, writer),
    Article.Kind.EDITORIAL: COMMON,
    Article.Kind.PRESS_RELEASE: (*COMMON, city),
    Article.Kind.ADVERTORIAL: (*COMMON, paid_label),
}


def missing(article: Article, at: datetime) -> list[Missing]:
    """What the text that the desk works on still needs before it may go out at that time.

    A change to what readers see must not take away what was there, nor leave a new question open.
    What came from another system without all that does not stand in the way of a correction.
    """
    found = _missing(_text(article, snapshots.working(article)))
    if found and snapshots.is_apart(article) and article.is_live(at) and article.live_revision:
        return _worse(article, found, snapshots.complete(article.live_revision))
    return found


def require(article: Article, at: datetime) -> None:
    """Raise Incomplete unless the text that is to go out has all that its kind needs."""
    if found := missing(article, at):
        raise Incomplete(found)


def require_joined(article: Article, joined: Content, *sides: Content) -> None:
    """Raise Incomplete if a text joined from two lacks what neither of them lacked by itself.

    Nobody has looked through it for identities, though somebody may have looked through each.
    """
    found = _missing(_text(article, joined))
    for side in sides:
        found = found and _worse(article, found, side)
    if found:
        raise Incomplete(found)


def _worse(article: Article, found: list[Missing], before: Content) -> list[Missing]:
    """Those of the missing items that were not missing before, and those that nothing excuses."""
    text = _text(article, before)
    known = {item.code for item in _missing(text)}
    return [item for item in found if item.code in STRICT or item.code not in known]


def betrayals(article: Article) -> str:
    """What a check of identities is about: equal as long as nothing of it has changed."""
    return _text(article, snapshots.working(article)).betrayals


def _missing(text: Text) -> list[Missing]:
    kind = Article.Kind(text.fields["kind"])
    return [item for look in REQUIRED[kind] for item in look(text)]


def _text(article: Article, content: Content) -> Text:
    fields = content["fields"]
    shown = {fields["lead_image_id"], fields["share_image_id"]} - {None}
    shown |= set(markup.references(markup.clean(fields["body"])).pictures)
    return Text(article.pk, content, Image.objects.in_bulk(shown) if shown else {})
