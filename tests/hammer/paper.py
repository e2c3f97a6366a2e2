"""A small paper with everything that pages are made of, and the addresses of all of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles import keyset, relatives
from articles.models import Article, Author, Image, Section, Tag
from comments.models import Comment
from tests import make, public

TREE = {"nasional": ["daerah", "hukum"], "ekonomi": ["pasar"], "olahraga": []}
TAGS = ["Banjir", "Pilkada", "Pelabuhan", "Anggaran", "Liga", "Harga Beras"]
AUTHORS = ["Rini Wulandari", "Bagus Prasetyo", "Sari Dewi", "Andi Lesmana"]
WORDS = ["pelabuhan", "anggaran", "sungai", "pasar", "gubernur", "nelayan", "beras", "stadion"]


@dataclass
class Paper:
    """What there is, and by whom it is changed; `paths` are all addresses that readers ask for."""

    random: random.Random
    staff: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    # In the order in which they came up, so that the same seed asks for the same ones.
    paths: dict[str, None] = field(default_factory=dict)
    number: int = 0
    # Ask the servers for these, so that they keep what is there before a change.
    visit: Callable[[list[str]], None] = lambda paths: None

    def add(self, *paths: str) -> None:
        self.paths.update(dict.fromkeys(paths))

    def next(self) -> int:
        self.number += 1
        return self.number

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(WORDS, k=count))

    def headline(self) -> str:
        return f"{self.words(3).title()} {self.next()}"

    def body(self) -> str:
        picture = self.random.choice(self.images)
        others = Article.objects.order_by("id").values_list("pk", flat=True)
        box = self.random.choice([0, *others])
        text = f"<p>{self.words(12)}.</p><p>{self.words(12)}.</p>"
        text += f'<figure data-image="{picture.pk}"></figure>'
        return text + (f'<aside data-articles="{box}"></aside>' if box else "")

    def tags(self) -> list[str]:
        return self.random.sample(TAGS, 2)

    def pick(self, **conditions: object) -> Article | None:
        """Some article of that kind, or none."""
        keys = list(
            Article.objects.filter(**conditions).order_by("id").values_list("pk", flat=True)
        )
        return Article.objects.get(pk=self.random.choice(keys)) if keys else None

    def live(self) -> Article | None:
        return self.pick(status="published", published_at__lte=timezone.now(), unpublish_at=None)


def build(seed: int, articles: int = 40, apart: int = 2) -> Paper:
    """The paper as it is before the first change, with so many articles, `apart` days apart."""
    paper = Paper(random.Random(seed))
    for role in ("reporter", "editor", "chief_editor", "moderator", "administrator"):
        paper.staff[role] = make.user(role)
        paper.clients[role] = Client(raise_request_exception=True)
        paper.clients[role].force_login(paper.staff[role])
    for slug, below in TREE.items():
        parent = make.section(slug)
        paper.sections += [parent, *(make.section(child, parent=parent) for child in below)]
    paper.authors = [make.author(name, slug=name.lower().replace(" ", "-")) for name in AUTHORS]
    paper.images = [public.image(caption=f"Gambar {n}") for n in range(4)]
    now = timezone.now()
    for number in range(articles):
        fill(paper, now - timedelta(days=apart * number, minutes=number + 5))
    for _ in range(4):
        draft(paper)
    make.withdrawn_article()
    find_paths(paper)
    return paper


def fill(paper: Paper, at: datetime) -> None:
    """One article of the past, with comments under some."""
    article = make.live_article(at=at, **fields(paper))
    for _ in range(paper.random.choice([0, 0, 1, 3])):
        make.comment(article)
        make.comment(article, status=Comment.Status.HELD)


def draft(paper: Paper) -> Article:
    """One that may be published: whatever is random in it, it has all that is asked for."""
    given = fields(paper) | {"standfirst": paper.words(6)}
    return make.complete(by=paper.staff["reporter"], **given)


def fields(paper: Paper) -> dict[str, object]:
    return {
        "headline": paper.headline(),
        "standfirst": paper.random.choice(["", paper.words(6)]),
        "body": paper.body(),
        "dateline_city": "Kota Nala",
        "section": paper.random.choice(paper.sections),
        "tags": paper.tags(),
        "bylines": [paper.random.choice(paper.authors)],
        "kind": paper.random.choice(["news", "news", "news", "opinion"]),
        "lead_image_id": paper.random.choice(paper.images).pk,
    }


def find_paths(paper: Paper) -> None:
    """All kinds of addresses, those that lead nowhere and elsewhere included."""
    paper.add("/", "/feed/", "/sitemap.xml", "/robots.txt", "/indeks/", "/tidak/ada/")
    paper.add(
        "/tag/belum-ada/", "/Nasional/", "/nasional", "/?utm_source=wa", "/penulis/tidak-ada/"
    )
    paper.add(*(f"/cari/?q={word}" for word in WORDS), "/cari/")
    for thing in (*paper.sections, *paper.authors, *Tag.objects.order_by("id")):
        path = thing.get_absolute_url()
        paper.add(path, f"{path}feed/", *(f"{path}?before={key}" for key in keys()))
    for article in Article.objects.select_related("section").order_by("id"):
        paper.add(*paths_of(article))


def keys() -> list[str]:
    """Where pages further down begin: at the third, and half-way down."""
    rows = list(Article.objects.live().newest().values_list("published_at", "pk"))
    return [str(keyset.Key(*rows[place])) for place in (2, len(rows) // 2)]


def paths_of(article: Article) -> list[str]:
    """Where an article is, by its right and by a wrong address, and the lists of its day."""
    right = article.get_absolute_url()
    paths = [right, f"/nasional/{article.pk}/salah/"]
    if article.published_at:
        local = timezone.localtime(article.published_at)
        day = f"/indeks/?date={local:%Y-%m-%d}"
        paths += [day, f"{day}&section={article.section.slug}"]
        paths.append(f"/sitemap-{local.year}-{local.month}.xml")
    return paths


def near(article: Article) -> list[str]:
    """Where a change of the article may show: its lists, and what stands beside it."""
    article = Article.objects.select_related("section__parent").get(pk=article.pk)
    lists = [article.section, *article.tags.all(), *(b.author for b in article.bylines.all())]
    lists += [article.section.parent] if article.section.parent else []
    paths = ["/", "/feed/", "/sitemap.xml", *paths_of(article)]
    for thing in lists:
        paths += [thing.get_absolute_url(), f"{thing.get_absolute_url()}feed/"]
    paths.append(f"/cari/?q={article.headline.split()[0].lower()}")
    family = Article.objects.filter(pk__in=[tie.other for tie in relatives.ties(article)])
    paths += [other.get_absolute_url() for other in family.select_related("section")]
    return paths
