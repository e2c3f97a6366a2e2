"""A scheduled change at −1 s and +0 s, with no worker: whichever page a reader asks for first."""

import os
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from articles import content, outbox, scheduled, workflow
from articles.content import Signature, Values
from articles.models import Article, Beat, Outbox
from articles.pagecache import clock, fragments, moments
from tests import make
from tests.hammer import paper as papers
from tests.hammer.hammer import Hammer
from tests.hammer.servers import Answer, InProcess

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
# So many changes wait, one after the other, in the hammer's part.
ROUNDS = int(os.environ.get("SCHEDULED_ROUNDS", "6"))
OLD, NEW, CORRECTED = "Kapal Tiba", "Kapal Berlayar Lagi", "Isi yang dibetulkan."


@pytest.fixture(autouse=True)
def _a_new_process(settings, tmp_path, monkeypatch):
    settings.PAGE_CLOCK = str(tmp_path / "clock")
    monkeypatch.setattr(moments, "_looked", (float("-inf"), []))
    fragments.clear()


class Changing:
    """A live article; a change of everything that waits; and a correction that went out since."""

    def __init__(self, *, is_substantial: bool = True) -> None:
        self.at = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=2)
        editor, self.author = make.user("editor"), make.author("Rini")
        self.new_author, self.new_section = make.author("Sari"), make.section("bahari")
        article = make.live_article(
            headline=OLD, body="<p>Isi lama.</p><p>Ujung.</p>", tags=["Laut"], bylines=[self.author]
        )
        self.old_path = article.get_absolute_url()
        for number in range(3):
            make.live_article(headline=f"Lain {number}", section=self.new_section)
        fields = {"headline": NEW, "section_id": self.new_section.pk, "slug": "kapal-berlayar"}
        fields |= {"body": "<p>Isi lama.</p><p>Ujung yang baru.</p>"}
        values = Values(fields, tags=["Laut", "Topik Baru"], bylines=[Signature(self.new_author)])
        saved = content.save(article, values, article.version, editor)
        waiting = workflow.schedule_update(saved, editor, at=self.at, is_substantial=is_substantial)
        body = Values({"body": f"<p>{CORRECTED}</p><p>Ujung.</p>"})
        again = content.save(waiting, body, waiting.version, editor)
        workflow.update(again, editor, is_substantial=False)
        self.article = Article.objects.select_related("section").get(pk=article.pk)
        assert self.article.published_at is not None
        local = timezone.localtime(self.article.published_at)
        self.day, self.month = f"{local:%Y-%m-%d}", f"/sitemap-{local.year}-{local.month}.xml"

    @property
    def paths(self) -> dict[str, str]:
        """Every address that shows another thing from the moment on."""
        day, pk = f"/indeks/?date={self.day}", self.article.pk
        authors = {"author of before": self.author, "author": self.new_author}
        return {
            "article": self.old_path,
            "article at its new address": f"/bahari/{pk}/kapal-berlayar/",
            "front": "/",
            "feed": "/feed/",
            "section of before": "/nasional/",
            "feed of the section of before": "/nasional/feed/",
            "section": "/bahari/",
            "feed of the section": "/bahari/feed/",
            "topic": "/tag/laut/",
            "new topic": "/tag/topik-baru/",
            "feed of the new topic": "/tag/topik-baru/feed/",
            **{name: who.get_absolute_url() for name, who in authors.items()},
            **{f"feed of the {n}": f"{a.get_absolute_url()}feed/" for n, a in authors.items()},
            "day": day,
            "day of the section of before": f"{day}&section=nasional",
            "day of the section": f"{day}&section=bahari",
            "month": self.month,
            "sitemap": "/sitemap.xml",
            "search": "/cari/?q=berlayar",
        }


NAMES = [
    *("article", "article at its new address", "front", "feed"),
    *("section of before", "feed of the section of before", "section", "feed of the section"),
    *("topic", "new topic", "feed of the new topic", "author of before", "author"),
    *("feed of the author of before", "feed of the author", "day"),
    *("day of the section of before", "day of the section", "month", "sitemap", "search"),
]


def asked(server: InProcess, paths: dict[str, str], now) -> dict[str, Answer]:
    return {name: server.get(path, now) for name, path in paths.items()}


def test_all_addresses_have_a_case() -> None:
    assert set(Changing().paths) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_that_was_kept_outlives_the_moment(name) -> None:
    """Each is the first that anybody asks for then; a server that keeps nothing is asked last."""
    paper, server = Changing(), InProcess(clock())
    before = asked(server, paper.paths, paper.at - SECOND)
    kept = asked(server, paper.paths, paper.at - SECOND)
    assert all(answer.was_kept for answer in kept.values())
    first = server.get(paper.paths[name], paper.at)
    assert not first.was_kept
    assert Article.objects.get(pk=paper.article.pk).headline == NEW
    fresh = asked(InProcess(None), paper.paths, paper.at)
    assert first.said == fresh[name].said
    # What it was before the moment was true then, and is another page now.
    assert first.said != before[name].said
    after = asked(server, paper.paths, paper.at)
    assert {n for n in NAMES if after[n].said != fresh[n].said} == set()
    assert not Beat.objects.exists()


def test_the_page_shows_both_the_change_and_the_correction() -> None:
    paper, server = Changing(), InProcess(clock())
    path = paper.paths["article at its new address"]
    before = server.get(paper.old_path, paper.at - SECOND).body.decode()
    assert (OLD in before, CORRECTED in before, "Ujung yang baru." in before) == (True, True, False)
    after = server.get(path, paper.at).body.decode()
    assert (NEW in after, CORRECTED in after, "Ujung yang baru." in after) == (True, True, True)


@pytest.mark.parametrize("is_substantial", [True, False])
def test_its_date_is_the_same_in_all_three_places(is_substantial) -> None:
    paper, server = Changing(is_substantial=is_substantial), InProcess(clock())
    page = server.get(paper.paths["article at its new address"], paper.at).body.decode()
    month = server.get(paper.month, paper.at).body.decode()
    stamp = timezone.localtime(paper.at).isoformat(timespec="seconds")
    assert (f'"dateModified": "{stamp}"' in page) is is_substantial
    assert (f'article:modified_time" content="{stamp}"' in page) is is_substantial
    assert (f"<lastmod>{stamp}</lastmod>" in month) is is_substantial
    updated = Article.objects.get(pk=paper.article.pk).updated_at
    assert updated == (paper.at if is_substantial else None)


def test_a_server_that_keeps_nothing_brings_it_out_as_well() -> None:
    paper, server = Changing(), InProcess(None)
    path = paper.paths["article at its new address"]
    assert server.get(path, paper.at - SECOND).status == 301
    page = server.get(path, paper.at)
    assert (page.status, NEW in page.body.decode()) == (200, True)


def test_the_worker_brings_out_what_nobody_asks_for() -> None:
    paper = Changing()
    assert [scheduled.bring_due(paper.at - SECOND), scheduled.bring_due(paper.at)] == [0, 1]
    assert Article.objects.get(pk=paper.article.pk).headline == NEW


def test_a_process_that_died_before_its_announcement_leaves_no_page_of_before(
    monkeypatch,
) -> None:
    """The moment ends the pages of others by itself; the outbox tells the rest."""
    paper, other = Changing(), InProcess(clock())
    asked(other, paper.paths, paper.at - SECOND)
    with monkeypatch.context() as patch:
        patch.setattr("articles.pagecache.announcing.confirm", lambda change: None)
        assert scheduled.bring_due(paper.at) == 1
    assert Outbox.objects.filter(done_at=None).exists()
    fresh = asked(InProcess(None), paper.paths, paper.at)
    after = asked(other, paper.paths, paper.at)
    assert {name for name in NAMES if after[name].said != fresh[name].said} == set()


@pytest.mark.parametrize("servers", [2, 4])
def test_two_servers_at_the_very_moment_bring_it_out_once(servers) -> None:
    """On SQLite one waits for the other's transaction, on PostgreSQL for the article's row."""
    paper = Changing()
    both = [InProcess(clock()) for _ in range(servers)]
    for server in both:
        asked(server, paper.paths, paper.at - SECOND)
    barrier = threading.Barrier(servers)
    path = paper.paths["article at its new address"]

    def ask(server: InProcess) -> Answer:
        try:
            barrier.wait(10)
            return server.get(path, paper.at)
        finally:
            connection.close()

    with ThreadPoolExecutor(servers) as pool:
        answers = list(pool.map(ask, both))
    assert {answer.status for answer in answers} == {200}
    assert all(NEW in answer.body.decode() for answer in answers)
    steps = paper.article.transitions.filter(name="merge")
    assert steps.count() == 1
    live = paper.article.revisions.filter(live_from__isnull=False, live_until=None)
    assert live.count() == 1


def test_a_page_of_which_nothing_is_due_asks_nothing_more(django_assert_num_queries) -> None:
    """The moments are known by heart, whether a change waits somewhere or not."""
    paper, server = Changing(), InProcess(clock())
    path = "/tidak/ada/"
    server.get("/", paper.at - SECOND)
    server.get(path, paper.at - SECOND)
    clock().bump(["address:/tidak/ada/"])
    with django_assert_num_queries(1):
        server.get(path, paper.at - SECOND)


@pytest.fixture
def hammer() -> Hammer:
    """Two servers that keep pages, and one that does not, before a small paper."""
    seed = int(os.environ.get("HAMMER_SEED") or random.randrange(10**6))
    paper = papers.build(seed, articles=12, apart=6)
    made = Hammer(paper, [InProcess(clock()), InProcess(clock())], InProcess(None), seed)
    made.visit(list(paper.paths))
    return made


def strike(hammer: Hammer) -> str:
    """One change that waits, until its moment has passed; what the hammer says."""
    # The desk's time goes along: what it schedules lies ahead of the readers as well.
    with time_machine.travel(hammer.now + SECOND):
        hammer.change("change_later")
    hammer.leap()
    return "\n".join(hammer.report.lines())


def test_the_hammer_finds_no_page_of_before_whatever_waits(hammer) -> None:
    """Scheduled changes of all kinds, corrected meanwhile or not; the seed is in the report."""
    told = ""
    for _ in range(ROUNDS):
        told = strike(hammer)
    assert not hammer.report.stale, told
    steps = Article.objects.filter(transitions__name__in=["merge", "clash"])
    assert steps.count() == hammer.report.leaps > ROUNDS // 2, told


def test_the_hammer_fails_where_less_is_foreseen(hammer, monkeypatch) -> None:
    whole = outbox._foreseen

    def short_sighted(waiting: list[outbox.Ahead]) -> Iterator[outbox.Foreseen]:
        for one, change in zip(waiting, whole(waiting), strict=True):
            yield change._replace(tags=frozenset({f"article:{one.article.pk}"}))

    monkeypatch.setattr(outbox, "_foreseen", short_sighted)
    for _ in range(30):
        strike(hammer)
        if hammer.report.stale:
            return
    pytest.fail("Nothing needs what is foreseen.")
