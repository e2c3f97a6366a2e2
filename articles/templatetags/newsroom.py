"""What the readers' templates ask for."""

import re
from collections.abc import Mapping
from datetime import datetime
from json import dumps
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles import datelines, dependencies, markup, metadata, renditions
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
    return list(Section.objects.filter(parent=None))


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
    local = timezone.localtime(at)
    # A page that names only the day is the same page all day long, to the byte.
    stamp = local.date().isoformat() if style == "day" else iso(at)
    text = date_format(local, DATES[style])
    return format_html('<time datetime="{}">{}</time>', stamp, text)


@register.filter
def iso(at: datetime) -> str:
    """A time with its offset, as machines read it."""
    return timezone.localtime(at).isoformat(timespec="seconds")


@register.filter
def ready_as(image: Image | None, recipe: str) -> bool:
    """Whether the picture has files of that recipe yet."""
    return image is not None and bool(renditions.sources(image, recipe))


@register.inclusion_tag("partials/picture.html")
def picture(
    image: Image, recipe: str, *, sizes: str, alt: str = "", eager: bool = False
) -> dict[str, Any]:
    """The picture in every ready width; the browser picks one by `sizes`."""
    sources = renditions.sources(image, recipe)
    url, widest = sources[-1]
    width, height = renditions.size(image, recipe, widest)
    return {
        "alt": alt,
        "eager": eager,
        "height": height,
        "sizes": sizes,
        "srcset": ", ".join(f"{source} {wide}w" for source, wide in sources),
        "url": url,
        "width": width,
    }


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
