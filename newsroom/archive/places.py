"""What articles point to: people, sections, authors, tags and pictures. Few rows, made first."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import Max, Model

from accounts import consent, roles
from accounts.models import Consent, User
from articles.models import Article, Author, Image, Revision, Section, Tag
from articles.renditions import plan as sizes
from articles.slugs import make_slug, tag_key
from comments.models import Comment
from newsroom.archive import vocabulary
from newsroom.archive.plan import ROLES, Places, Plan

SECTIONS = {
    "Nasional": ["Politik", "Hukum", "Daerah", "Pendidikan"],
    "Ekonomi": ["Pasar Modal", "Perdagangan", "Pertanian", "Energi"],
    "Olahraga": ["Sepak Bola", "Bulu Tangkis", "Balap"],
    "Gaya Hidup": ["Kesehatan", "Kuliner", "Wisata"],
    "Teknologi": ["Gawai", "Sains"],
    "Budaya": ["Musik", "Film", "Sastra"],
    "Dunia": ["Asia", "Eropa", "Amerika"],
    "Opini": ["Kolom", "Surat Pembaca"],
}
PICTURE = (1600, 1067)
SOURCE = "Dokumentasi"
CREDIT = f"Foto: {SOURCE}"


def make(plan: Plan) -> Places:
    """Write what is missing of the archive's people, sections, authors, tags and pictures.

    A second archive in one database shares those of the first; its pictures are its own.
    """
    first = {model.__name__: next_id(model) for model in (Article, Revision, Comment, Image)}
    staff = {role: _staff(plan, role, number) for role, number in ROLES.items()}
    return Places(
        sections=_sections(),
        authors=_authors(plan, staff["reporter"]),
        tags=_tags(plan),
        images=_images(plan, first["Image"]),
        readers=_readers(plan),
        staff=staff,
        first=first,
    )


def next_id(model: type[Model]) -> int:
    highest: int | None = model._default_manager.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) + 1


def _missing[M: Model](model: type[M], key: str, rows: Iterable[M]) -> tuple[int, ...]:
    """The ids of all `rows`, in their order; those whose key is not there yet are written."""
    wanted = {getattr(row, key): row for row in rows}
    manager = model._default_manager
    held = dict(manager.values_list(key, "pk"))
    new = [row for name, row in wanted.items() if name not in held]
    manager.bulk_create(new, batch_size=1000)
    held |= {getattr(row, key): row.pk for row in new}
    return tuple(held[name] for name in wanted)


def _people(plan: Plan, prefix: str, number: int, *, is_staff: bool) -> tuple[int, ...]:
    """Accounts with a confirmed address and all consents; nobody knows a password of theirs."""
    joined = plan.until - timedelta(days=365)
    unusable = make_password(None)
    ids = _missing(
        User,
        "email",
        (
            User(
                email=f"{prefix}{n + 1}@arsip.example",
                name=vocabulary.person(n),
                password=unusable,
                is_staff=is_staff,
                date_joined=joined,
            )
            for n in range(number)
        ),
    )
    _confirm(plan, ids)
    return ids


def _confirm(plan: Plan, ids: tuple[int, ...]) -> None:
    known = set(EmailAddress.objects.filter(user__in=ids).values_list("user", flat=True))
    emails = dict(User.objects.filter(pk__in=ids).values_list("pk", "email"))
    new = [pk for pk in ids if pk not in known]
    EmailAddress.objects.bulk_create(
        (EmailAddress(user_id=pk, email=emails[pk], verified=True, primary=True) for pk in new),
        batch_size=1000,
    )
    hashes = {purpose: consent.text_hash(purpose) for purpose in consent.TEXTS}
    given = {"version": consent.VERSION, "locale": "id", "given_at": plan.until}
    Consent.objects.bulk_create(
        (
            Consent(user_id=pk, purpose=purpose, text_hash=text_hash, **given)
            for pk in new
            for purpose, text_hash in hashes.items()
        ),
        batch_size=1000,
    )


def _staff(plan: Plan, role: str, number: int) -> tuple[int, ...]:
    ids = _people(plan, role, number, is_staff=True)
    for user in User.objects.filter(pk__in=ids, groups=None):
        roles.assign(user, [role])
    return ids


def _readers(plan: Plan) -> tuple[int, ...]:
    return _people(plan, "pembaca", plan.readers, is_staff=False)


def _sections() -> tuple[int, ...]:
    top = [
        Section(name=name, slug=make_slug(name), order=order)
        for order, name in enumerate(SECTIONS, start=1)
    ]
    parents = dict(zip(SECTIONS, _missing(Section, "slug", top), strict=True))
    below = [
        Section(name=name, slug=make_slug(name), order=order, parent_id=parents[parent])
        for parent, names in SECTIONS.items()
        for order, name in enumerate(names, start=1)
    ]
    return (*parents.values(), *_missing(Section, "slug", below))


def tops(sections: tuple[int, ...]) -> dict[int, int]:
    """Each of the sections that `_sections` made, and the one of the first level above it."""
    parents = sections[: len(SECTIONS)]
    below = [pk for pk, names in zip(parents, SECTIONS.values(), strict=True) for _name in names]
    return dict(zip(sections, (*parents, *below), strict=True))


def _authors(plan: Plan, reporters: tuple[int, ...]) -> tuple[int, ...]:
    """The first ones have an account each, as reporters do."""
    taken = set(Author.objects.exclude(user=None).values_list("user", flat=True))
    users = [None if pk in taken else pk for pk in reporters]
    return _missing(
        Author,
        "slug",
        (
            Author(
                name=vocabulary.person(n),
                slug=f"{make_slug(vocabulary.person(n))}-{n + 1}",
                user_id=users[n] if n < len(users) else None,
            )
            for n in range(plan.authors)
        ),
    )


def _tags(plan: Plan) -> tuple[int, ...]:
    names = map(vocabulary.topic, range(plan.tags))
    return _missing(
        Tag, "key", (Tag(name=name, slug=make_slug(name), key=tag_key(name)) for name in names)
    )


def _images(plan: Plan, first: int) -> tuple[int, ...]:
    """Rows as of pictures that have been rendered; there are no files behind them."""
    ready, (width, height) = sizes(PICTURE), PICTURE
    Image.objects.bulk_create(
        (
            Image(
                pk=pk,
                token=token(plan, pk),
                original=f"archive/{pk}",
                width=width,
                height=height,
                ready=ready,
                source=SOURCE,
                created_at=plan.until - timedelta(hours=plan.images - number),
                **words_of_image(number),
            )
            for number, pk in enumerate(range(first, first + plan.images))
        ),
        batch_size=1000,
    )
    return tuple(range(first, first + plan.images))


def token(plan: Plan, pk: int) -> str:
    return sha256(f"{plan.seed}:{pk}".encode()).hexdigest()[:32]


def words_of_image(number: int) -> dict[str, Any]:
    """Caption, credit and description of picture `number`."""
    what = vocabulary.topic(number).lower()
    city = vocabulary.CITIES[number % len(vocabulary.CITIES)]
    return {"caption": f"Suasana {what} di {city}.", "credit": CREDIT, "alt": f"Gambar {what}"}
