"""A small paper with one of each thing that readers see, and the addresses of all of it."""

from dataclasses import dataclass

from django.utils import timezone

from articles import families
from articles.guard import writing
from articles.models import Article, Image, Section, Tag
from tests import make

READY = {
    "first": {"jpg": [1280]},
    "lead": {"avif": [320, 640], "webp": [320, 640], "jpg": [320, 640]},
    "card": {"avif": [320, 640], "webp": [320, 640], "jpg": [320, 640]},
    "thumb": {"avif": [160], "webp": [160], "jpg": [160]},
    "inline": {"avif": [320], "webp": [320], "jpg": [320]},
    "share": {"jpg": [1200]},
}
BODY = (
    "<p>Paragraf pertama.</p>"
    '<p>Lihat <a href="https://contoh.example/" rel="noopener">sumbernya</a>.</p>'
)


@dataclass(frozen=True)
class Paper:
    """The things, and the path of every page there is."""

    article: Article
    withdrawn: Article
    draft: Article
    tag: Tag
    section: Section
    paths: dict[str, str]


def image(**fields: object) -> Image:
    """A picture whose copies are said to be there; no test here asks for their bytes."""
    return make.image(ready=READY, **fields)


def child(slug: str, parent: Section) -> Section:
    return make.section(slug, parent=parent)


def paper() -> Paper:
    """An article with all that one can have, and one in each state that is not public."""
    section = make.section()
    child("daerah", section)
    author = make.author("Rini Wulandari", code="rwl", bio="Meliput pelabuhan.")
    picture, other = image(), make.live_article(tags=["Banjir"])
    article = make.live_article(
        headline="Pelabuhan Dibuka Kembali",
        kicker="Pelabuhan",
        standfirst="Setelah enam pekan, kapal boleh bersandar.",
        body=f'{BODY}<figure data-image="{picture.pk}"></figure>'
        f'<aside data-articles="{other.pk}"></aside>',
        lead_image_id=image().pk,
        tags=["Banjir", "Pelabuhan"],
        bylines=[author],
    )
    families.link(article, other, "follow_up", None)
    make.comment(article)
    with writing():
        Article.objects.filter(pk=article.pk).update(comment_count=1)
    withdrawn, draft = make.withdrawn_article(), make.draft(tags=["Rahasia"])
    tag = Tag.objects.get(name="Banjir")
    published = article.published_at
    assert published is not None
    lists = {"section": section, "tag": tag, "author": author}
    paths = {
        "front": "/",
        "article": article.get_absolute_url(),
        "index": "/indeks/",
        "search": "/cari/?q=pelabuhan",
        "empty search": "/cari/",
        "feed": "/feed/",
        "sitemap": "/sitemap.xml",
        "robots": "/robots.txt",
        "withdrawn": withdrawn.get_absolute_url(),
        "not found": "/tidak/ada/",
    }
    paths |= {name: thing.get_absolute_url() for name, thing in lists.items()}
    paths |= {f"{name} feed": f"{thing.get_absolute_url()}feed/" for name, thing in lists.items()}
    local = timezone.localtime(published)
    paths["sitemap month"] = f"/sitemap-{local.year}-{local.month}.xml"
    return Paper(article, withdrawn, draft, tag, section, paths)
