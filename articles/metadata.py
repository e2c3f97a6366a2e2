"""What an article says of itself to machines and in small print: description, bylines, JSON-LD."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils import timezone

from articles import markup, renditions
from articles.models import Article, Author, Byline, Image

DESCRIPTION = 160
SCHEMA_TYPES = {
    Article.Kind.OPINION: "OpinionNewsArticle",
    Article.Kind.EDITORIAL: "OpinionNewsArticle",
    Article.Kind.ANALYSIS: "AnalysisNewsArticle",
    Article.Kind.ADVERTORIAL: "AdvertiserContentArticle",
}
ROLES = (
    Byline.Role.WRITER,
    Byline.Role.CONTRIBUTOR,
    Byline.Role.PHOTOGRAPHER,
    Byline.Role.EDITOR,
)


@dataclass(frozen=True)
class Signature:
    """Those who signed in one role, in the order of the bylines."""

    role: str
    authors: list[Author]


def absolute(path: str) -> str:
    """The whole address of a path of this site; what is whole already (a CDN's) stays."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


def titled(article: Article) -> str:
    """The headline with its kind before it, wherever no label can stand beside (PPMS butir 6b)."""
    label = article.kind_label
    return f"{label}: {article.headline}" if label else article.headline


def description(article: Article) -> str:
    """One or two sentences about the article; the dateline is never among them."""
    if written := article.seo_description or article.standfirst:
        return " ".join(written.split())
    words = " ".join(markup.plain_text(article.body).split())
    return words if len(words) <= DESCRIPTION else _cut(words)


def _cut(words: str) -> str:
    """The beginning, cut at a word if it has more than one."""
    beginning = words[:DESCRIPTION]
    whole = beginning.rpartition(" ")[0] or beginning
    return whole.rstrip(" ,.;:–-") + "…"


def signatures(article: Article) -> list[Signature]:
    """Who signed, role by role, writers first and editors last."""
    lines = list(article.bylines.all())
    groups = [(role, [line.author for line in lines if line.role == role]) for role in ROLES]
    return [Signature(str(role.label), authors) for role, authors in groups if authors]


def writers(article: Article) -> list[Author]:
    """Whose work it is: everybody who signed but the editors."""
    return [line.author for line in article.bylines.all() if line.role != Byline.Role.EDITOR]


def updated(article: Article) -> datetime | None:
    """When its substance changed after publication; a correction of spelling is no such time."""
    assert article.published_at is not None
    changed = article.updated_at
    return changed if changed and changed > article.published_at else None


def code_line(article: Article) -> str:
    """The initials under the text, such as (rwl/and): writers first, then editors."""
    order = (Byline.Role.WRITER, Byline.Role.CONTRIBUTOR, Byline.Role.EDITOR)
    lines = sorted(
        (line for line in article.bylines.all() if line.role in order and line.author.code),
        key=lambda line: order.index(Byline.Role(line.role)),
    )
    return f"({'/'.join(line.author.code for line in lines)})" if lines else ""


def share_links(article: Article) -> list[tuple[str, str]]:
    """Name and address of each place to share at, WhatsApp first: it is where news travels here."""
    url, title = absolute(article.get_absolute_url()), titled(article)
    return [
        ("WhatsApp", f"https://wa.me/?text={quote(title, safe='')}%0A{quote(url, safe='')}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"),
        ("X", f"https://x.com/intent/post?{urlencode({'text': title, 'url': url})}"),
        ("Telegram", f"https://t.me/share/url?{urlencode({'url': url, 'text': title})}"),
    ]


def shared_picture(article: Article) -> Image | None:
    """The picture that a shared link shows: one of its own, or the lead image."""
    return article.share_image or article.lead_image


def canonical(article: Article) -> str:
    """The address that search engines keep: another site's, if the text came from there."""
    return article.canonical_url or absolute(article.get_absolute_url())


def share_image(image: Image | None) -> str:
    """The address of the picture that a shared link shows; nothing without one."""
    address = renditions.widest(image, "share") if image else ""
    return absolute(address) if address else ""


def structured_data(article: Article) -> dict[str, Any]:
    """The article as schema.org tells it; its dates are those on the page, offset included."""
    url = absolute(article.get_absolute_url())
    assert article.published_at is not None
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(Article.Kind(article.kind), "NewsArticle"),
        "mainEntityOfPage": url,
        "url": url,
        "headline": article.headline,
        "description": description(article),
        "datePublished": _moment(article.published_at),
        "author": _authors(article),
        "publisher": _publisher(),
        "articleSection": article.section.name,
        "keywords": [tag.name for tag in article.topics],
        "inLanguage": settings.LANGUAGE_CODE,
        "isAccessibleForFree": True,
    }
    if changed := updated(article):
        data["dateModified"] = _moment(changed)
    if images := _images(article.lead_image):
        data["image"] = images
    return data


def site_data() -> dict[str, Any]:
    """The paper itself, for the front page."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
    }


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _authors(article: Article) -> list[dict[str, str]]:
    return [
        {
            "@type": "Organization" if author.is_organization else "Person",
            "name": author.name,
            "url": absolute(author.get_absolute_url()),
        }
        for author in writers(article)
    ] or [_publisher()]


def _publisher() -> dict[str, str]:
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
    }


def _images(image: Image | None) -> list[str]:
    """The widest of each ratio: 16:9, 4:3 and 1:1; one alone while these are not made."""
    if image is None:
        return []
    found = [renditions.widest(image, recipe) for recipe in ("lead", "card", "thumb")]
    return [absolute(address) for address in dict.fromkeys(found) if address]
