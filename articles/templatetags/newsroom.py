"""What the readers' templates ask for."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from functools import lru_cache
from json import dumps
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from articles import datelines, dependencies, embeds, markup, metadata, pieces, reading, renditions
from articles.models import Article, Image, Section
from articles.pagecache import fragments
from articles.relatives import Relatives

register = template.Library()

# Opinions are no reports from a place: a dateline stands there only if somebody wrote one.
REPORTS = {Article.Kind.NEWS, Article.Kind.PRESS_RELEASE}
# How a day is written; the time and the zone's name follow.
DATES = {
    "long": "l, j F Y | ",
    "short": "j M Y, ",
    "time": "",
    "day": "l, j F Y",
    "desk": "j M Y ",
    "desk-time": "",
}
_OUTGOING = re.compile(r'(<a href="[^"]*" rel=")(?!(?:[^"]* )?sponsored\b)')


@register.simple_tag
def menu() -> list[Section]:
    """The sections of the first level, in the paper's order; the same for every page."""
    return fragments.get("menu", _first_level)


def _first_level() -> list[Section]:
    dependencies.saw("list:menu")
    return reading.first_level()


class Link(NamedTuple):
    """A section's name and address, and the id by which a page finds its own among them."""

    pk: int
    name: str
    url: str


@register.filter
def links(sections: Iterable[Section]) -> tuple[Link, ...]:
    """What a menu shows of sections, in plain values."""
    return tuple(Link(each.pk, each.name, each.get_absolute_url()) for each in sections)


@register.simple_tag
def absolute_url(name: str, *args: Any) -> str:
    """The whole address of a route, from the setting SITE_URL."""
    return metadata.absolute(reverse(name, args=args))


@register.filter
def absolute(path: str) -> str:
    """The whole address of a path of this site."""
    return metadata.absolute(path)


@register.simple_tag
def moment(at: datetime, style: str = "short") -> SafeString:
    """A time in the site's zone, named: “Senin, 28 April 2025 | 10:15 WIB” in the long style."""
    return format_html('<time datetime="{}">{}</time>', *when(at, style))


def when(at: datetime, style: str = "short", language: str | None = None) -> tuple[str, str]:
    """A time in the site's zone, once for machines and once for people."""
    return _when(at, style, timezone.get_default_timezone(), language or get_language())


@lru_cache(maxsize=4096)
def _when(at: datetime, style: str, zone: tzinfo, language: str | None) -> tuple[str, str]:
    local = at.astimezone(zone)
    day = _day(local.date(), style, language)
    # A page that names only the day is the same page all day long, to the byte.
    if style == "day":
        return f"{local:%Y-%m-%d}", day
    # Readers know 10:15 from the papers; the desk writes 10.15, as its texts do.
    clock = f"{local:%H.%M %Z}" if style.startswith("desk") else f"{local:%H:%M %Z}"
    return local.isoformat(timespec="seconds"), f"{day}{clock}"


@lru_cache(maxsize=4096)
def _day(day: date, style: str, language: str | None) -> str:
    return date_format(day, DATES[style]) if DATES[style] else ""


@register.filter
def iso(at: datetime) -> str:
    """A time with its offset, as machines read it."""
    return timezone.localtime(at).isoformat(timespec="seconds")


@register.filter
def ready_as(image: Image | None, recipe: str) -> bool:
    """Whether the picture can be shown where that recipe is wanted."""
    return image is not None and renditions.shown_as(image, recipe) is not None


@register.simple_tag
def picture(
    image: Image, recipe: str, *, sizes: str, alt: str = "", eager: bool = False
) -> SafeString:
    """The picture in every ready format and width; the browser picks one by `sizes`."""
    return _picture(image, recipe, sizes, alt, eager, get_language()) or SafeString()


def _picture(
    image: Image, recipe: str, sizes: str, alt: str, eager: bool, language: str | None
) -> SafeString | None:
    offer = renditions.offer(image, recipe)
    if offer is None:
        return None
    *better, plain = offer.sources
    width, height = offer.size
    return pieces.render(
        "partials/picture.html",
        language,
        sources=tuple([(source.kind, source.srcset) for source in better]),
        url=plain.url,
        srcset=plain.srcset,
        sizes=sizes,
        width=str(width),
        height=str(height),
        alt=alt,
        shape=recipe if offer.is_stand_in else "",
        eager=eager,
    )


@register.simple_tag
def card(
    article: Article,
    shape: str,
    *,
    level: int,
    recipe: str = "",
    sizes: str = "",
    standfirst: bool = False,
    place: bool = False,
    eager: bool = False,
) -> SafeString:
    """An article in a list: what its row holds by itself, so that one query brings them all.

    `shape` is lead, feature, tile, row or line, `level` that of its heading; `recipe` and `sizes`
    are those of its picture, if it shall have one; `place` names its section.
    """
    assert article.published_at is not None
    label, section = article.kind_label, article.section
    image = article.lead_image if recipe else None
    language = get_language()
    picture = _picture(image, recipe, sizes, "", eager, language) if image else None
    stamp, time = when(article.published_at, "short", language)
    return pieces.render(
        "partials/card.html",
        language,
        shape=shape,
        level=str(level),
        url=article.get_absolute_url(),
        headline=article.headline,
        label=label,
        section=_unless(label, section.name) if place else "",
        kicker=_unless(label, article.kicker),
        standfirst=article.standfirst if standfirst else "",
        stamp=stamp,
        time=time,
        comments=_comments(article.comment_count, language),
        place=place,
        picture=picture,
        nature=image.nature_label if image and picture else "",
    )


@register.simple_tag
def voice(article: Article) -> SafeString:
    """An opinion with its author's name, and no picture."""
    return pieces.render(
        "partials/voice.html",
        url=article.get_absolute_url(),
        label=article.kind_label,
        headline=article.headline,
        authors=", ".join([line.author.name for line in article.bylines.all()]),
    )


@lru_cache(maxsize=1024)
def _comments(count: int, language: str | None) -> str:
    """How many comments, in words; nothing for none."""
    words = ngettext("%(count)s comment", "%(count)s comments", count)
    return words % {"count": count} if count else ""


def _unless(label: str, text: str) -> str:
    """The text, unless the label beside it says the same already."""
    return "" if label and text.lower() == label.lower() else text


@register.simple_tag
def share(article: Article) -> SafeString:
    """Where readers can share the article: links, and its address to copy."""
    links = tuple(metadata.share_links(article))
    address = metadata.absolute(article.get_absolute_url())
    return pieces.render("partials/share.html", links=links, address=address)


@register.simple_tag
def family(groups: Iterable[Relatives], place: str) -> SafeString | str:
    """Those of an article's family that stand at `place`, top or foot; nothing for none."""
    language = get_language()
    shown = tuple(
        (str(group.words), tuple([_relative(one, language) for one in group.articles]))
        for group in groups
        if group.place == place
    )
    if not shown:
        return ""
    return pieces.render("partials/family.html", language, groups=shown, place=place)


def _relative(article: Article, language: str | None) -> tuple[str, ...]:
    assert article.published_at is not None
    times = when(article.published_at, "short", language)
    return article.get_absolute_url(), article.headline, article.kind_label, *times


@register.simple_tag
def topics(article: Article) -> SafeString | str:
    """The article's tags; nothing for none."""
    tags = tuple([(tag.name, tag.get_absolute_url()) for tag in article.topics])
    return pieces.render("partials/topics.html", tags=tags) if tags else ""


@register.simple_tag
def body(
    article: Article,
    figures: Mapping[int, Image] | None = None,
    boxes: Mapping[int, Article] | None = None,
) -> SafeString:
    """The article's text: the one place in the project where HTML is taken as it is.

    `figures` and `boxes` are the pictures and the live articles that it may show.
    """
    html = markup.render(
        article.body,
        lead=_dateline(article),
        figures={pk: _figure(image) for pk, image in (figures or {}).items()},
        gallery=_Galleries(figures or {}).show,
        embed=_embed,
        related={pk: _box(other) for pk, other in (boxes or {}).items()},
    )
    if article.kind == Article.Kind.ADVERTORIAL:
        html = _OUTGOING.sub(r"\1sponsored ", html)
    return mark_safe(html)  # noqa: S308 - the stored body is canonical: markup.clean wrote it


# Joined with "" a SafeString becomes a plain one: the HTML parser takes nothing else.


def _figure(image: Image) -> str:
    return render_to_string("partials/figure.html", {"image": image}) + ""


class _Galleries:
    """The galleries of one text: a photo's address, `#foto-12`, leads to the first of them."""

    def __init__(self, images: Mapping[int, Image]) -> None:
        self.images = images
        self.named: set[int] = set()

    def show(self, photos: list[markup.Photo]) -> str:
        """The photos that have copies to show; nothing if none has."""
        shown = [photo for photo in photos if ready_as(self.images.get(photo.image), "inline")]
        rows = [
            {
                "image": self.images[photo.image],
                "caption": photo.caption or self.images[photo.image].caption,
                "anchor": f"foto-{photo.image}" if photo.image not in self.named else "",
            }
            for photo in shown
        ]
        self.named |= {photo.image for photo in shown}
        return render_to_string("partials/gallery.html", {"photos": rows}) + "" if rows else ""


def _embed(reference: str) -> str:
    """A box as high as the player will be, with a link; the player comes when it is asked for."""
    code, provider, _key = embeds.split(reference)
    if provider is None:
        return ""
    html = pieces.render(
        "partials/embed.html",
        get_language(),
        code=code,
        name=provider.name,
        address=embeds.address(reference),
        player=embeds.player(reference),
    )
    return html + ""


def _box(article: Article) -> str:
    html = pieces.render(
        "partials/related_box.html",
        url=article.get_absolute_url(),
        label=article.kind_label,
        headline=article.headline,
    )
    return html + ""


def _dateline(article: Article) -> str:
    source, city = article.dateline_source, article.dateline_city
    if not (source or city or article.kind in REPORTS):
        return ""
    text = datelines.compose(source or settings.SITE_NAME, city, settings.DATELINE_STYLE)
    return format_html('<strong class="dateline">{}</strong> ', text)


class _Json:
    """JSON that can't end the script element it stands in."""

    def __init__(self, data: object) -> None:
        self.data = data

    def __html__(self) -> str:
        text = dumps(self.data, ensure_ascii=False)
        for sign in "<>&\u2028\u2029":
            text = text.replace(sign, f"\\u{ord(sign):04x}")
        return text


@register.simple_tag
def json_ld(data: object) -> SafeString:
    """Structured data: a block that no browser runs, so that CSP has nothing to say about it."""
    return format_html('<script type="application/ld+json">{}</script>', _Json(data))
