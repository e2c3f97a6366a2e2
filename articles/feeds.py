"""RSS 2.0: of the paper, a section, a topic, an author. All addresses come from SITE_URL."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from articles import dependencies, lookups, metadata, paging, reading
from articles.models import Article, Author, Section, Tag
from articles.prepared import Prepared
from articles.querysets import ArticleQuerySet

ENTRIES = 20
SAFE = ["GET", "HEAD"]
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@Prepared
def _newest(at: datetime) -> ArticleQuerySet:
    return Article.objects.live(at).for_page_alone().newest()[:ENTRIES]


@Prepared
def _newest_of(
    at: datetime, pk: int, *, thing: type[Section | Tag | Author], is_below: bool
) -> ArticleQuerySet:
    rows = paging.of(Article.objects.live(at), pk, thing, is_below=is_below)
    return rows.for_page_alone().newest()[:ENTRIES]


@dataclass(frozen=True)
class Asked:
    """What one request wants: the feed's subject, and the articles that it tells of."""

    thing: Section | Tag | Author | None
    entries: list[Article]


class MediaRss(Rss201rev2Feed):
    """RSS 2.0 with a picture for each entry."""

    def write(self, outfile: Any, encoding: str) -> None:
        # The generator writes a thousand words one by one, and a response encodes each of them.
        text = StringIO()
        super().write(text, encoding)  # type: ignore[no-untyped-call, unused-ignore]
        outfile.write(text.getvalue())

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:media": "http://search.yahoo.com/mrss/"}

    def latest_post_date(self) -> datetime:
        """The newest entry's time; an empty feed has none, and is the same whenever it is asked."""
        return super().latest_post_date() if self.items else NEVER

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if url := item["picture"]:
            picture = {"url": url, "medium": "image", "type": "image/jpeg"}
            handler.startElement("media:content", AttributesImpl(picture))
            if credit := item["credit"]:
                handler.addQuickElement("media:credit", credit, {"role": "author"})
            if words := item["said"]:
                handler.addQuickElement("media:description", words, {"type": "plain"})
            handler.endElement("media:content")


class PaperFeed(Feed):  # type: ignore[type-arg]
    """The newest of the whole paper; those below narrow it.

    One instance serves every request at once, so it keeps nothing: all goes through Asked.
    """

    feed_type = MediaRss
    language = settings.LANGUAGE_CODE
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE:
            return HttpResponseNotAllowed(SAFE)
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        thing = self.thing(**kwargs)
        return Asked(thing, self.entries(thing, dependencies.now()))

    def thing(self, slug: str = "") -> Section | Tag | Author | None:
        """What the feed is about; None for the whole paper."""
        return None

    def entries(self, thing: Section | Tag | Author | None, now: datetime) -> list[Article]:
        """The newest articles of this feed that readers may see."""
        self.ask(thing)
        found = _newest_of(now, thing.pk, **paging.shape(thing)) if thing else _newest(now)
        reading.complete(found, "article")
        return found

    def ask(self, thing: Section | Tag | Author | None) -> None:
        """Report the list that the feed is made of."""
        if thing is None:
            dependencies.saw("list:front")
        else:
            if isinstance(thing, Section):
                dependencies.saw("list:menu")
            dependencies.saw(f"list:{type(thing).__name__.lower()}:{thing.pk}")

    def items(self, asked: Asked) -> list[Article]:
        return asked.entries

    def title(self, asked: Asked) -> str:
        return f"{asked.thing} – {settings.SITE_NAME}" if asked.thing else settings.SITE_NAME

    def description(self, asked: Asked) -> str:
        return _("The latest from %(name)s") % {"name": self.title(asked)}

    def link(self, asked: Asked) -> str:
        path = asked.thing.get_absolute_url() if asked.thing else reverse("articles:front")
        return metadata.absolute(path)

    def feed_url(self, asked: Asked) -> str:
        return f"{self.link(asked)}feed/"

    def item_title(self, item: Article) -> str:
        return metadata.titled(item)

    def item_description(self, item: Article) -> str:
        return metadata.description(item)

    def item_link(self, item: Article) -> str:
        return metadata.absolute(item.get_absolute_url())

    def item_guid(self, item: Article) -> str:
        """The same for ever, whatever happens to the headline, the slug or the section."""
        return f"{settings.SITE_URL}/artikel/{item.pk}"

    def item_author_name(self, item: Article) -> str:
        names = [author.name for author in metadata.writers(item)]
        return ", ".join(names) or settings.SITE_NAME

    def item_pubdate(self, item: Article) -> datetime:
        assert item.published_at is not None
        return timezone.localtime(item.published_at)

    def item_categories(self, item: Article) -> list[str]:
        return [item.section.name, *(tag.name for tag in item.topics)]

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        image = item.lead_image
        return {
            "picture": metadata.share_image(image),
            "credit": image.credit if image else "",
            "said": image.label if image else "",
        }


class SectionFeed(PaperFeed):
    """A section with those below it."""

    def thing(self, slug: str = "") -> Section:
        return lookups.named(Section, slug)


class TagFeed(PaperFeed):
    """A topic; like its page, it is not there before a public article has it."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        asked = super().get_object(request, *args, **kwargs)
        if not asked.entries:
            raise Http404
        return asked

    def thing(self, slug: str = "") -> Tag:
        return lookups.named(Tag, slug)


class AuthorFeed(PaperFeed):
    """All that somebody signed."""

    def thing(self, slug: str = "") -> Author:
        return lookups.named(Author, slug)
