"""What the readers' templates ask for."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
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
from django.utils.translation import get_language

from articles import datelines, dependencies, markup, metadata, pieces, reading, renditions
from articles.models import Article, Image, Section
from articles.pagecache import fragments

register = template.Library()

# Opinions are no reports from a place: a dateline stands there only if somebody wrote one.
REPORTS = {Article.Kind.NEWS, Article.Kind.PRESS_RELEASE}
DATES = {
    "long": "l, j F Y | H:i T",
    "short": "j M Y, H:i T",
    "time": "H:i T",
    "day": "l, j F Y",
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


def when(at: datetime, style: str = "short") -> tuple[str, str]:
    """A time in the site's zone, once for machines and once for people."""
    return _when(at, style, timezone.get_current_timezone(), get_language())


@lru_cache(maxsize=4096)
def _when(at: datetime, style: str, zone: tzinfo, language: str | None) -> tuple[str, str]:
    local = at.astimezone(zone)
    # A page that names only the day is the same page all day long, to the byte.
    stamp = local.date().isoformat() if style == "day" else local.isoformat(timespec="seconds")
    return stamp, date_format(local, DATES[style])


@register.filter
def iso(at: datetime) -> str:
    """A time with its offset, as machines read it."""
    return timezone.localtime(at).isoformat(timespec="seconds")


@register.filter
def ready_as(image: Image | None, recipe: str) -> bool:
    """Whether the picture has files of that recipe yet."""
    return image is not None and bool(image.ready.get(recipe))


class Picture(NamedTuple):
    """All that partials/picture.html shows; `url` and the size are those of the widest copy."""

    url: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    eager: bool


@register.simple_tag
def picture(
    image: Image, recipe: str, *, sizes: str, alt: str = "", eager: bool = False
) -> SafeString:
    """The picture in every ready width; the browser picks one by `sizes`."""
    sources = renditions.sources(image, recipe)
    url, widest = sources[-1]
    srcset = ", ".join([f"{source} {wide}w" for source, wide in sources])
    size = renditions.size(image, recipe, widest)
    # Joined with "" a literal of the template is escaped like any description that equals it.
    values = Picture(url, srcset, sizes + "", *size, alt + "", eager)
    return pieces.render("partials/picture.html", values)


class Card(NamedTuple):
    """All that partials/card.html shows."""

    shape: str
    level: int
    url: str
    headline: str
    label: str
    section: str
    kicker: str
    standfirst: str
    stamp: str
    time: str
    comments: int
    place: bool
    picture: SafeString | None


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
    image = article.lead_image
    ready = recipe and image and ready_as(image, recipe)
    return pieces.render(
        "partials/card.html",
        Card(
            shape,
            level,
            article.get_absolute_url(),
            article.headline,
            label,
            _unless(label, section.name) if place else "",
            _unless(label, article.kicker),
            article.standfirst if standfirst else "",
            *when(article.published_at),
            article.comment_count,
            bool(place),
            picture(image, recipe, sizes=sizes, eager=eager) if image and ready else None,
        ),
    )


def _unless(label: str, text: str) -> str:
    """The text, unless the label beside it says the same already."""
    return "" if label and text.lower() == label.lower() else text


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
        figures=_each("partials/figure.html", "image", figures),
        related=_each("partials/related_box.html", "article", boxes),
    )
    if article.kind == Article.Kind.ADVERTORIAL:
        html = _OUTGOING.sub(r"\1sponsored ", html)
    return mark_safe(html)  # noqa: S308 - the stored body is canonical: markup.clean wrote it


def _each(partial: str, name: str, rows: Mapping[int, Any] | None) -> dict[int, str]:
    # Joined with "" a SafeString becomes a plain one: the HTML parser takes nothing else.
    return {pk: render_to_string(partial, {name: row}) + "" for pk, row in (rows or {}).items()}


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
