"""The rows that lists are read from agree with the articles, whatever the writers do."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from articles import content, listing, naming, workflow
from articles.content import Signature, Values
from articles.errors import Conflict, Refused
from articles.models import Article, Byline, Outbox, SearchDocument, Section, TaggedArticle
from tests import make, public

pytestmark = pytest.mark.django_db
STEPS = 60


def assert_in_line() -> None:
    """Each list row holds what its article says."""
    for article in Article.objects.select_related("section"):
        is_public = article.status == Article.Status.PUBLISHED
        at = article.published_at if is_public else None
        tagged = TaggedArticle.objects.filter(content_object=article)
        assert {row.shown_at for row in tagged} <= {at}
        row = SearchDocument.objects.get(article=article)
        assert (row.shown_at, row.ends_at) == (at, article.unpublish_at if is_public else None)
        assert article.top_section_id == (article.section.parent_id or article.section_id)
        bylines = Byline.objects.filter(article=article)
        listed = bylines.filter(shown_at__isnull=False).values("author").annotate(n=Count("pk"))
        signed = set(bylines.values_list("author", flat=True)) if is_public else set()
        assert {(line["author"], line["n"]) for line in listed} == {(pk, 1) for pk in signed}
        assert {line.shown_at for line in bylines if line.shown_at} <= {at}


class Newsroom:
    """Takes steps by chance, as editors do."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.chief = make.user("chief_editor")
        self.authors = [make.author() for _n in range(3)]
        parent = make.section("daerah")
        self.sections = [parent, make.section("olahraga"), public.child("pesisir", parent)]
        self.articles = [self.draft() for _n in range(4)]

    def draft(self) -> Article:
        return make.complete(section=self.random.choice(self.sections))

    def values(self) -> Values:
        roles = self.random.sample(list(Byline.Role), 2)
        author, other = self.random.choices(self.authors, k=2)
        bylines = [Signature(author, role) for role in roles] + [Signature(other)]
        fields = {"section_id": self.random.choice(self.sections).pk}
        tags = self.random.sample(["Banjir", "Laut", "Pasar"], 2)
        return Values(fields=fields, tags=tags, bylines=bylines)

    def step(self) -> None:
        at = self.random.randrange(len(self.articles))
        article = Article.objects.get(pk=self.articles[at].pk)
        later = timezone.now() + timedelta(hours=self.random.randint(1, 9))
        reason = {"reason": "licence_ended"}
        ways = {
            "save": lambda: content.save(article, self.values(), article.version, None),
            "publish": lambda: workflow.publish(article, None),
            "update": lambda: workflow.update(article, None, is_substantial=False),
            "schedule": lambda: workflow.publish(article, None, at=later),
            "end": lambda: workflow.unpublish(article, None, at=later, note="Izin.", **reason),
            "endless": lambda: workflow.unpublish(article, None, at=None),
            "withdraw": lambda: workflow.withdraw(article, None, public_reason="Izin.", **reason),
            "return": lambda: workflow.return_to_writer(article, None, note="Ulangi."),
            "move": self.move,
        }
        # Not every step is possible from every state.
        with suppress(Refused, ValidationError):
            ways[self.random.choice([*ways, "save", "publish", "withdraw"])]()

    def move(self) -> None:
        """The last section belongs to another one now, or to none."""
        child = self.sections[-1]
        child.parent = self.random.choice([None, *self.sections[:2]])
        naming.save_named(child, self.chief)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_list_rows_never_drift_from_their_articles(seed) -> None:
    newsroom = Newsroom(seed)
    seen = set()
    for _n in range(STEPS):
        newsroom.step()
        assert_in_line()
        seen |= set(Article.objects.values_list("status", flat=True))
    assert {"draft", "published", "withdrawn"} <= seen


def test_an_article_signed_in_two_roles_is_listed_once(client) -> None:
    author = make.author("Rini", slug="rini")
    signatures = [Signature(author, Byline.Role.PHOTOGRAPHER), Signature(author)]
    values = Values(
        fields={"section_id": make.section().pk, "headline": "Laut", "body": "<p>Biru.</p>"},
        bylines=signatures,
    )
    article = workflow.publish(content.create(values, None), None)
    assert list(Article.objects.live().by(author).newest()) == [article]
    assert client.get("/penulis/rini/").content.count(b"card__headline") == 1


def test_a_section_takes_its_articles_with_it(client) -> None:
    old, new = make.section("daerah"), make.section("olahraga")
    child = public.child("pesisir", old)
    article = make.live_article(section=child, headline="Perahu Baru")
    child.parent = new
    naming.save_named(child, make.user("chief_editor"))
    assert list(Article.objects.live().in_section(new)) == [article]
    assert not Article.objects.live().in_section(old).exists()


def overtaken(monkeypatch, name: str, other: Callable[[], object]) -> Future[object]:
    """Let `other` begin on a connection of its own once listing.`name` has written its rows.

    Whoever called it goes on when `other` is done, or has been kept waiting for a second.
    """
    plain, begun, pool = getattr(listing, name), Future[object](), ThreadPoolExecutor(1)

    def elsewhere() -> None:
        try:
            begun.set_result(other())
        except BaseException as error:
            begun.set_exception(error)
        finally:
            connection.close()

    def write(thing) -> None:
        monkeypatch.setattr(listing, name, plain)
        plain(thing)
        pool.submit(elsewhere)
        wait([begun], 1)

    monkeypatch.setattr(listing, name, write)
    return begun


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["the article", "the section"])
@pytest.mark.parametrize(
    "way", ["create", "come", "go", "stay", "bring out", "take along", "take a scheduled one along"]
)
def test_an_article_and_its_section_that_move_at_once_agree(monkeypatch, way, first) -> None:
    chief, child = make.user("chief_editor"), public.child("pesisir", make.section("daerah"))
    aim, elsewhere = make.section("olahraga"), make.section("opini")
    article = make.complete(section=child if way in {"go", "stay"} else elsewhere)
    if way in {"bring out", "take along", "take a scheduled one along"}:
        # Its readers see it elsewhere; the change that waits is for the section that moves.
        workflow.publish(article, chief)
        article.refresh_from_db()
        article = content.save(article, Values({"section_id": child.pk}), article.version, None)
    if way == "take a scheduled one along":
        tomorrow = timezone.now() + timedelta(days=1)
        workflow.schedule_update(article, chief, at=tomorrow, is_substantial=False)

    def write() -> None:
        if way == "create":
            make.complete(by=chief, section=child)
        elif way == "stay":
            workflow.publish(article, chief)
        elif way == "bring out":
            workflow.update(article, chief, is_substantial=False)
        elif way.endswith("along"):
            workflow.withdraw(article, chief, reason="child", public_reason="Demi anak.")
        else:
            section = child if way == "come" else elsewhere
            content.save(article, Values({"section_id": section.pk}), article.version, None)

    def move() -> None:
        section = Section.objects.get(pk=child.pk)
        section.parent, section.slug = aim, "pantai"
        naming.save_named(section, chief)

    ways = {"the article": ("place", write, move), "the section": ("move_section", move, write)}
    name, one, other = ways[first]
    done = overtaken(monkeypatch, name, other)
    one()
    done.result(30)
    assert_in_line()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_put_into_another_section_meanwhile_is_refused(monkeypatch) -> None:
    article, chief = make.live_article(section=make.section("daerah")), make.user("chief_editor")
    aim, other = make.section("olahraga"), make.section("opini")
    article = content.save(article, Values({"section_id": aim.pk}), article.version, None)
    lock = content.lock

    def overtaken(pk: int) -> Article:
        monkeypatch.setattr(content, "lock", lock)
        fresh = lock(pk)
        content.save(fresh, Values({"section_id": other.pk}), fresh.version, None)
        return lock(pk)

    monkeypatch.setattr(content, "lock", overtaken)
    with pytest.raises(Conflict):
        workflow.update(article, chief, is_substantial=False)
    assert Article.objects.get(pk=article.pk).section_id == article.section_id


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_an_article_tells_the_section_in_which_it_is_now(monkeypatch) -> None:
    article, aim = make.live_article(section=make.section("daerah")), make.section("olahraga")
    chief, reason = make.user("chief_editor"), Article.Reason.CHILD
    done = overtaken(
        monkeypatch,
        "place",
        lambda: workflow.withdraw(article, chief, reason=reason, public_reason="Demi anak."),
    )
    article = content.save(article, Values({"section_id": aim.pk}), article.version, None)
    workflow.update(article, None, is_substantial=False)
    done.result(30)
    assert f"list:section:{aim.pk}" in Outbox.objects.latest("id").payload["tags"]


@pytest.mark.django_db(transaction=True)
def test_the_articles_of_a_section_that_moves_are_held_in_their_order() -> None:
    """Found by an index, the newest would be the first; moderators lock the oldest first."""
    section, chief = public.child("pesisir", make.section("daerah")), make.user("chief_editor")
    first, second = make.complete(section=section), make.complete(section=section)
    section.parent = make.section("olahraga")

    def move() -> None:
        try:
            naming.save_named(section, chief)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            content.lock(first.pk)
            done = pool.submit(move)
            wait([done], 1)
            content.lock(second.pk)
        done.result(30)
    assert_in_line()
