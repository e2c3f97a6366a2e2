"""What an article still needs before it is published, each with a link to where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import gate
from articles.admin.base import change_url
from articles.models import Article


@dataclass(frozen=True)
class Need:
    """A missing item in words, and the address of the field that it is about."""

    words: str
    address: str


def needs(article: Article, missing: Iterable[gate.Missing] | None = None) -> list[Need]:
    """What `article` needs, or what a refusal said that it does."""
    found = gate.missing(article, timezone.now()) if missing is None else missing
    return [Need(item.words, address(article, item)) for item in found]


def address(article: Article, item: gate.Missing) -> str:
    """A field of the article's form, the form of a picture, or the page of checks."""
    if item.field == gate.VERIFICATION:
        return reverse("admin:articles_article_verification", args=[article.pk])
    if item.image is not None:
        return reverse("admin:articles_image_change", args=[item.image])
    return f"{change_url(article)}#id_{item.field}"


def refusal(article: Article, refused: gate.Incomplete) -> SafeString:
    """The message after a step that was refused: the items as a list of links."""
    items = format_html_join(
        "",
        '<li><a href="{}">{}</a></li>',
        ((need.address, need.words) for need in needs(article, refused.missing)),
    )
    words = _("“%(headline)s” can't go out yet:") % {"headline": article.headline}
    return format_html('{} <ul class="desk-needs">{}</ul>', words, items)
