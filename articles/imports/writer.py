"""From a parsed text to an article: the third step of every import."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from articles import content, markup, outbox, workflow
from articles.content import Signature, Values
from articles.errors import Refused
from articles.imports import plaintext
from articles.models import Article, Author, Byline, Section

if TYPE_CHECKING:
    from accounts.models import User

NEWSROOM = "Redaksi"


@dataclass(frozen=True)
class Options:
    """What the person who imports has said beyond the file itself."""

    headline: str = ""
    section: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    publish: bool = False
    again: bool = False
    by: "User | None" = None


def import_text(data: bytes, options: Options) -> Article:
    """Make an article of one file, published if asked for. All of it or nothing is written.

    Raises plaintext.BadFile for a file that can't be read, Refused for one that may not be taken.
    """
    text = plaintext.read(data)
    parsed = plaintext.parse(text)
    if not parsed.paragraphs:
        raise Refused(_("There is no text in the file."))
    with transaction.atomic():
        fingerprint = _fingerprint(text, again=options.again)
        signatures = _signatures(parsed.codes, options.author)
        values = Values(fields=_fields(parsed, options), tags=options.tags, bylines=signatures)
        article = content.create(
            values,
            options.by,
            note=_("Imported from a text file."),
            import_hash=fingerprint,
            writer=signatures[0].author.user,
        )
        return workflow.publish(article, options.by) if options.publish else article


def _fingerprint(text: str, *, again: bool) -> str:
    """The text's identity; white space at the ends makes no other text."""
    fingerprint = sha256(text.strip().encode()).hexdigest()
    earlier = Article.objects.filter(import_hash__startswith=fingerprint[:56]).order_by("id")
    if not earlier:
        return fingerprint
    if not again:
        raise Refused(
            _("imported before as article %d; --again imports it once more") % earlier[0].pk
        )
    return f"{fingerprint[:56]}{len(earlier):08d}"


def _fields(parsed: plaintext.PlainArticle, options: Options) -> dict[str, object]:
    derived = plaintext.derive_headline(parsed.paragraphs)
    return {
        "section_id": _section(options.section or settings.DEFAULT_SECTION).pk,
        "headline": options.headline or derived,
        "headline_derived": not options.headline,
        "body": markup.with_embeds(markup.from_paragraphs(parsed.paragraphs)),
        "dateline_source": parsed.source,
        "dateline_city": parsed.city,
    }


def _section(slug: str) -> Section:
    """The section of that slug; without one, the first of the menu."""
    sections = Section.objects.filter(slug=slug) if slug else Section.objects.filter(parent=None)
    section = sections.first()
    if section is None:
        known = ", ".join(Section.objects.values_list("slug", flat=True)[:30]) or "–"
        raise Refused(
            _("there is no section “%(slug)s”; known: %(known)s") % {"slug": slug, "known": known}
        )
    return section


def _signatures(codes: tuple[str, ...], wanted: str) -> list[Signature]:
    """The author named by the command, else those behind the codes, else the newsroom.

    Of two codes the first is the writer's and the last the editor's: (rfs/jbr).
    """
    if wanted:
        return [Signature(_author(wanted))]
    known = [Author.objects.filter(code__iexact=code).first() for code in codes]
    roles = [Byline.Role.WRITER] * max(1, len(codes) - 1) + [Byline.Role.EDITOR]
    found = [Signature(author, role) for author, role in zip(known, roles, strict=False) if author]
    return found or [Signature(newsroom())]


def _author(wanted: str) -> Author:
    """By byline code, slug or name."""
    for lookup in ("code__iexact", "slug", "name__iexact"):
        if author := Author.objects.filter(**{lookup: wanted}).first():
            return author
    raise Refused(_("there is no author “%s”; give a byline code, a slug or a name") % wanted)


def newsroom() -> Author:
    """The author of what nobody signs, made when it is first needed."""
    fields = {"name": NEWSROOM, "is_organization": True}
    author, is_new = Author.objects.get_or_create(slug="redaksi", defaults=fields)
    if is_new:
        # Somebody may have asked for its page before, and been told that there is none.
        outbox.announce({f"slug:author:{author.slug}"})
    return author
