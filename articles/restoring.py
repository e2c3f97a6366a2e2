"""An old text made the present one again: a save like any other, which names its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField
from django.utils.translation import gettext as _

from articles import content, markup
from articles.content import Signature, Values
from articles.errors import Refused
from articles.models import Article, Author, Image, Revision, Section

if TYPE_CHECKING:
    from accounts.models import User

type Content = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What a restoration would save, as values and as a content, and what can't come back."""

    values: Values
    content: Content
    losses: tuple[str, ...]


def restore(article: Article, revision: Revision, base_version: int, by: "User | None") -> Article:
    """Save the text of `revision` over version `base_version`; the history keeps both.

    Returns the article as saved. Raises Refused if there is a newer version than the one that was
    looked at, and what content.save raises.
    """
    if article.version != base_version:
        raise Refused(_("The text has changed since you opened this page. Look at it again."))
    note = _("Restored from #%(number)d") % {"number": revision.number}
    return content.save(article, plan(article, revision).values, base_version, by, note=note)


def plan(article: Article, revision: Revision) -> Plan:
    """What restoring `revision` comes to today, when a section, picture or author may be gone."""
    assert article.draft_revision is not None
    present = article.draft_revision.content
    # What is younger than the revision stays as it is.
    wanted = {**revision.content, "fields": present["fields"] | revision.content["fields"]}
    losses = [*_section(wanted, present), *_lead_image(wanted, present), *_bylines(wanted)]
    losses += _pictures(wanted)
    return Plan(_values(wanted), wanted, tuple(losses))


def _section(wanted: Content, present: Content) -> Iterator[str]:
    if not Section.objects.filter(pk=wanted["fields"]["section_id"]).exists():
        wanted["fields"]["section_id"] = present["fields"]["section_id"]
        yield _("Its section is no longer there; the present one stays.")


def _lead_image(wanted: Content, present: Content) -> Iterator[str]:
    """The picture has today's words, and not those of the time of the revision."""
    pk = wanted["fields"]["lead_image_id"]
    found = Image.objects.filter(pk=pk).values("id", "caption", "credit", "alt").first()
    wanted["lead_image"] = found
    if pk and found is None:
        wanted["fields"]["lead_image_id"] = present["fields"]["lead_image_id"]
        wanted["lead_image"] = present["lead_image"]
        yield _("Its lead image (#%(number)d) is no longer there; the present one stays.") % {
            "number": pk
        }


def _bylines(wanted: Content) -> Iterator[str]:
    lines = wanted["bylines"]
    known = Author.objects.in_bulk([line["author"] for line in lines])
    wanted["bylines"] = [line for line in lines if line["author"] in known]
    for line in lines:
        if line["author"] not in known:
            yield _("The author “%(name)s” is no longer there.") % {"name": line["name"]}


def _pictures(wanted: Content) -> Iterator[str]:
    shown = markup.references(markup.clean(wanted["fields"]["body"])).images
    known = set(Image.objects.filter(pk__in=shown).values_list("pk", flat=True))
    for pk in shown:
        if pk not in known:
            yield _("Picture #%(number)d in its text is no longer there.") % {"number": pk}


def _values(wanted: Content) -> Values:
    authors = Author.objects.in_bulk([line["author"] for line in wanted["bylines"]])
    lines = [Signature(authors[line["author"]], line["role"]) for line in wanted["bylines"]]
    kept = wanted["fields"]
    fields = {name: _value(name, kept[name]) for name in content.FIELDS if name in kept}
    return Values(fields=fields, tags=list(wanted["tags"]), bylines=lines)


def _value(name: str, plain: Any) -> Any:
    """A field's value again, from what JSON keeps of it."""
    is_moment = isinstance(Article._meta.get_field(name), DateTimeField)
    return datetime.fromisoformat(plain) if is_moment and plain else plain
