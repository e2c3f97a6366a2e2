"""Builders: one valid thing a call, made by the writers; a test names only what it is about."""

from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from accounts import consent, roles
from accounts.models import User, confirm_address
from articles import content, listing, questions, workflow
from articles.content import Signature, Values
from articles.guard import writing
from articles.models import Article, Author, Image, Section
from comments.models import Comment

PASSWORD = "sandi-yang-panjang-7"
_numbers = count(1)


def user(*role_codes: str, **fields: Any) -> User:
    """Somebody with a confirmed address and all consents; a reader without roles."""
    number = next(_numbers)
    fields = {"email": f"orang{number}@example.com", "name": f"Orang {number}"} | fields
    person = User.objects.create_user(**fields)
    person.password = _hashed()
    person.save(update_fields=["password"])
    confirm_address(person)
    consent.record(person, consent.TEXTS)
    if role_codes:
        roles.assign(person, role_codes)
    return person


@cache
def _hashed() -> str:
    """Hash the one password once: a hundred users need no hundred slow hashes."""
    return make_password(PASSWORD)


def section(slug: str = "nasional", **fields: Any) -> Section:
    """The section of that slug."""
    defaults = {"name": slug.replace("-", " ").title()} | fields
    return Section.objects.get_or_create(slug=slug, defaults=defaults)[0]


def author(name: str = "", **fields: Any) -> Author:
    number = next(_numbers)
    defaults = {"name": name or f"Penulis {number}", "slug": f"penulis-{number}"}
    return Author.objects.create(**defaults | fields)


def jpeg(size: tuple[int, int] = (64, 48), colour: str = "navy") -> bytes:
    """A real JPEG file."""
    file = BytesIO()
    Picture.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


def image(**fields: Any) -> Image:
    """A stored picture without renditions."""
    defaults = {"caption": "Sebuah gambar", "credit": "Foto: Tes", "alt": "Gambar biru"}
    made = Image(**{"width": 64, "height": 48} | defaults | fields)
    made.original.save("gambar.jpg", ContentFile(jpeg()), save=False)
    made.save()
    return made


def draft(by: User | None = None, **fields: Any) -> Article:
    """A draft with a headline and two paragraphs, written by a reporter."""
    number = next(_numbers)
    tags, bylines = fields.pop("tags", None), fields.pop("bylines", None)
    in_section = fields.pop("section", None) or section()
    defaults = {
        "section_id": in_section.pk,
        "headline": f"Berita nomor {number}",
        "body": f"<p>Paragraf pertama berita {number}.</p><p>Paragraf kedua.</p>",
    }
    signatures = None if bylines is None else [Signature(author) for author in bylines]
    values = Values(fields=defaults | fields, tags=tags, bylines=signatures)
    return content.create(values, by or user("reporter"))


def complete(by: User | None = None, **fields: Any) -> Article:
    """A draft that has all that the gate asks for, signed by somebody without an account."""
    given = {
        "standfirst": "Dua kalimat tentang beritanya.",
        "dateline_city": "Kota Nala",
        "sensitivity": dict.fromkeys(questions.QUESTIONS, questions.NO),
        "tags": ["Banjir"],
    }
    given["bylines"] = fields.pop("bylines", None) or [author("Sari Dewi")]
    given["lead_image_id"] = fields.pop("lead_image_id", None) or image().pk
    return draft(by, **given | fields)


def live_article(*, at: datetime | None = None, **fields: Any) -> Article:
    """Published, an hour ago unless `at` says otherwise (which may lie in the past).

    By the server itself, as an import publishes: so a test's text needs no more than it is about.
    """
    article = workflow.publish(draft(**fields), None)
    return backdate(article, at or timezone.now() - timedelta(hours=1))


def changed(
    article: Article,
    by: User | None = None,
    *,
    is_substantial: bool = False,
    tags: Any = None,
    bylines: Any = None,
    **fields: Any,
) -> Article:
    """Change it, and let readers see the change: by `by`, or by the server itself."""
    values = Values(fields=fields, tags=tags, bylines=bylines)
    saved = content.save(article, values, article.version, by)
    return workflow.update(saved, by, is_substantial=is_substantial)


def backdate(article: Article, at: datetime) -> Article:
    """Pretend that the article was published at `at`; the past is not the workflow's to write."""
    with writing():
        Article.objects.filter(pk=article.pk).update(published_at=at, first_published_at=at)
        article.revisions.filter(live_from__isnull=False).update(live_from=at)
        article.refresh_from_db()
        listing.place(article)
    return article


def scheduled_article(at: datetime, **fields: Any) -> Article:
    return workflow.publish(draft(**fields), None, at=at)


def withdrawn_article(reason: str = "child", public: str = "Demi masa depan anak.") -> Article:
    return workflow.withdraw(
        live_article(), user("chief_editor"), reason=reason, public_reason=public
    )


def comment(article: Article, *, by: User | None = None, **fields: Any) -> Comment:
    """A comment row as it is after a decision; `status` defaults to approved."""
    by = by or user()
    status = fields.setdefault("status", Comment.Status.APPROVED)
    if status != Comment.Status.HELD:
        fields.setdefault("decided_at", timezone.now())
    defaults = {"body": "Komentar yang baik.", "author": by, "author_name": by.name}
    made = Comment(article=article, **defaults | fields)
    made.save()
    if made.thread_id is None:
        made.thread = made.parent.thread if made.parent else made
        made.save(update_fields=["thread"])
    return made
