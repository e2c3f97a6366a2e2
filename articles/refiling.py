"""Another section, or other tags, for an article as it stands: a save like any other.

The desk asks it of many articles at once, whose texts nobody has open. So nothing is joined: what
somebody else has saved since the list was shown is refused, and told by name.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles import content, snapshots
from articles.content import Values
from articles.models import Article, Section
from articles.slugs import tag_key

if TYPE_CHECKING:
    from accounts.models import User


def move(
    article: Article, section: Section, base_version: int, by: "User | None"
) -> Article | None:
    """Save version `base_version` of the article into `section`; None if it stands there already.

    Raises what content.save raises: Conflict for a newer version, NotAllowed, ValidationError.
    """
    if snapshots.working(article)["fields"]["section_id"] == section.pk:
        return None
    note = _("Moved to %(section)s.") % {"section": section.name}
    values = Values({"section_id": section.pk})
    return content.save(article, values, base_version, by, note=note, joins=False)


def retag(
    article: Article,
    add: Iterable[str],
    remove: Iterable[str],
    base_version: int,
    by: "User | None",
) -> Article | None:
    """Save version `base_version` with more tags and fewer; None if that changes nothing.

    A name means the tag of that name in whatever spelling. Raises what content.save raises.
    """
    held = {tag_key(name): name for name in snapshots.working(article)["tags"]}
    new = {key: name for name in add if (key := tag_key(name)) not in held}
    gone = [held[key] for name in remove if (key := tag_key(name)) in held]
    if not new and not gone:
        return None
    told = [*(f"+{name}" for name in new.values()), *(f"−{name}" for name in gone)]
    tags = [name for name in (held | new).values() if name not in gone]
    note = _("Tags: %(changes)s.") % {"changes": ", ".join(told)}
    return content.save(article, Values({}, tags=tags), base_version, by, note=note, joins=False)
