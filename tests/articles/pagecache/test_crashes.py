"""A writer killed at each step of the outbox: what readers get, and who announces the change."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Outbox, Section
from articles.pagecache import ClockDown, current, watcher
from articles.pagecache.mapped_clock import MappedClock
from tests import make
from tests.articles.pagecache.servers import database_url, run
from tests.articles.pagecache.toy import Stand

pytestmark = pytest.mark.django_db(transaction=True)

WRITER = """
import os, signal, sys
from django.conf import settings
settings.PAGE_CLOCK, step = sys.argv[1:]
from django.db import transaction
from articles import pagecache
from articles.guard import writing
from articles.models import Section

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

clock = pagecache.clock()
if step == "between commit and bump":
    clock.bump = die
if step == "between bump and done":
    bump = clock.bump
    clock.bump = lambda tags: (bump(tags), die())
with transaction.atomic(), writing():
    Section.objects.filter(slug="nasional").update(name="Baru")
    pagecache.announce({"section:1"})
    if step == "before the commit":
        die()
print("answered")
"""


@pytest.fixture
def stand(tmp_path, monkeypatch) -> Stand:
    """A page that shows a section's name, kept by a process that is not the writer."""
    clock = MappedClock(tmp_path / "page-clock")
    monkeypatch.setattr(current, "clock", lambda: clock)
    made = Stand(clock)
    make.section(name="Lama")
    Outbox.objects.all().delete()
    made.sheet(tags={"section:1"})
    answer = made.cache.application

    def show(environ, start):
        made.toy.sheets["/"].text = Section.objects.get(slug="nasional").name
        return answer(environ, start)

    made.cache.application = show
    assert made.ask().body == b"Lama"
    return made


def write(stand: Stand, step: str) -> str:
    """Let another process change the name; what it says, or how it died."""
    done = run(WRITER, str(stand.clock._path), step, DATABASE_URL=database_url())
    return done.stdout.strip() or f"{done.returncode} {done.stderr}".strip()


def some_seconds_later() -> None:
    """Nobody may announce a young row: its writer is about to."""
    watcher.tick()
    rows = Outbox.objects.filter(done_at=None)
    rows.update(created_at=timezone.now() - timedelta(seconds=6))
    watcher.tick()


def state() -> list[bool]:
    """Whether each row of the outbox is done."""
    return [row.done_at is not None for row in Outbox.objects.all()]


def test_a_writer_who_lives_announces_before_he_answers(stand) -> None:
    assert (write(stand, ""), state()) == ("answered", [True])
    assert (stand.ask().body, stand.ask().story) == (b"Baru", "hit")


def test_killed_before_the_commit_nothing_has_happened(stand) -> None:
    before = stand.clock.read()
    assert (write(stand, "before the commit"), state()) == ("-9", [])
    some_seconds_later()
    assert (stand.ask().body, stand.ask().story) == (b"Lama", "hit")
    assert stand.clock.read() == before


def test_killed_between_commit_and_bump_another_process_announces(stand) -> None:
    assert (write(stand, "between commit and bump"), state()) == ("-9", [False])
    assert stand.ask().body == b"Lama", "this writer got no answer"
    some_seconds_later()
    assert (stand.ask().body, state()) == (b"Baru", [True])
    assert stand.ask().story == "hit"


def test_killed_between_bump_and_done_it_is_announced_once_more(stand) -> None:
    assert (write(stand, "between bump and done"), state()) == ("-9", [False])
    assert stand.ask().body == b"Baru"
    some_seconds_later()
    assert (stand.ask().body, stand.ask().story, state()) == (b"Baru", "hit", [True])
    some_seconds_later()
    assert stand.ask().story == "hit"


def test_a_young_row_is_left_to_its_writer(stand) -> None:
    write(stand, "between commit and bump")
    watcher.tick()
    assert state() == [False]


def test_the_clock_s_file_may_be_removed_while_readers_are_served(stand) -> None:
    """By whoever tidies up; the writer after that makes it anew."""
    stand.clock._path.unlink()
    assert (write(stand, ""), state()) == ("answered", [True])
    assert (stand.ask().body, stand.ask().story) == (b"Baru", "hit")


def test_nothing_that_fails_ends_the_watcher(monkeypatch, caplog) -> None:
    def fails() -> None:
        raise RuntimeError

    monkeypatch.setattr(watcher.connections, "close_all", fails)
    watcher.tick()
    assert "A round of the watcher failed." in caplog.text


def test_announcing_works_again_when_the_clock_has_answered_and_not_before(
    monkeypatch, caplog
) -> None:
    class Silent:
        is_down = True

        def read(self) -> None:
            if self.is_down:
                raise ClockDown("Redis: silence")

        bump = renew = lambda self, tags=(): self.read()

    silent = Silent()
    monkeypatch.setattr(current, "clock", lambda: silent)
    monkeypatch.setattr(watcher, "_trouble", "")
    change = Outbox.objects.create(kind="changed", payload={"tags": ["article:1"]})
    some_seconds_later()
    change.delete()
    watcher.tick()
    assert "works again" not in caplog.text
    silent.is_down = False
    watcher.tick()
    watcher.tick()
    told = [line.message for line in caplog.records if line.name == watcher.__name__]
    assert told == [
        "Announcing changes: ClockDown: Redis: silence",
        "Announcing changes: works again",
    ]


def test_each_tick_looks_for_a_clock_out_of_sight(stand, monkeypatch) -> None:
    looks: list[str] = []
    monkeypatch.setattr(watcher, "_look", watcher._look)
    watcher.each_second(lambda: looks.append("looked"))
    watcher.tick()
    assert looks == ["looked"]
